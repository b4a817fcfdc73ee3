import type { Scalar } from './kubernetes-schema.ts';
import { MAX_KEY, readFlow } from './read-flow.ts';
import { readLiteral } from './read-literal.ts';
import { readQuoted } from './read-quoted.ts';
import type { SharedTexts } from './shared-texts.ts';

/** Of a document that asks for more than this reader knows. */
export const NOT_ORDINARY: unique symbol = Symbol('not ordinary');

/** How deep a document may nest before js-yaml is asked. */
const MAX_DEPTH = 40;

/** What must not stand anywhere: tabs, other line breaks, control characters, and what is no character. */
const unusual = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

const LINE_BREAK = 0x0a;
const SPACE = 0x20;
const HASH = 0x23;
const DASH = 0x2d;
const COLON = 0x3a;
const BAR = 0x7c;

/** The characters that a text without quotes starts with, in every position and for every reader. */
const STARTS: readonly boolean[] = Array.from({ length: 0x80 }, (_, unit) =>
  /[\w./~+<=^$();\\-]/.test(String.fromCharCode(unit)),
);

/**
 * Reads a document as people, Helm and kubectl write nearly all of them: block mappings with texts for keys, block
 * lists, scalars of one line, literal blocks, flow collections of words and quoted texts, comments, or JSON. It takes
 * less than half of js-yaml's time. For every other document, faulty ones included, it gives NOT_ORDINARY, and js-yaml
 * has to be asked. Where in doubt it refuses; what it reads, js-yaml reads alike (docs/decisions/0014).
 *
 * @param readPlain what an unquoted scalar stands for
 */
export function readOrdinary(text: string, readPlain: (source: string) => Scalar, shared: SharedTexts): unknown {
  return unusual.test(text) ? NOT_ORDINARY : new OrdinaryReader(text, readPlain, shared).document();
}

class OrdinaryReader {
  readonly #text: string;
  readonly #readPlain: (source: string) => Scalar;
  readonly #shared: SharedTexts;
  /** Where reading goes on. */
  #at = 0;
  /** How far the content of the line is indented, behind the dashes that were read of it; -1 at the end. */
  #column = -1;
  #depth = 0;
  #refused = false;
  /** Of the token read last: whether a colon makes it a key, and whether it is without quotes. */
  #isKey = false;
  #isPlain = false;

  constructor(text: string, readPlain: (source: string) => Scalar, shared: SharedTexts) {
    this.#text = text;
    this.#readPlain = readPlain;
    this.#shared = shared;
  }

