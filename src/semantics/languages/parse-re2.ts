import type { CharSet } from 'refa';
import { ALL_CHARACTERS, foldCase, NOT_NEWLINE, oneCharacter, perlClass, unicodeClass } from './character-classes.ts';
import { parseClass } from './parse-class.ts';
import { parseEscape } from './parse-escape.ts';
import type { RegexNode } from './regex-node.ts';

/** Thrown for syntax that this parser does not know although the pattern is legal; a gap of ours, never the user's. */
export class UnknownSyntax extends Error {
  override readonly name = 'UnknownSyntax';
}

interface Flags {
  readonly ignoreCase: boolean;
  readonly multiLine: boolean;
  readonly dotAll: boolean;
}

const NO_FLAGS: Flags = { ignoreCase: false, multiLine: false, dotAll: false };

/** What ends a repeated item when it is not followed by a bound. */
const REPEATS: Readonly<Record<string, readonly [number, number]>> = {
  '*': [0, Number.POSITIVE_INFINITY],
  '+': [1, Number.POSITIVE_INFINITY],
  '?': [0, 1],
};

const EMPTY: RegexNode = { kind: 'sequence', items: [] };

/**
 * Reads a pattern that RE2 has already accepted (https://github.com/google/re2/wiki/Syntax).
 * Throws UnknownSyntax where it cannot follow.
 */
export function parseRe2(pattern: string): RegexNode {
  const parser = new Re2Parser(pattern);
  const node = parser.parseAlternatives(NO_FLAGS);
  if (!parser.atEnd()) throw new UnknownSyntax(`unexpected ) at ${parser.position}`);
  return node;
}

class Re2Parser {
  readonly #source: string;
  position = 0;

  constructor(source: string) {
    this.#source = source;
  }

  atEnd(): boolean {
    return this.position >= this.#source.length;
  }

