import { parseEvents } from 'js-yaml';
import type { PathSegment, ResourceId, SourceDocument, Span } from '../diagnostics/origin.ts';
import { LineStarts } from './line-starts.ts';
import { findListItems, type ListItems } from './list-items.ts';
import { NodeIndex } from './node-index.ts';

/** How deep a document may nest; js-yaml's own default, stated because positions and values must agree. */
export const MAX_DEPTH = 100;

/** Indexes that a file keeps; findings are mostly printed document by document. */
const KEPT_INDEXES = 64;

/** The decoded text of a file, with an index of its lines that is built as far as places are asked for. */
export class SourceFile {
  readonly name: string;
  readonly text: string;
  #lineStarts: LineStarts | undefined;
  readonly #indexes = new Map<DocumentText, NodeIndex>();

  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
  }

  /** The line of an offset, from 0, and where that line starts. */
  lineAt(offset: number): { readonly line: number; readonly start: number } {
    return this.#lines().lineAt(offset);
  }

  /** Where a line starts and ends (without its break); the line counts from 0. */
  lineRange(line: number): { readonly start: number; readonly end: number } | undefined {
    const range = this.#lines().rangeOf(line);
    if (range === undefined) return undefined;
    let end = range.next;
    while (end > range.start && /[\r\n]/.test(this.text.charAt(end - 1))) end--;
    return { start: range.start, end };
  }

  #lines(): LineStarts {
    this.#lineStarts ??= new LineStarts(this.text);
    return this.#lineStarts;
  }

  /** The index of a document, parsed again on demand and kept for a while. */
  indexOf(document: DocumentText): NodeIndex {
    const known = this.#indexes.get(document);
    if (known !== undefined) return known;
    const text = document.text;
    const index = new NodeIndex(text, parseEvents(text, { maxDepth: MAX_DEPTH }));
    if (this.#indexes.size >= KEPT_INDEXES) {
      const [oldest] = this.#indexes.keys();
      if (oldest !== undefined) this.#indexes.delete(oldest);
    }
    this.#indexes.set(document, index);
    return index;
  }
}

/** One document of a file: a range of its text. Documents of one file share the one string. */
export class DocumentText {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  /** Set for documents with a Secret: none of their lines is ever shown. */
  secret = false;
  /** Of a List, once a place in it is asked for. */
  #items: (ListItems & { readonly texts: Map<number, DocumentText> }) | undefined;

  constructor(file: SourceFile, start: number, end: number) {
    this.file = file;
    this.start = start;
    this.end = end;
  }

  get text(): string {
    return this.file.text.slice(this.start, this.end);
  }

  /** The place of a value. Only for documents that could be parsed. */
  spanOf(path: readonly PathSegment[]): Span {
    const [items, index, ...rest] = path;
    // Of a long List only the item is parsed again.
    const item = items === 'items' && typeof index === 'number' ? this.#itemAt(index) : undefined;
    return item === undefined ? this.#find(path) : item.#find(rest);
  }

  #itemAt(index: number): DocumentText | undefined {
    this.#items ??= { ...(findListItems(this.text) ?? NO_ITEMS), texts: new Map() };
    const { ranges, isBlock, texts } = this.#items;
    const range = ranges[index];
    const known = texts.get(index);
    if (range === undefined || known !== undefined) return known;
    const Item = isBlock ? BlockItem : DocumentText;
    const item = new Item(this.file, this.start + range.start, this.start + range.end);
    texts.set(index, item);
    return item;
  }

  #find(path: readonly PathSegment[]): Span {
    const node = this.file.indexOf(this).find(path);
    if (node === undefined) return this.spanAt(0, 0);
    const byKey = node.key !== undefined && (node.block || node.start < 0);
    const { start, end } = byKey && node.key !== undefined ? node.key : node;
    return this.spanAt(Math.max(start, 0), Math.max(end, 0));
  }

  /** A span by offsets in this document. Columns count UTF-16 units. */
  spanAt(start: number, end: number): Span {
    const from = this.file.lineAt(this.start + start);
    const to = this.file.lineAt(this.start + end);
    return {
      file: this.file.name,
      line: from.line + 1,
      col: this.start + start - from.start + 1,
      endLine: to.line + 1,
      endCol: this.start + end - to.start + 1,
    };
  }

  lineText(line: number): string | undefined {
    if (this.secret) return undefined;
    const range = this.file.lineRange(line - 1);
    if (range === undefined || range.end < this.start || range.start >= this.end) return undefined;
    return this.file.text.slice(range.start, range.end);
  }
}

const NO_ITEMS: ListItems = { ranges: [], isBlock: false };

/** An item of a List: its lines, with a space in place of its dash, so that it reads as a document of its own. */
class BlockItem extends DocumentText {
  override get text(): string {
    return super.text.replace('-', ' ');
  }
}

/**
 * Where an object stands: a document, or an item of a List in it. A scalar, a flow collection or an
 * item is shown where its value stands, a block collection and an empty value at their key.
 */
export class ObjectSource implements SourceDocument {
  readonly text: DocumentText;
  readonly prefix: readonly PathSegment[];
  readonly resource: ResourceId | undefined;
  readonly template?: string;
  /** How many objects stand above it in the document. */
  readonly #index: number;

  constructor(
    text: DocumentText,
    prefix: readonly PathSegment[],
    resource: ResourceId | undefined,
    { template, index = 0 }: { readonly template?: string | undefined; readonly index?: number } = {},
  ) {
    this.text = text;
    this.prefix = prefix;
    this.resource = resource;
    this.#index = index;
    if (template !== undefined) this.template = template;
  }

  get file(): string {
    return this.text.file.name;
  }

  get order(): number {
    // An object takes more than one character, so that the next document comes behind all of them.
    return this.text.start + this.#index;
  }

  span(path: readonly PathSegment[]): Span {
    return this.text.spanOf(this.prefix.length === 0 ? path : [...this.prefix, ...path]);
  }

  lineText(line: number): string | undefined {
    return this.text.lineText(line);
  }
}

/** A document that has no values to point at; every path leads to one fixed place. */
export class PointSource implements SourceDocument {
  readonly resource = undefined;
  readonly #text: DocumentText;
  readonly #start: number;
  readonly #end: number;

  /** Offsets count from the start of the document. */
  constructor(text: DocumentText, start: number, end: number = start + 1) {
    this.#text = text;
    this.#start = start;
    this.#end = Math.min(end, Math.max(start, text.end - text.start));
  }

  get file(): string {
    return this.#text.file.name;
  }

  get order(): number {
    return this.#text.start;
  }

  span(): Span {
    return this.#text.spanAt(this.#start, this.#end);
  }

  lineText(line: number): string | undefined {
    return this.#text.lineText(line);
  }
}
