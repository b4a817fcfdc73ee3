import type { CharRange, DFA, ReadonlyDFA } from 'refa';
import { ALPHABETS, type Domain, PREFERRED } from './alphabets.ts';

const RANK: ReadonlyMap<number, number> = new Map(
  Array.from(PREFERRED, (character, rank) => [character.codePointAt(0) ?? 0, rank]),
);

/**
 * A shortest text of the domain that the automaton accepts, spelled with the friendliest characters; undefined when
 * there is none.
 */
export function automatonWitness(dfa: ReadonlyDFA, domain: Domain): string | undefined {
  if (domain === 'value') return shortestFrom(dfa.initial, (node) => dfa.finals.has(node), domain);
  const afterSlash = dfa.initial.out.get(0x2f);
  if (afterSlash === undefined) return undefined;
  const rest = shortestFrom(afterSlash, (node) => dfa.finals.has(node), domain);
  return rest === undefined ? undefined : `/${rest}`;
}

/** A shortest text over the alphabet of the domain that leads from a state to one that passes the test. */
export function shortestFrom(
  start: DFA.ReadonlyNode,
  isGoal: (node: DFA.ReadonlyNode) => boolean,
  domain: Domain,
): string | undefined {
  const texts = new Map<DFA.ReadonlyNode, string>([[start, '']]);
  // A map keeps the order in which states were found, so walking it while it grows is a breadth-first search.
  for (const [node, text] of texts) {
    if (isGoal(node)) return text;
    for (const { code, to } of friendlySteps(node, domain)) {
      if (!texts.has(to)) texts.set(to, text + String.fromCodePoint(code));
    }
  }
  return undefined;
}

function friendlySteps(
  node: DFA.ReadonlyNode,
  domain: Domain,
): { readonly code: number; readonly to: DFA.ReadonlyNode }[] {
  const steps: { readonly code: number; readonly to: DFA.ReadonlyNode }[] = [];
  for (const [range, to] of node.out) {
    const code = friendliest(range, domain);
    if (code !== undefined) steps.push({ code, to });
  }
  return steps.sort((left, right) => rankOf(left.code) - rankOf(right.code));
}

function friendliest(range: CharRange, domain: Domain): number | undefined {
  let best: number | undefined;
  for (const { min, max } of ALPHABETS[domain]) {
    const low = Math.max(min, range.min);
    const high = Math.min(max, range.max);
    // Beyond ASCII no character is friendlier than another.
    for (let code = low; code <= Math.min(high, Math.max(low, 0x7f)); code++) {
      if (best === undefined || rankOf(code) < rankOf(best)) best = code;
    }
  }
  return best;
}

function rankOf(code: number): number {
  return RANK.get(code) ?? PREFERRED.length + code;
}
