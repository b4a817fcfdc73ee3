import type { RuleList } from './generate.ts';
import type { IstioMatch, IstioRule } from './manifests.ts';

const without = <T>(list: readonly T[], at: number): readonly T[] => list.filter((_, index) => index !== at);

const replace = <T>(list: readonly T[], at: number, value: T): readonly T[] =>
  list.map((one, index) => (index === at ? value : one));

const FIELDS = ['uri', 'method', 'headers', 'withoutHeaders', 'queryParams'] as const;

function* simplerMatches(match: IstioMatch): Generator<IstioMatch> {
  for (const field of FIELDS) {
    const { [field]: value, ...rest } = match;
    if (value === undefined) continue;
    yield rest;
    if (field === 'uri' || field === 'method') continue;
    const entries = Object.entries(value);
    if (entries.length > 1)
      for (const at of entries.keys()) yield { ...match, [field]: Object.fromEntries(without(entries, at)) };
  }
}

function* simplerRules(rule: IstioRule): Generator<IstioRule> {
  const { match = [], route } = rule;
  if (match.length > 1) for (const at of match.keys()) yield { ...rule, match: without(match, at) };
  for (const [at, one] of match.entries()) {
    for (const simpler of simplerMatches(one)) yield { ...rule, match: replace(match, at, simpler) };
  }
  const [first] = route;
  if (first !== undefined && (route.length > 1 || first.weight !== undefined)) {
    yield { ...rule, route: [{ destination: first.destination }] };
  }
}

function* simplerLists(list: RuleList): Generator<RuleList> {
  if (list.length > 1) for (const at of list.keys()) yield without(list, at);
  for (const [at, rule] of list.entries()) {
    for (const simpler of simplerRules(rule)) yield replace(list, at, simpler);
  }
}

/** The smallest list found, step by step, that still fails. */
export const shrink = async (list: RuleList, fails: (list: RuleList) => Promise<boolean>): Promise<RuleList> => {
  for (const simpler of simplerLists(list)) {
    if (await fails(simpler)) return shrink(simpler, fails);
  }
  return list;
};
