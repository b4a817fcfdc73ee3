import type { Report } from '../../diagnostics/diagnostic.ts';
import { type Action, NO_HEADER_OPS, type Share } from '../../ir/actions.ts';
import { mergeShares } from '../merge-shares.ts';
import { type ActionContext, respond500, whyNoBackend } from './action.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import type { RouteDraft, RuleDraft } from './draft.ts';
import { AWS_GROUP } from './reading.ts';

const MAX_HEADERS = 5;

/** What a rule does where the AWS controller runs it: it forwards, or it answers 500. */
export function toLatticeAction(rule: RuleDraft, route: RouteDraft, context: ActionContext): Action {
  reportRefused(rule, context.report);
  reportIgnored(rule, context.report);
  const parts = rule.backends.flatMap((draft): readonly Share[] => {
    const { weight } = draft;
    const resolved = context.backends.resolve(draft, route, 'lattice');
    // The controller leaves out what it cannot resolve; the others share its part.
    return resolved.kind === 'backend' ? [{ kind: 'backend', weight, backend: resolved.backend }] : [];
  });
  const shares = mergeShares(parts);
  if (shares.length === 0) return respond500(whyNoBackend(parts, shares), NO_HEADER_OPS, rule.origin);
  const headers = { requestHeaders: NO_HEADER_OPS, responseHeaders: NO_HEADER_OPS };
  return { kind: 'forward', shares, ...headers, mirrors: [], origin: rule.origin };
}

/** The rules in the order in which Lattice tries them. */
export function orderLatticeRules({ rules, source }: RouteDraft, report: Report): readonly RuleDraft[] {
  const keyOf = (index: number) => `${AWS_GROUP}/rule-${index}-priority`;
  const written = rules.map(({ index }) => source.annotations[keyOf(index)]);
  if (written.every((text) => text === undefined)) return rules;
  let last = 0;
  const ranked = rules.map((rule, index) => {
    const text = written[index];
    last = text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : last + 1;
    return { rule, priority: last };
  });
  const isClear =
    written.every((text) => text !== undefined && /^\d+$/.test(text.trim())) &&
    new Set(ranked.map(({ priority }) => priority)).size === ranked.length;
  if (!isClear) {
    const position = written.findIndex((text) => text !== undefined);
    const origin = source.origin.at('metadata', 'annotations', keyOf(rules[position]?.index ?? 0));
    report(d['rule-priority-unclear']({}, origin));
  }
  return [...ranked].sort((left, right) => left.priority - right.priority).map(({ rule }) => rule);
}

function reportRefused({ matches, origin }: RuleDraft, report: Report): void {
  const refuse = (what: string, at = origin) => report(d['controller-refuses']({ what }, at));
  if (matches.length > 1) refuse(`${matches.length} matches in one rule`, origin.at('matches'));
  for (const { path, headers, query, origin: place } of matches) {
    if (path.type === 'RegularExpression') refuse('a pattern as path', path.origin);
    if (query.length > 0) refuse('a test of query parameters', place.at('queryParams'));
    if (headers.length > MAX_HEADERS) {
      refuse(`${headers.length} headers in one match, where ${MAX_HEADERS} are allowed`, place.at('headers'));
    }
    for (const header of headers) {
      if (header.type === 'RegularExpression') refuse(`a pattern for header ${header.name}`, header.origin);
    }
  }
}

function reportIgnored({ filters, backends, timeouts, retry, session }: RuleDraft, report: Report): void {
  for (const filter of [...filters, ...backends.flatMap((backend) => backend.filters)]) {
    if (filter.type === 'RequestRedirect' && backends.length === 0)
      report(d['redirect-answers-500']({}, filter.origin));
    else report(d['controller-ignores']({ what: `the filter ${filter.type}` }, filter.origin));
  }
  const parts = { timeouts, retry, sessionPersistence: session };
  for (const [what, part] of Object.entries(parts)) {
    if (part !== undefined) report(d['controller-ignores']({ what }, part.origin));
  }
}