  // Flags set in the middle of a group hold until the group closes, also in the alternatives that follow.
  parseAlternatives(outer: Flags): RegexNode {
    let flags = outer;
    const options: RegexNode[] = [];
    let items: RegexNode[] = [];
    while (!this.atEnd() && !this.#looksAt(')')) {
      if (this.#take('|')) {
        options.push(sequence(items));
        items = [];
      } else if (this.#take('\\Q')) {
        for (const character of this.#takeQuoted()) items.push(literal(character, flags));
      } else if (this.#takeRepeat(items) === false) {
        const next = this.#parseItem(flags);
        if ('flags' in next) flags = next.flags;
        else items.push(next.node);
      }
    }
    options.push(sequence(items));
    return options.length === 1 ? (options[0] ?? EMPTY) : { kind: 'choice', options };
  }

  #parseItem(flags: Flags): { readonly node: RegexNode } | { readonly flags: Flags } {
    if (this.#looksAt('(')) return this.#parseGroup(flags);
    if (this.#looksAt('[')) {
      const { set, end } = parseClass(this.#source, this.position, flags.ignoreCase);
      this.position = end;
      return { node: { kind: 'characters', set } };
    }
    if (this.#looksAt('\\')) return { node: this.#parseBackslash(flags) };
    const character = this.#takeCharacter();
    switch (character) {
      case '.':
        return { node: { kind: 'characters', set: flags.dotAll ? ALL_CHARACTERS : NOT_NEWLINE } };
      case '^':
        return { node: { kind: 'assertion', at: flags.multiLine ? 'line-start' : 'text-start' } };
      case '$':
        return { node: { kind: 'assertion', at: flags.multiLine ? 'line-end' : 'text-end' } };
      default:
        return { node: literal(character, flags) };
    }
  }

  #parseGroup(flags: Flags): { readonly node: RegexNode } | { readonly flags: Flags } {
    const head = /^\((?:\?P?<[^>]*>)?(?!\?)|^\(\?([imsU]*(?:-[imsU]+)?)([:)])/.exec(this.#source.slice(this.position));
    if (head === null) throw new UnknownSyntax(`unknown group at ${this.position}`);
    this.position += head[0].length;
    const inner = applyFlags(flags, head[1] ?? '');
    if (head[2] === ')') return { flags: inner };
    const node = this.parseAlternatives(inner);
    if (!this.#take(')')) throw new UnknownSyntax(`missing ) at ${this.position}`);
    return { node };
  }

  #parseBackslash(flags: Flags): RegexNode {
    const letter = this.#source.charAt(this.position + 1);
    const assertion = ASSERTIONS.get(letter);
    if (assertion !== undefined) {
      this.position += 2;
      return assertion;
    }
    const unicode = /^\\[pP](?:\{[^}]*\}|[A-Za-z])/.exec(this.#source.slice(this.position));
    if (unicode !== null) {
      this.position += unicode[0].length;
      return { kind: 'characters', set: unicodeClass(unicode[0], flags.ignoreCase) };
    }
    const perl = perlClass(letter, flags.ignoreCase);
    if (perl !== undefined) {
      this.position += 2;
      return { kind: 'characters', set: perl };
    }
    const escaped = parseEscape(this.#source, this.position);
    if (escaped === undefined) throw new UnknownSyntax(`unknown escape at ${this.position}`);
    this.position = escaped.end;
    return { kind: 'characters', set: cased(oneCharacter(escaped.codePoint), flags) };
  }

  /** Applies a repetition to the last item; false when there is none here (a `{` may be a plain character). */
  #takeRepeat(items: RegexNode[]): boolean {
    const bounds = this.#takeBounds();
    if (bounds === undefined) return false;
    this.#take('?');
    const item = items.pop();
    if (item === undefined) throw new UnknownSyntax(`nothing to repeat at ${this.position}`);
    items.push({ kind: 'repeat', item, min: bounds[0], max: bounds[1] });
    return true;
  }

  #takeBounds(): readonly [number, number] | undefined {
    const simple = REPEATS[this.#source.charAt(this.position)];
    if (simple !== undefined) {
      this.position += 1;
      return simple;
    }
    const counted = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.#source.slice(this.position, this.position + 16));
    if (counted === null) return undefined;
    this.position += counted[0].length;
    const min = Number(counted[1]);
    if (counted[2] === undefined) return [min, min];
    return [min, counted[3] === undefined || counted[3] === '' ? Number.POSITIVE_INFINITY : Number(counted[3])];
  }

  #takeQuoted(): string {
    const close = this.#source.indexOf('\\E', this.position);
    const end = close < 0 ? this.#source.length : close;
    const text = this.#source.slice(this.position, end);
    this.position = close < 0 ? end : end + 2;
    return text;
  }

  #takeCharacter(): string {
    const character = String.fromCodePoint(this.#source.codePointAt(this.position) ?? 0);
    this.position += character.length;
    return character;
  }

  #looksAt(text: string): boolean {
    return this.#source.startsWith(text, this.position);
  }

  #take(text: string): boolean {
    if (!this.#looksAt(text)) return false;
    this.position += text.length;
    return true;
  }
}

const ASSERTIONS: ReadonlyMap<string, RegexNode> = new Map([
  ['A', { kind: 'assertion', at: 'text-start' }],
  ['z', { kind: 'assertion', at: 'text-end' }],
  ['b', { kind: 'assertion', at: 'word-boundary' }],
  ['B', { kind: 'assertion', at: 'no-word-boundary' }],
]);

function applyFlags(flags: Flags, text: string): Flags {
  const [on = '', off = ''] = text.split('-');
  const pick = (letter: string, current: boolean) => (off.includes(letter) ? false : current || on.includes(letter));
  return {
    ignoreCase: pick('i', flags.ignoreCase),
    multiLine: pick('m', flags.multiLine),
    dotAll: pick('s', flags.dotAll),
  };
}

function literal(character: string, flags: Flags): RegexNode {
  return { kind: 'characters', set: cased(oneCharacter(character.codePointAt(0) ?? 0), flags) };
}

function cased(set: CharSet, flags: Flags): CharSet {
  return flags.ignoreCase ? foldCase(set) : set;
}

function sequence(items: readonly RegexNode[]): RegexNode {
  return items.length === 1 ? (items[0] ?? EMPTY) : { kind: 'sequence', items };
}