  document(): unknown {
    this.#openLine(0);
    if (this.#text.startsWith('---', this.#at)) {
      // js-yaml takes dashes that are indented for the start of the document as well.
      if (this.#column > 0) return NOT_ORDINARY;
      this.#endLine(this.#at + 3);
    }
    const start = this.#text.charAt(this.#at);
    const value = start === '[' || start === '{' ? this.#flowDocument() : this.#block();
    return this.#refused || this.#column >= 0 ? NOT_ORDINARY : value;
  }

  #flowDocument(): unknown {
    const flow = readFlow(this.#text, this.#at, { lines: this.#column === 0, readPlain: this.#readPlain });
    if (flow === undefined) return this.#refuse();
    this.#endLine(flow.end);
    return flow.value;
  }

  /** The collection that starts with the content of this line. */
  #block(): unknown {
    if (++this.#depth > MAX_DEPTH) return this.#refuse();
    const value = this.#isAtDash() ? this.#list() : this.#mapping(this.#token());
    this.#depth--;
    return value;
  }

  #list(): unknown {
    const list: unknown[] = [];
    const column = this.#column;
    while (this.#column === column && this.#isAtDash()) list.push(this.#item(column));
    if (this.#column > column) return this.#refuse();
    // V8 makes a list 17 wide with its first item, which in the short lists of manifests is a quarter of all memory.
    return list.slice();
  }

  #item(column: number): unknown {
    const dash = this.#at++;
    if (this.#skipSpace()) return this.#below(column, false);
    // What stands behind the dash may be the first line of a block of its own.
    this.#column = column + this.#at - dash;
    if (this.#isAtDash()) return this.#block();
    if (this.#isAtLiteral()) return this.#literal(column);
    const token = this.#token();
    if (!this.#isKey) return this.#scalar(token, column);
    if (++this.#depth > MAX_DEPTH) return this.#refuse();
    const value = this.#mapping(token);
    this.#depth--;
    return value;
  }

  /** The mapping whose first key has just been read. */
  #mapping(first: unknown): unknown {
    const mapping: Record<string, unknown> = {};
    const column = this.#column;
    let key = first;
    do {
      if (!this.#isKey || typeof key !== 'string' || (this.#isPlain && typeof this.#readKey(key) !== 'string'))
        return this.#refuse();
      if (key === '__proto__' || Object.hasOwn(mapping, key)) return this.#refuse();
      mapping[key] = this.#value(column);
      if (this.#column !== column) break;
      key = this.#token();
    } while (!this.#refused);
    return this.#column > column ? this.#refuse() : mapping;
  }

  /** The value behind a colon. */
  #value(column: number): unknown {
    if (this.#skipSpace()) return this.#below(column, true);
    if (this.#isAtLiteral()) return this.#literal(column);
    const token = this.#token();
    return this.#isKey ? this.#refuse() : this.#scalar(token, column);
  }

  /** What stands in the lines below a key or a dash. The items of a list may stand below their key as they are. */
  #below(column: number, isKey: boolean): unknown {
    this.#endLine(this.#at);
    if (this.#column > column || (isKey && this.#column === column && this.#isAtDash())) return this.#block();
    return this.#readPlain('');
  }

  /** Ends the line of a scalar; a scalar that goes on below it is for js-yaml. */
  #scalar(token: unknown, column: number): unknown {
    const value = this.#isPlain && typeof token === 'string' ? this.#readKey(token) : token;
    this.#endLine(this.#at);
    return this.#column > column ? this.#refuse() : value;
  }

  #literal(column: number): unknown {
    const literal = readLiteral(this.#text, this.#at, column);
    if (literal === undefined) return this.#refuse();
    this.#openLine(literal.end);
    return this.#column > column ? this.#refuse() : literal.value;
  }

  #readKey(source: string): Scalar | undefined {
    return source === '<<' ? this.#refuse() : this.#readPlain(source);
  }

  /** The key or value that starts here, without quotes still to be resolved. */
  #token(): unknown {
    const text = this.#text;
    const start = text.charCodeAt(this.#at);
    this.#isKey = false;
    this.#isPlain = false;
    if (start === 0x22 || start === 0x27) return this.#quoted();
    if (start === 0x5b || start === 0x7b) return this.#flow();
    if (start < 0x80 ? STARTS[start] !== true || this.#isAtBorder() : Number.isNaN(start)) return this.#refuse();
    this.#isPlain = true;
    return this.#plain();
  }

  #plain(): string | undefined {
    const text = this.#text;
    const start = this.#at;
    let end = start;
    let at = start;
    let hash = 0;
    for (; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === LINE_BREAK || (unit === HASH && end < at)) break;
      if (unit === COLON && this.#isAtGap(at + 1)) {
        this.#endKey(start, at);
        break;
      }
      if (unit === SPACE) continue;
      end = at + 1;
      hash = (Math.imul(hash, 31) + unit) | 0;
    }
    if (!this.#isKey) this.#at = end;
    return this.#shared.cut(text, start, end, hash);
  }

  #quoted(): string | undefined {
    const start = this.#at;
    const quoted = readQuoted(this.#text, start);
    if (quoted === undefined) return this.#refuse();
    this.#at = quoted.end;
    let colon = quoted.end;
    while (this.#text.charCodeAt(colon) === SPACE) colon++;
    if (this.#text.charCodeAt(colon) === COLON && this.#isAtGap(colon + 1)) this.#endKey(start, colon);
    return quoted.value;
  }

  #flow(): unknown {
    const flow = readFlow(this.#text, this.#at, { lines: false, readPlain: this.#readPlain });
    if (flow === undefined) return this.#refuse();
    this.#at = flow.end;
    return flow.value;
  }

  #endKey(start: number, colon: number): void {
    this.#isKey = true;
    if (colon - start > MAX_KEY) this.#refuse();
    else this.#at = colon + 1;
  }

  /** Whether a dash starts an item here. */
  #isAtDash(): boolean {
    return this.#text.charCodeAt(this.#at) === DASH && this.#isAtGap(this.#at + 1);
  }

  #isAtLiteral(): boolean {
    return this.#text.charCodeAt(this.#at) === BAR;
  }

  /** Whether this starts an item, or may be a border between documents. */
  #isAtBorder(): boolean {
    if (this.#column > 0) return this.#isAtDash();
    const char = this.#text.charAt(this.#at);
    return char === '-' || char === '.';
  }

  /** Whether a space, a line break or the end stands at an offset. */
  #isAtGap(at: number): boolean {
    if (at >= this.#text.length) return true;
    const unit = this.#text.charCodeAt(at);
    return unit === SPACE || unit === LINE_BREAK;
  }

  /** Skips spaces; whether nothing but a comment is left of the line. */
  #skipSpace(): boolean {
    const text = this.#text;
    let at = this.#at;
    while (text.charCodeAt(at) === SPACE) at++;
    const isCommented = text.charCodeAt(at) === HASH && at > this.#at;
    if (isCommented || at >= text.length || text.charCodeAt(at) === LINE_BREAK) return true;
    this.#at = at;
    return false;
  }

  /** Goes on to the next line with content; behind the offset nothing but a comment may stand in this one. */
  #endLine(offset: number): void {
    this.#at = offset;
    if (this.#refused) return;
    if (!this.#skipSpace()) this.#refuse();
    else this.#openLine(this.#lineBreak(offset) + 1);
  }

  /** Goes to the content of the first line that has any, from the start of a line. */
  #openLine(start: number): void {
    const text = this.#text;
    let line = start;
    while (line < text.length) {
      let at = line;
      while (text.charCodeAt(at) === SPACE) at++;
      const unit = text.charCodeAt(at);
      if (unit === HASH) line = this.#lineBreak(at) + 1;
      else if (unit === LINE_BREAK) line = at + 1;
      else if (at >= text.length) break;
      else {
        this.#at = at;
        this.#column = at - line;
        return;
      }
    }
    this.#at = text.length;
    this.#column = -1;
  }

  #lineBreak(from: number): number {
    const found = this.#text.indexOf('\n', from);
    return found < 0 ? this.#text.length : found;
  }

  /** Goes to the end, where everything stops. */
  #refuse(): undefined {
    this.#refused = true;
    this.#at = this.#text.length;
    this.#column = -1;
    return undefined;
  }
}
