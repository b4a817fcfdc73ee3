import type { Scalar } from './kubernetes-schema.ts';
import { readQuoted } from './read-quoted.ts';

/** How deep a collection may nest before js-yaml is asked. */
const MAX_DEPTH = 40;
/** A longer key must be written in a form of its own. */
export const MAX_KEY = 1000;

/** What is read in the same way by every reader, in a flow collection and without quotes. */
const word = /[\w./+-]+/y;

/** A flow collection and the offset behind it. */
export interface Flow {
  readonly value: unknown;
  readonly end: number;
}

/**
 * Reads the flow collection (`[a, 'b']`, `{}`, JSON) that starts at an offset; undefined where it holds anything but
 * words, texts as `readQuoted` knows them, lists, and mappings with a text for each key and no key twice.
 *
 * @param lines whether it may span lines
 * @param readPlain what an unquoted scalar stands for
 */
export function readFlow(
  text: string,
  start: number,
  { lines, readPlain }: { readonly lines: boolean; readonly readPlain: (source: string) => Scalar },
): Flow | undefined {
  const reader = new FlowReader(text, start, lines, readPlain);
  const value = reader.collection();
  return reader.refused ? undefined : { value, end: reader.at };
}

class FlowReader {
  at: number;
  refused = false;
  readonly #text: string;
  readonly #lines: boolean;
  readonly #readPlain: (source: string) => Scalar;
  #depth = 0;

  constructor(text: string, start: number, lines: boolean, readPlain: (source: string) => Scalar) {
    this.#text = text;
    this.at = start;
    this.#lines = lines;
    this.#readPlain = readPlain;
  }

  collection(): unknown {
    this.#depth++;
    const value = this.#text.charAt(this.at++) === '[' ? this.#list() : this.#mapping();
    this.#depth--;
    return value;
  }

  #list(): readonly unknown[] {
    const list: unknown[] = [];
    if (this.#takes(']')) return list;
    do list.push(this.#value());
    while (this.#takes(','));
    this.#expect(']');
    return list.slice();
  }

  #mapping(): unknown {
    const mapping: Record<string, unknown> = {};
    if (this.#takes('}')) return mapping;
    do {
      this.#skipSpace();
      const start = this.at;
      const isQuoted = this.#isAtQuote();
      const key = isQuoted ? this.#quoted() : this.#word();
      if (typeof key !== 'string' || key === '__proto__' || Object.hasOwn(mapping, key)) return this.#refuse();
      if (this.at - start > MAX_KEY || this.#text.charAt(this.at) !== ':') return this.#refuse();
      this.at++;
      // A colon ends a text without quotes only where a space follows.
      if (!isQuoted && !/[ \n]/.test(this.#text.charAt(this.at))) return this.#refuse();
      mapping[key] = this.#value();
    } while (this.#takes(','));
    this.#expect('}');
    return mapping;
  }

  #value(): unknown {
    this.#skipSpace();
    const char = this.#text.charAt(this.at);
    if (char === '[' || char === '{') return this.#depth < MAX_DEPTH ? this.collection() : this.#refuse();
    return this.#isAtQuote() ? this.#quoted() : this.#word();
  }

  #quoted(): string | undefined {
    const quoted = readQuoted(this.#text, this.at);
    if (quoted === undefined) return this.#refuse();
    this.at = quoted.end;
    return quoted.value;
  }

  #word(): Scalar | undefined {
    word.lastIndex = this.at;
    const [found] = word.exec(this.#text) ?? [];
    // A dash alone is one that starts an item of a list.
    if (found === undefined || found === '-') return this.#refuse();
    this.at += found.length;
    return this.#readPlain(found);
  }

  #isAtQuote(): boolean {
    const char = this.#text.charAt(this.at);
    return char === '"' || char === "'";
  }

  #takes(char: string): boolean {
    this.#skipSpace();
    if (this.#text.charAt(this.at) !== char) return false;
    this.at++;
    return true;
  }

  #expect(char: string): void {
    if (!this.#takes(char)) this.#refuse();
  }

  #skipSpace(): void {
    while (this.#text.charAt(this.at) === ' ' || (this.#lines && this.#text.charAt(this.at) === '\n')) this.at++;
  }

  /** Goes to the end, where everything stops. */
  #refuse(): undefined {
    this.refused = true;
    this.at = this.#text.length;
    return undefined;
  }
}
