import type { CharSet, DFA } from 'refa';
import { ALPHABETS, type Domain } from './alphabets.ts';
import { type AutomatonLanguage, dfaOf, intersectAutomata, sameAutomata, textsOver } from './automaton.ts';
import { shortestFrom } from './automaton-witness.ts';
import { characters } from './character-classes.ts';
import { fromMarks, type LiteralLanguage, type Mark } from './literal-language.ts';

/** A language written with exact texts and prefixes, or why that cannot be done. */
export type LiteralForm =
  | { readonly kind: 'literals'; readonly language: LiteralLanguage }
  /** Two texts that share what comes before the open part: the first is in the language, the second is not. */
  | { readonly kind: 'open'; readonly before: string; readonly witnesses: readonly string[] }
  | { readonly kind: 'too-many' };

const DOMAINS: Readonly<Record<Domain, { readonly alphabet: CharSet; readonly texts: AutomatonLanguage }>> = {
  path: domain('path', '/'),
  value: domain('value', ''),
};

// Chains of single characters add states but no parts; this only stops a wide unfolding early.
const VISIT_LIMIT = 20_000;

/** Whether two languages hold the same texts of the domain. */
export function sameWithin(
  domain: Domain,
  left: AutomatonLanguage | LiteralLanguage,
  right: AutomatonLanguage | LiteralLanguage,
): boolean {
  const { texts } = DOMAINS[domain];
  return sameAutomata(intersectAutomata(left, texts), intersectAutomata(right, texts));
}

/**
 * Writes a language, as far as texts of the domain go, with at most `limit` exact texts and prefixes.
 *
 * In the minimal automaton over the domain's alphabet a state either takes every continuation, or none (it is
 * missing), or some. A language of exact texts and prefixes is one whose states of the third sort form no cycle.
 */
export function literalForm(language: AutomatonLanguage, domain: Domain, limit: number): LiteralForm {
  const { alphabet, texts } = DOMAINS[domain];
  const dfa = dfaOf(intersectAutomata(language, texts));
  const stem = domain === 'path' ? '/' : '';
  const start = domain === 'path' ? dfa.initial.out.get(0x2f) : dfa.initial;
  if (start === undefined || dfa.isEmpty) return { kind: 'literals', language: fromMarks([]) };

  const isFinal = (node: DFA.ReadonlyNode) => dfa.finals.has(node);
  const takesAll = (node: DFA.ReadonlyNode) => isFinal(node) && targetsOf(node).get(node)?.equals(alphabet) === true;

  const open = findCycle(start, takesAll);
  if (open !== undefined) {
    const before = stem + (shortestFrom(start, (node) => node === open, domain) ?? '');
    const accepted = shortestFrom(open, isFinal, domain) ?? '';
    const rejected = shortestReject(open, isFinal, alphabet, domain) ?? '';
    return { kind: 'open', before, witnesses: [before + accepted, before + rejected] };
  }

  const marks: [string, Mark][] = [];
  let parts = 0;
  const visit = (text: string, node: DFA.ReadonlyNode, inherited: boolean): boolean => {
    const all = takesAll(node);
    const targets = all ? new Map<DFA.ReadonlyNode, CharSet>() : targetsOf(node);
    const taking = [...targets].find(([target]) => takesAll(target))?.[1].size ?? 0;
    const leaving = alphabet.size - [...targets.values()].reduce((sum, set) => sum + set.size, 0);
    const below = all || taking > leaving;
    const mark: Mark = { at: isFinal(node), below };
    if (mark.at !== inherited || below !== inherited) parts += 1;
    marks.push([text, mark]);
    if (parts > limit || marks.length > VISIT_LIMIT) return false;
    if (all) return true;
    for (const [target, set] of targets) {
      if (below && takesAll(target)) continue;
      if (set.size > limit) return false;
      for (const code of set.characters()) {
        if (!visit(text + String.fromCodePoint(code), target, below)) return false;
      }
    }
    // Where continuations are taken by default, the characters that lead nowhere are the exceptions.
    const missing = below ? [...targets.values()].reduce((rest, set) => rest.without(set), alphabet) : undefined;
    for (const code of missing?.characters() ?? []) {
      marks.push([text + String.fromCodePoint(code), { at: false, below: false }]);
      parts += 1;
      if (parts > limit) return false;
    }
    return true;
  };
  if (!visit(stem, start, false)) return { kind: 'too-many' };
  return { kind: 'literals', language: fromMarks(marks) };
}

function domain(name: Domain, start: string): { readonly alphabet: CharSet; readonly texts: AutomatonLanguage } {
  const alphabet = characters(ALPHABETS[name]);
  return { alphabet, texts: textsOver(alphabet, start) };
}

function targetsOf(node: DFA.ReadonlyNode): ReadonlyMap<DFA.ReadonlyNode, CharSet> {
  const targets = new Map<DFA.ReadonlyNode, CharSet>();
  for (const [range, target] of node.out) {
    const known = targets.get(target);
    targets.set(target, known === undefined ? characters([range]) : known.union([range]));
  }
  return targets;
}

/** A state on a cycle that is not the one taking everything; undefined when there is no such cycle. */
function findCycle(
  start: DFA.ReadonlyNode,
  isSettled: (node: DFA.ReadonlyNode) => boolean,
): DFA.ReadonlyNode | undefined {
  const done = new Set<DFA.ReadonlyNode>();
  const path = new Set<DFA.ReadonlyNode>();
  const stack: { readonly node: DFA.ReadonlyNode; readonly rest: Iterator<DFA.ReadonlyNode> }[] = [];
  const enter = (node: DFA.ReadonlyNode) => {
    path.add(node);
    stack.push({ node, rest: new Set(node.out.values()).values() });
  };
  if (!isSettled(start)) enter(start);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const next = top.rest.next();
    if (next.done === true) {
      path.delete(top.node);
      done.add(top.node);
      stack.pop();
    } else if (path.has(next.value)) return next.value;
    else if (!done.has(next.value) && !isSettled(next.value)) enter(next.value);
  }
  return undefined;
}

function shortestReject(
  start: DFA.ReadonlyNode,
  isFinal: (node: DFA.ReadonlyNode) => boolean,
  alphabet: CharSet,
  domain: Domain,
): string | undefined {
  const missing = (node: DFA.ReadonlyNode) =>
    [...targetsOf(node).values()].reduce((rest, set) => rest.without(set), alphabet);
  const text = shortestFrom(start, (node) => !isFinal(node), domain);
  if (text !== undefined) return text;
  // Every state accepts, so only a character that leads nowhere can leave the language.
  let code: number | undefined;
  const stem = shortestFrom(
    start,
    (node) => {
      code = missing(node).ranges[0]?.min;
      return code !== undefined;
    },
    domain,
  );
  return stem === undefined || code === undefined ? undefined : stem + String.fromCodePoint(code);
}
