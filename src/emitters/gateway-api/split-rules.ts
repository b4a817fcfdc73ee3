import type { LegalMatch, LegalValueMatch } from '../legal-host.ts';
import { getOrAdd, isSamePart, type Manifest } from '../manifest.ts';
import { tieBucket } from './precedence-key.ts';
import { printMatch } from './print-match.ts';
import type { PrintedRule } from './print-rule.ts';

const MAX_RULES = 16;
const MAX_MATCHES = 128;
const MAX_MATCHES_OF_RULE = 64;
const SECTION_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** A rule of the output: alternatives with one body. */
interface JoinedRule {
  readonly printed: PrintedRule;
  readonly matches: readonly LegalMatch[];
}

/** Matches that only their place in one list tells apart, and that are too many for one route. */
export interface TooManyTies {
  readonly path: string;
  readonly count: number;
  readonly printed: PrintedRule;
}

/** The `rules` of one route after another. */
export type SplitRules =
  | { readonly kind: 'routes'; readonly routes: readonly (readonly Manifest[])[] }
  | { readonly kind: 'too-many'; readonly ties: TooManyTies };

/**
 * Joins neighbours with one body and cuts the list into as many routes as the limits of HTTPRoute ask for. A tie is
 * decided by age and name across routes, so matches that tie with another outcome stay in one route, in their order.
 */
export function splitRules(rules: readonly PrintedRule[]): SplitRules {
  const joined = joinNeighbours(rules);
  if (fits(joined)) return { kind: 'routes', routes: [printRules(joined)] };
  const atoms = rules.flatMap((printed) => printed.matches.map((match) => ({ printed, match })));
  const routes: (readonly Manifest[])[] = [];
  let open: readonly Indexed[] = [];
  for (const component of tieComponents(atoms)) {
    const together = [...open, ...component].sort((a, b) => a.index - b.index);
    if (fits(join(together))) {
      open = together;
      continue;
    }
    if (!fits(join(component))) {
      const [first] = component;
      if (first === undefined) continue;
      const ties = { path: first.match.path.value, count: component.length, printed: first.printed };
      return { kind: 'too-many', ties };
    }
    routes.push(printRules(join(open)));
    open = component;
  }
  routes.push(printRules(join(open)));
  return { kind: 'routes', routes };
}

interface SingleMatch {
  readonly printed: PrintedRule;
  readonly match: LegalMatch;
}

/** `bodyKey` is equal for equal bodies. */
type Indexed = SingleMatch & { readonly index: number; readonly bodyKey: string };

/** Groups of matches that must stay together, in the order of their first match. */
function tieComponents(atoms: readonly SingleMatch[]): readonly (readonly Indexed[])[] {
  const buckets = new Map<string, Indexed[]>();
  const bodyKeys = new Map<PrintedRule, string>();
  for (const [index, { printed, match }] of atoms.entries()) {
    const bodyKey = getOrAdd(bodyKeys, printed, () => JSON.stringify(printed.body));
    getOrAdd(buckets, tieBucket(match), () => []).push({ printed, match, index, bodyKey });
  }
  const components = [...buckets.values()].flatMap(connect);
  return components.sort(([a], [b]) => (a?.index ?? 0) - (b?.index ?? 0));
}

/** Splits a bucket into its connected parts; a link is an overlap with another outcome. */
function connect(bucket: readonly Indexed[]): readonly (readonly Indexed[])[] {
  let parts: Indexed[][] = [];
  for (const atom of bucket) {
    const isLinked = (other: Indexed) => atom.bodyKey !== other.bodyKey && overlaps(atom.match, other.match);
    const linked = parts.filter((part) => part.some(isLinked));
    parts = [...parts.filter((part) => !linked.includes(part)), [...linked.flat(), atom]];
  }
  return parts.map((part) => part.sort((a, b) => a.index - b.index));
}

function overlaps(a: LegalMatch, b: LegalMatch): boolean {
  return !excludes(a.headers, b.headers) && !excludes(a.query, b.query);
}

/** Whether two lists want different exact values of one name; patterns count as overlapping. */
function excludes(a: readonly LegalValueMatch[], b: readonly LegalValueMatch[]): boolean {
  return a.some(
    (one) =>
      one.kind === 'exact' &&
      b.some((other) => other.name === one.name && other.kind === 'exact' && other.value !== one.value),
  );
}

function join(atoms: readonly SingleMatch[]): readonly JoinedRule[] {
  return joinNeighbours(atoms.map(({ printed, match }) => ({ ...printed, matches: [match] })));
}

function joinNeighbours(rules: readonly PrintedRule[]): readonly JoinedRule[] {
  const joined: { printed: PrintedRule; matches: LegalMatch[] }[] = [];
  for (const printed of rules) {
    const last = joined.at(-1);
    const sameName = last?.printed.rule.name === printed.rule.name;
    if (last !== undefined && sameName && !printed.alone && isSamePart(last.printed.body, printed.body)) {
      for (const match of printed.matches) last.matches.push(match);
    } else {
      joined.push({ printed, matches: [...printed.matches] });
    }
  }
  if (joined.every(({ matches }) => matches.length <= MAX_MATCHES_OF_RULE)) return joined;
  return joined.flatMap(({ printed, matches }) =>
    matches.length <= MAX_MATCHES_OF_RULE
      ? [{ printed, matches }]
      : [
          { printed, matches: matches.slice(0, MAX_MATCHES_OF_RULE) },
          { printed, matches: matches.slice(MAX_MATCHES_OF_RULE, 2 * MAX_MATCHES_OF_RULE) },
          ...(matches.length <= 2 * MAX_MATCHES_OF_RULE
            ? []
            : [{ printed, matches: matches.slice(2 * MAX_MATCHES_OF_RULE) }]),
        ],
  );
}

function fits(rules: readonly JoinedRule[]): boolean {
  return (
    rules.length <= MAX_RULES &&
    rules.every(({ matches }) => matches.length <= MAX_MATCHES_OF_RULE) &&
    rules.reduce((sum, { matches }) => sum + matches.length, 0) <= MAX_MATCHES
  );
}

function printRules(rules: readonly JoinedRule[]): readonly Manifest[] {
  const names = rules.map(({ printed }) => printed.rule.name);
  return rules.map(({ printed: { rule, body }, matches }) => {
    const { name } = rule;
    const isUsable =
      name !== undefined &&
      name.length <= 253 &&
      SECTION_NAME.test(name) &&
      names.filter((one) => one === name).length === 1;
    const printed = matches.map(printMatch);
    return isUsable ? { name, matches: printed, ...body } : { matches: printed, ...body };
  });
}
