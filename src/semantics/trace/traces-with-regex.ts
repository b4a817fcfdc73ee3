import type { RoutingModel } from '../../ir/model.ts';
import { needsRegexEngine } from '../needs-regex.ts';

/** Whether following a request may need the regex engine: beside conditions, for rewrites and origins. */
export function tracesWithRegex(model: RoutingModel): boolean {
  return (
    needsRegexEngine(model) ||
    model.virtualHosts.some(({ rules }) =>
      rules.some(
        ({ action, matches }) =>
          matches.some(({ authority }) => authority.kind !== 'any') ||
          (action.kind !== 'respond' && pathOf(action)?.kind === 'regex') ||
          (action.kind === 'forward' && action.cors?.origins.some(({ kind }) => kind === 'regex') === true),
      ),
    )
  );
}

function pathOf(action: Exclude<RoutingModel['virtualHosts'][number]['rules'][number]['action'], { kind: 'respond' }>) {
  return action.kind === 'forward' ? action.rewrite : action.path;
}
