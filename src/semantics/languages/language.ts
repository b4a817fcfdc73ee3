import type { Domain } from './alphabets.ts';
import type { AutomatonLanguage } from './automaton.ts';
import {
  anything,
  combineLiterals,
  complementLiterals,
  finiteLiterals,
  isEmptyLiterals,
  type LiteralLanguage,
  literalAccepts,
  type Mark,
  nothing,
} from './literal-language.ts';
import { literalWitness } from './literal-witness.ts';
import { regexEngine } from './regex-engine.ts';

/**
 * An immutable set of strings. Exact texts and prefixes and all that is combined from them stay literal, which costs
 * microseconds and no library; regular expressions bring automata, and a mix becomes an automaton.
 *
 * Functions that meet an automaton need the regex engine to be loaded, and throw LanguageTooLarge past the limit of
 * states: wrap the whole question in `decide` to get `undecided` instead. So does a mix of literals with and without
 * letter case.
 */
export type Language = LiteralLanguage | AutomatonLanguage;

/** The strings in both languages. */
export function intersect(left: Language, right: Language): Language {
  if (left === right || isTrivial(right, anything)) return left;
  if (isTrivial(left, anything)) return right;
  if (isTrivial(left, nothing) || isTrivial(right, nothing)) return nothing;
  return combine(left, right, and) ?? regexEngine().automata.intersect(left, right);
}

/** The strings in either language. */
export function unite(left: Language, right: Language): Language {
  if (left === right || isTrivial(right, nothing)) return left;
  if (isTrivial(left, nothing)) return right;
  if (isTrivial(left, anything) || isTrivial(right, anything)) return anything;
  return combine(left, right, or) ?? regexEngine().automata.unite(left, right);
}

/** The strings of the first language that are not in the second. */
export function subtract(left: Language, right: Language): Language {
  return combine(left, right, andNot) ?? intersect(left, complement(right));
}

/** The strings that are not in the language. */
export function complement(language: Language): Language {
  return language.kind === 'literals' ? complementLiterals(language) : regexEngine().automata.complement(language);
}

/** Whether the language holds no string. */
export function isEmpty(language: Language): boolean {
  return language.kind === 'literals' ? isEmptyLiterals(language) : language.dfa.isEmpty;
}

/** Whether the language holds every string. */
export function isUniversal(language: Language): boolean {
  return isEmpty(complement(language));
}

/** Whether every string of the first language is in the second. */
export function isSubset(inner: Language, outer: Language): boolean {
  return isEmpty(subtract(inner, outer));
}

/** Whether the languages share no string. */
export function isDisjoint(left: Language, right: Language): boolean {
  return isEmpty(intersect(left, right));
}

/** Whether both languages hold the same strings. */
export function isSame(left: Language, right: Language): boolean {
  if (left.kind === 'literals' && right.kind === 'literals' && left.ignoreCase === right.ignoreCase) {
    return sameMarks(left.marks, right.marks);
  }
  return regexEngine().automata.same(left, right);
}

/** Whether the language holds `value`. */
export function accepts(language: Language, value: string): boolean {
  return language.kind === 'literals'
    ? literalAccepts(language, value)
    : regexEngine().automata.accepts(language, value);
}

/**
 * A short text that the language holds, in characters that a person would write; undefined when the language holds no
 * text of the domain.
 */
export function witness(language: Language, domain: Domain = 'value'): string | undefined {
  return language.kind === 'literals'
    ? literalWitness(language, domain)
    : regexEngine().automata.witness(language, domain);
}

/** All strings in byte order; undefined when there are more than `limit`, or infinitely many. */
export function finiteWords(language: Language, limit: number): readonly string[] | undefined {
  return language.kind === 'literals'
    ? finiteLiterals(language, limit)
    : regexEngine().automata.finiteWords(language, limit);
}

const and = (left: boolean, right: boolean) => left && right;
const or = (left: boolean, right: boolean) => left || right;
const andNot = (left: boolean, right: boolean) => left && !right;

function combine(
  left: Language,
  right: Language,
  rule: (inLeft: boolean, inRight: boolean) => boolean,
): Language | undefined {
  return left.kind === 'literals' && right.kind === 'literals' ? combineLiterals(left, right, rule) : undefined;
}

function isTrivial(language: Language, trivial: LiteralLanguage): boolean {
  return language.kind === 'literals' && (language === trivial || sameMarks(language.marks, trivial.marks));
}

function sameMarks(left: ReadonlyMap<string, Mark>, right: ReadonlyMap<string, Mark>): boolean {
  if (left.size !== right.size) return false;
  for (const [key, mark] of left) {
    const other = right.get(key);
    if (other === undefined || other.at !== mark.at || other.below !== mark.below) return false;
  }
  return true;
}
