import { COLLECTION_STYLE, EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml';
import type { PathSegment } from '../diagnostics/origin.ts';
import { readScalar } from './kubernetes-schema.ts';

type NodeKind = 'mapping' | 'sequence' | 'plain' | 'scalar' | 'alias';
const kinds: readonly NodeKind[] = ['mapping', 'sequence', 'plain', 'scalar', 'alias'];

/** Sequences of more items are gone through once, and not for each place in them. */
const LONG_SEQUENCE = 64;

/** A node and where it stands, in offsets of the document's text. The root has no key. */
export interface FoundNode {
  readonly kind: NodeKind;
  readonly start: number;
  readonly end: number;
  /** Block collections start at their first child, which is rarely the place to show. */
  readonly block: boolean;
  readonly key: { readonly start: number; readonly end: number } | undefined;
}

/**
 * The places of all values of one document, packed into numbers: 14 bytes a value, so that a List of
 * a hundred thousand objects can keep its index while its findings are printed.
 */
export class NodeIndex {
  readonly #text: string;
  readonly #kinds: Uint8Array;
  readonly #block: Uint8Array;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  /** The node behind a node and all of its children. */
  readonly #next: Int32Array;
  /** Values of the scalars whose text is not their value: escapes, folded lines. */
  readonly #decoded = new Map<number, string>();
  /** The items of long sequences that were asked for. */
  readonly #items = new Map<number, readonly number[]>();

  constructor(text: string, events: readonly Event[]) {
    this.#text = text;
    this.#kinds = new Uint8Array(events.length);
    this.#block = new Uint8Array(events.length);
    this.#starts = new Int32Array(events.length);
    this.#ends = new Int32Array(events.length);
    this.#next = new Int32Array(events.length);
    this.#fill(events);
  }

  #fill(events: readonly Event[]): void {
    const open: number[] = [];
    let count = 0;
    let end = 0;
    for (const event of events) {
      if (event.type === EVENT_ID.POP) {
        const collection = open.pop();
        if (collection === undefined) continue;
        this.#next[collection] = count;
        if (this.#block[collection] === 0)
          end = this.#closingBracket(Math.max(end, (this.#starts[collection] ?? 0) + 1));
        this.#ends[collection] = end;
      } else if (event.type !== EVENT_ID.DOCUMENT) {
        const node = count++;
        this.#next[node] = count;
        end = this.#add(node, event, end);
        if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) open.push(node);
      }
    }
  }

  #add(node: number, event: Exclude<Event, { type: 1 } | { type: 6 }>, lastEnd: number): number {
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      const block = event.style === COLLECTION_STYLE.BLOCK;
      this.#set(node, event.type === EVENT_ID.MAPPING ? 'mapping' : 'sequence', event.start, event.start, block);
      return event.start;
    }
    if (event.type === EVENT_ID.ALIAS) {
      this.#set(node, 'alias', event.anchorStart - 1, event.anchorEnd, false);
      return event.anchorEnd;
    }
    if (event.valueStart < 0) {
      this.#set(node, event.tagStart < 0 ? 'plain' : 'scalar', -1, -1, false);
      return lastEnd;
    }
    const plain = event.style === SCALAR_STYLE.PLAIN;
    const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
    let start = event.valueStart - (quoted ? 1 : 0);
    const end = event.valueEnd + (quoted ? 1 : 0);
    if (!plain && !quoted) {
      // A block scalar begins behind the line break; its first letter is the better place.
      while (start < end && /\s/.test(this.#text.charAt(start))) start++;
    }
    this.#set(node, plain && event.tagStart < 0 ? 'plain' : 'scalar', start, end, false);
    if (quoted || !plain || !event.fast) this.#decoded.set(node, getScalarValue(this.#text, event));
    return end;
  }

  #set(node: number, kind: NodeKind, start: number, end: number, block: boolean): void {
    this.#kinds[node] = kinds.indexOf(kind);
    this.#starts[node] = start;
    this.#ends[node] = end;
    this.#block[node] = block ? 1 : 0;
  }

  #closingBracket(from: number): number {
    const close = /[\]}]/g;
    close.lastIndex = from;
    const match = close.exec(this.#text);
    return match === null ? from : match.index + 1;
  }

  #kind(node: number): NodeKind {
    return kinds[this.#kinds[node] ?? 0] ?? 'scalar';
  }

  /** The text of a scalar after its escapes; undefined for other nodes. */
  #scalar(node: number): string | undefined {
    const kind = this.#kind(node);
    if (kind !== 'plain' && kind !== 'scalar') return undefined;
    const start = this.#starts[node] ?? -1;
    return start < 0 ? '' : (this.#decoded.get(node) ?? this.#text.slice(start, this.#ends[node]));
  }

  #keyName(node: number): string {
    const text = this.#scalar(node) ?? '';
    return this.#kind(node) === 'plain' ? String(readScalar(text)) : text;
  }

  #found(node: number, key: number | undefined): FoundNode {
    const start = this.#starts[node] ?? 0;
    return {
      kind: this.#kind(node),
      start,
      end: this.#ends[node] ?? start,
      block: this.#block[node] === 1,
      key: key === undefined ? undefined : { start: this.#starts[key] ?? 0, end: this.#ends[key] ?? 0 },
    };
  }

  /**
   * The node at a path, or its deepest existing parent. What comes through an alias or a merge key is
   * found at the alias. Undefined for an empty document.
   */
  find(path: readonly PathSegment[]): FoundNode | undefined {
    if (this.#kinds.length === 0) return undefined;
    let place: { readonly node: number; readonly key: number | undefined } = { node: 0, key: undefined };
    for (const step of path) {
      const child = typeof step === 'number' ? this.#item(place.node, step) : this.#entry(place.node, step);
      if (child === undefined) break;
      place = child;
    }
    return this.#found(place.node, place.key);
  }

  #item(sequence: number, index: number): { node: number; key: undefined } | undefined {
    const node = this.#kind(sequence) === 'sequence' ? this.#itemsOf(sequence)[index] : undefined;
    return node === undefined ? undefined : { node, key: undefined };
  }

  #itemsOf(sequence: number): readonly number[] {
    const known = this.#items.get(sequence);
    if (known !== undefined) return known;
    const items: number[] = [];
    const end = this.#next[sequence] ?? 0;
    for (let node = sequence + 1; node < end; node = this.#next[node] ?? end) items.push(node);
    if (items.length > LONG_SEQUENCE) this.#items.set(sequence, items);
    return items;
  }

  #entry(mapping: number, name: string): { node: number; key: number } | undefined {
    if (this.#kind(mapping) !== 'mapping') return undefined;
    let merged: { node: number; key: number } | undefined;
    for (const entry of this.#entries(mapping)) {
      if (this.#keyName(entry.key) === name) return entry;
      if (this.#isMerge(entry.key)) merged = entry;
    }
    return merged;
  }

  #isMerge(key: number): boolean {
    return this.#kind(key) === 'plain' && this.#scalar(key) === '<<';
  }

  *#entries(mapping: number): Generator<{ node: number; key: number }> {
    const end = this.#next[mapping] ?? 0;
    let key = mapping + 1;
    while (key < end) {
      const node = this.#next[key] ?? end;
      yield { key, node };
      key = this.#next[node] ?? end;
    }
  }

  /** Keys that stand twice in one mapping, with both places; the later one is `again`. */
  duplicates(): readonly { readonly key: string; readonly first: FoundNode; readonly again: FoundNode }[] {
    const found: { key: string; first: FoundNode; again: FoundNode }[] = [];
    for (let mapping = 0; mapping < this.#kinds.length; mapping++) {
      if (this.#kind(mapping) !== 'mapping' || (this.#next[mapping] ?? 0) === 0) continue;
      const seen = new Map<string, FoundNode>();
      for (const entry of this.#entries(mapping)) {
        if (this.#isMerge(entry.key)) continue;
        const key = this.#keyName(entry.key);
        const place = this.#found(entry.key, undefined);
        const first = seen.get(key);
        if (first === undefined) seen.set(key, place);
        else found.push({ key, first, again: place });
      }
    }
    return found;
  }

  /** Calls `visit` for every unquoted, untagged scalar below a path, keys included. */
  visitPlain(path: readonly PathSegment[], visit: (source: string, path: readonly PathSegment[]) => void): void {
    let node = 0;
    for (const step of path) {
      const child = typeof step === 'number' ? this.#item(node, step) : this.#entry(node, step);
      if (child === undefined) return;
      node = child.node;
    }
    this.#visit(node, [], visit);
  }

  #visit(
    node: number,
    path: readonly PathSegment[],
    visit: (source: string, path: readonly PathSegment[]) => void,
  ): void {
    const kind = this.#kind(node);
    if (kind === 'plain') visit(this.#scalar(node) ?? '', path);
    else if (kind === 'sequence') {
      const end = this.#next[node] ?? 0;
      let child = node + 1;
      for (let at = 0; child < end; at++, child = this.#next[child] ?? end) this.#visit(child, [...path, at], visit);
    } else if (kind === 'mapping') {
      for (const entry of this.#entries(node)) {
        const inside = [...path, this.#keyName(entry.key)];
        this.#visit(entry.key, inside, visit);
        this.#visit(entry.node, inside, visit);
      }
    }
  }
}
