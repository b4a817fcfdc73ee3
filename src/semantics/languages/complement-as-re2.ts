import type { CharSet, Node, NoParent } from 'refa';
import { type AutomatonLanguage, complementAutomaton } from './automaton.ts';
import { NOT_NEWLINE } from './character-classes.ts';
import { compileRe2 } from './evaluate.ts';
import type { LiteralLanguage } from './literal-language.ts';

// What a person may still be expected to read in a manifest, and a small part of what Istio accepts.
const LENGTH_LIMIT = 200;
const NODE_LIMIT = 200;

/** An RE2 pattern for every string that is not in the language; undefined when none under 200 characters is found. */
export function complementAsRe2(language: LiteralLanguage | AutomatonLanguage): string | undefined {
  const { dfa } = complementAutomaton(language);
  if (dfa.isEmpty || dfa.countNodes() > NODE_LIMIT) return undefined;
  const pattern = print(dfa.toRegex({ maxNodes: Number.POSITIVE_INFINITY }));
  return pattern.length < LENGTH_LIMIT && compileRe2(pattern).kind === 'legal' ? pattern : undefined;
}

function print(node: NoParent<Node>): string {
  switch (node.type) {
    case 'CharacterClass':
      return printSet(node.characters);
    case 'Concatenation':
      return node.elements.map(print).join('');
    case 'Expression':
      return node.alternatives.map(print).join('|');
    case 'Alternation':
      return `(?:${node.alternatives.map(print).join('|')})`;
    case 'Quantifier':
      return `(?:${node.alternatives.map(print).join('|')})${printBounds(node.min, node.max)}`;
    default:
      throw new Error(`internal: an automaton has no ${node.type}`);
  }
}

function printBounds(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  return min === 0 && max === 1 ? '?' : `{${min},${max}}`;
}

function printSet(set: CharSet): string {
  if (set.isAll) return '(?s:.)';
  if (set.equals(NOT_NEWLINE)) return '.';
  const [only] = set.ranges;
  if (set.size === 1 && only !== undefined) return printCharacter(only.min);
  const negated = set.has(set.maximum);
  const { ranges } = negated ? set.negate() : set;
  const items = ranges.map(({ min, max }) =>
    min === max ? printCharacter(min) : `${printCharacter(min)}-${printCharacter(max)}`,
  );
  return `[${negated ? '^' : ''}${items.join('')}]`;
}

function printCharacter(code: number): string {
  const character = String.fromCodePoint(code);
  if (/[A-Za-z0-9/_]/.test(character)) return character;
  return code > 0x20 && code < 0x7f ? `\\${character}` : `\\x{${code.toString(16)}}`;
}
