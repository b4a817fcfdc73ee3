import type { Report } from '../../diagnostics/diagnostic.ts';
import { ANY, exactPath, type PathPredicate, pathPrefix } from '../../ir/predicates.ts';
import type { ControllerDialect } from './controller.ts';
import { ingressDiagnostics as d } from './diagnostics.ts';
import type { PathDraft } from './draft.ts';

/** The paths that an entry takes under its controller; undefined where they cannot be said, which is reported. */
export function toPathPredicate(
  { path, pathType, origin }: PathDraft,
  dialect: ControllerDialect,
  report: Report,
): PathPredicate | undefined {
  const place = origin.at('path');
  if (dialect === 'alb' && pathType !== 'ImplementationSpecific' && /[*?]/.test(path)) {
    report(d['path-pattern']({ path, dialect }, place));
    return undefined;
  }
  switch (pathType) {
    case 'Exact':
      return exactPath(path);
    case 'Prefix':
      return pathPrefix(path, 'segment');
    case 'ImplementationSpecific':
      if (path === '' || path === '/*' || (path === '/' && dialect !== 'alb')) return ANY;
      if (dialect === 'alb') {
        const predicate = readPattern(path);
        if (predicate === undefined) report(d['path-pattern']({ path, dialect }, place));
        return predicate;
      }
      if (dialect === 'nginx') {
        if (!/[()[\]{}*+?^$|\\]/.test(path)) return pathPrefix(path, 'string');
        report(d['path-pattern']({ path, dialect }, place));
        return undefined;
      }
      report(d['implementation-specific-path']({ path }, place));
      return pathPrefix(path, 'segment');
  }
}

/** A path pattern of an AWS load balancer: a star takes any text, slashes too, a question mark one character. */
function readPattern(pattern: string): PathPredicate | undefined {
  if (!/[*?]/.test(pattern)) return exactPath(pattern);
  const prefix = pattern.slice(0, -1);
  return pattern.endsWith('*') && !/[*?]/.test(prefix) ? pathPrefix(prefix, 'string') : undefined;
}

/** A path as it is written, with the way it is read where that is not plain. */
export function printPath({ path, pathType }: PathDraft): string {
  return `${pathType} ${path === '' ? '/' : path}`;
}
