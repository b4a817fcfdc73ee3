import type { Match, VirtualHost } from '../../ir/model.ts';
import {
  ANY,
  exactPath,
  type PathPredicate,
  type PrefixReading,
  pathPrefix,
  type StringPredicate,
} from '../../ir/predicates.ts';
import { regexEngine } from '../languages/regex-engine.ts';

/**
 * The same host with its string prefixes read by whole segments, those that a pattern says among them. The host itself
 * where it has none.
 */
export function readBySegment(host: VirtualHost): VirtualHost {
  const bySegment = (path: PathPredicate): readonly PathPredicate[] => {
    if (path.kind === 'regex') return partsOf(path.pattern)?.flatMap(bySegment) ?? [path];
    if (path.kind !== 'prefix' || path.reading !== 'string') return [path];
    return [pathPrefix(path.value, 'segment', path.ignoreCase)];
  };
  let isOther = false;
  const rules = host.rules.map((rule) => ({
    ...rule,
    matches: rule.matches.flatMap((match) => {
      const paths = bySegment(match.path);
      isOther ||= paths.length !== 1 || paths[0] !== match.path;
      return paths.map((path) => ({ ...match, path }));
    }),
  }));
  return isOther ? { ...host, rules } : host;
}

/** A pattern as the exact paths and prefixes that it means, where it means just these. */
function partsOf(pattern: string): readonly PathPredicate[] | undefined {
  const parts = regexEngine().decomposePath(pattern);
  if (parts.kind !== 'parts' || parts.minus.length > 0) return undefined;
  return parts.plus.map((part) => {
    if (part.kind === 'any') return ANY;
    return part.kind === 'exact' ? exactPath(part.value) : pathPrefix(part.value, part.reading);
  });
}

/** The same host with prefixes of Lattice, whose reading is not documented, read in one way. */
export function readLatticePrefixes(host: VirtualHost, reading: Exclude<PrefixReading, 'lattice'>): VirtualHost {
  return mapPaths(host, (path) =>
    path.kind === 'prefix' && path.reading === 'lattice' ? pathPrefix(path.value, reading, path.ignoreCase) : path,
  );
}

export function hasLatticePrefixes({ rules }: VirtualHost): boolean {
  return rules.some(({ matches }) => matches.some(({ path }) => path.kind === 'prefix' && path.reading === 'lattice'));
}

/** The same host with header values compared without letter case. */
export function ignoreHeaderCase(host: VirtualHost): VirtualHost {
  const ignore = (value: StringPredicate): StringPredicate =>
    value.kind === 'exact' || value.kind === 'prefix'
      ? { ...value, ignoreCase: true }
      : value.kind === 'regex'
        ? { ...value, pattern: `(?i:${value.pattern})` }
        : value;
  return mapMatches(host, (match) => ({
    ...match,
    headers: match.headers.map((test) => (test.value.kind === 'none' ? test : { ...test, value: ignore(test.value) })),
  }));
}

function mapPaths(host: VirtualHost, change: (path: PathPredicate) => PathPredicate): VirtualHost {
  return mapMatches(host, (match) => {
    const path = change(match.path);
    return path === match.path ? match : { ...match, path };
  });
}

function mapMatches(host: VirtualHost, change: (match: Match) => Match): VirtualHost {
  return { ...host, rules: host.rules.map((rule) => ({ ...rule, matches: rule.matches.map(change) })) };
}
