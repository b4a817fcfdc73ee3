import { CharSet, DFA, NFA, type ReadonlyDFA, TooManyNodesError } from 'refa';
import { ALL_CHARACTERS, characters, MAX_CODE_POINT } from './character-classes.ts';
import { STATE_LIMIT } from './determinize.ts';
import { LanguageTooLarge } from './language-too-large.ts';
import { inheritedMark, type LiteralLanguage, markOf } from './literal-language.ts';

/** A language that needs an automaton: regular expressions and what is combined with them. Never changed once built. */
export interface AutomatonLanguage {
  readonly kind: 'automaton';
  readonly dfa: ReadonlyDFA;
}

type AnyLanguage = LiteralLanguage | AutomatonLanguage;

const OPTIONS = { maxCharacter: MAX_CODE_POINT };

/** The strings in both languages. Throws LanguageTooLarge past the limit of states, as do all functions here. */
export function intersectAutomata(left: AnyLanguage, right: AnyLanguage): AutomatonLanguage {
  return minimal(() => DFA.fromIntersection(dfaOf(left), dfaOf(right), limited()));
}

/** The strings in either language. */
export function uniteAutomata(left: AnyLanguage, right: AnyLanguage): AutomatonLanguage {
  return minimal(() => {
    const both = NFA.fromFA(dfaOf(left));
    both.union(dfaOf(right));
    return DFA.fromFA(both, limited());
  });
}

/** The strings that are not in the language. */
export function complementAutomaton(language: AnyLanguage): AutomatonLanguage {
  return minimal(() => {
    const dfa = dfaOf(language).copy();
    dfa.complement();
    return dfa;
  });
}

/** Whether both hold the same strings. */
export function sameAutomata(left: AnyLanguage, right: AnyLanguage): boolean {
  return dfaOf(left).structurallyEqual(dfaOf(right));
}

/** The language of all texts over an alphabet that begin with `start`. */
export function textsOver(alphabet: CharSet, start: string): AutomatonLanguage {
  const builder = new DFA.Builder(DFA.nodeFactory);
  let state = builder.initial;
  for (const character of start) state = link(builder, state, CharSet.fromCharacter(MAX_CODE_POINT, codeOf(character)));
  builder.makeFinal(state);
  builder.linkNodes(state, state, alphabet);
  return { kind: 'automaton', dfa: DFA.fromBuilder(builder, OPTIONS) };
}

/** The minimal automaton of a language. */
export function dfaOf(language: AnyLanguage): ReadonlyDFA {
  if (language.kind === 'automaton') return language.dfa;
  const known = built.get(language);
  if (known !== undefined) return known;
  const { dfa } = minimal(() => buildLiterals(language));
  built.set(language, dfa);
  return dfa;
}

const built = new WeakMap<LiteralLanguage, ReadonlyDFA>();

/** All strings of a finite language in byte order; undefined when there are infinitely many or more than `limit`. */
export function finiteWords(language: AutomatonLanguage, limit: number): readonly string[] | undefined {
  if (!language.dfa.isFinite) return undefined;
  const words: string[] = [];
  for (const sets of language.dfa.wordSets()) {
    const count = sets.reduce((product, set) => product * set.size, 1);
    if (words.length + count > limit) return undefined;
    let spelled = [''];
    for (const set of sets) {
      const letters = [...set.characters()].map((code) => String.fromCodePoint(code));
      spelled = spelled.flatMap((text) => letters.map((letter) => text + letter));
    }
    words.push(...spelled);
  }
  return [...new Set(words)].sort();
}

/** Whether the language holds `value`. */
export function automatonAccepts(language: AutomatonLanguage, value: string): boolean {
  return language.dfa.test(Array.from(value, codeOf));
}

// A trie over the keys: outside of it the mark of the last key that was passed decides for good.
function buildLiterals({ marks, ignoreCase }: LiteralLanguage): DFA {
  const builder = new DFA.Builder(limited());
  const nodes = new Map<string, DFA.Node>([['', builder.initial]]);
  const children = new Map<string, Set<string>>();
  for (const key of marks.keys()) {
    let prefix = '';
    for (const character of key) {
      const siblings = children.get(prefix) ?? new Set();
      children.set(prefix, siblings.add(character));
      prefix += character;
      if (!nodes.has(prefix)) nodes.set(prefix, builder.createNode());
    }
  }
  const accepting = builder.createNode();
  builder.makeFinal(accepting);
  builder.linkNodes(accepting, accepting, ALL_CHARACTERS);
  for (const [prefix, node] of nodes) {
    if (markOf(marks, prefix).at) builder.makeFinal(node);
    let rest = ALL_CHARACTERS;
    for (const character of children.get(prefix) ?? []) {
      const set = characters(codesOf(character, ignoreCase).map((code) => ({ min: code, max: code })));
      rest = rest.without(set);
      const child = nodes.get(prefix + character);
      if (child !== undefined) builder.linkNodes(node, child, set);
    }
    const { below } = marks.get(prefix) ?? inheritedMark(marks, prefix);
    if (below && !rest.isEmpty) builder.linkNodes(node, accepting, rest);
  }
  return DFA.fromBuilder(builder, OPTIONS);
}

function codesOf(character: string, ignoreCase: boolean): readonly number[] {
  const code = codeOf(character);
  return ignoreCase && /[a-z]/.test(character) ? [code, code ^ 0x20] : [code];
}

function link(builder: DFA.Builder, from: DFA.Node, set: CharSet): DFA.Node {
  const to = builder.createNode();
  builder.linkNodes(from, to, set);
  return to;
}

function limited(): DFA.LimitedNodeFactory {
  return new DFA.LimitedNodeFactory(STATE_LIMIT);
}

function minimal(build: () => DFA): AutomatonLanguage {
  try {
    const dfa = build();
    dfa.minimize();
    return { kind: 'automaton', dfa };
  } catch (error) {
    if (!(error instanceof TooManyNodesError)) throw error;
    throw new LanguageTooLarge(`the automaton has over ${STATE_LIMIT} states`, { cause: error });
  }
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
