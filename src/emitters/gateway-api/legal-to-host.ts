import type { Action, Forward } from '../../ir/actions.ts';
import type { Match, Rule, VirtualHost } from '../../ir/model.ts';
import { ANY, type AttributeTest, exactly, exactPath, pathPrefix } from '../../ir/predicates.ts';
import type { EmitOptions } from '../emitter.ts';
import { MAX_WEIGHT as LATTICE_MAX_WEIGHT } from '../lattice-limits.ts';
import type { LegalHost, LegalMatch, LegalRule, LegalValueMatch } from '../legal-host.ts';
import { MAX_WEIGHT, scaleWeights } from '../weights.ts';

/**
 * A legal host as the target will act on it: what the profile takes its own words to mean. The check of the output
 * compares this with the source, and with what is read back.
 */
export function legalToHost({ host, rules }: LegalHost, { profile }: EmitOptions): VirtualHost {
  const isLattice = profile === 'lattice';
  const pattern = host.host;
  return {
    ...host,
    host: pattern.kind === 'suffix' && !isLattice ? { ...pattern, labels: 'many' } : pattern,
    order: { kind: isLattice ? 'first-match' : 'gateway-api' },
    rules: rules.map((rule, index) => toRule(rule, index, isLattice)),
  };
}

function toRule(
  { source, hostIndex, matches, places, action, rule, origin }: LegalRule,
  index: number,
  isLattice: boolean,
): Rule {
  const written = matches.map((match, at) => toMatch(match, places[at] ?? rule.origin, isLattice));
  return { source, hostIndex, index, matches: written, action: asActed(action, isLattice), origin };
}

function asActed(action: Action, isLattice: boolean): Action {
  return action.kind === 'forward' ? withWeights(withPreflight(action), isLattice) : action;
}

/** Gateway API leaves open who answers preflights that a CORS policy does not name; the reader takes the policy to. */
function withPreflight(action: Forward): Forward {
  if (action.cors?.unmatchedPreflight !== 'forward') return action;
  return { ...action, cors: { ...action.cors, unmatchedPreflight: 'ignore' } };
}

/** A split that the target has no weights for is printed as the nearest one, which a finding says. */
function withWeights(action: Forward, isLattice: boolean): Forward {
  const weights = action.shares.map(({ weight }) => weight);
  const scaled = scaleWeights(weights, isLattice ? LATTICE_MAX_WEIGHT : MAX_WEIGHT);
  if (scaled.exact) return action;
  const shares = action.shares.map((share, index) => ({ ...share, weight: scaled.weights[index] ?? share.weight }));
  return { ...action, shares };
}

function toMatch({ path, method, headers, query }: LegalMatch, origin: Rule['origin'], isLattice: boolean): Match {
  return {
    path: path.kind === 'exact' ? exactPath(path.value) : pathPrefix(path.value, isLattice ? 'lattice' : 'segment'),
    method: method === undefined ? ANY : exactly(method),
    // The AWS controller compares header values without letter case.
    headers: headers.map((test) => toTest({ ...test, name: test.name.toLowerCase() }, isLattice)),
    query: query.map((test) => toTest(test, false)),
    authority: ANY,
    opaque: [],
    origin,
  };
}

function toTest({ name, kind, value }: LegalValueMatch, ignoreCase: boolean): AttributeTest {
  return {
    name,
    absent: false,
    value: kind === 'exact' ? exactly(value, ignoreCase) : { kind: 'regex', pattern: value },
  };
}
