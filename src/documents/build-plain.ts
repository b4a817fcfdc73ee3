import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml';
import type { Scalar } from './kubernetes-schema.ts';

/** Of a document that asks for more than this builder knows. */
export const NOT_PLAIN: unique symbol = Symbol('not plain');

/**
 * Builds the value of a document from the events of js-yaml where it holds nothing but mappings with texts for keys,
 * lists and scalars: no anchor, alias, tag, directive or merge key, no key twice, and none that is `__proto__`. Nearly
 * every manifest is of that kind, and this takes half the time and memory of `constructFromEvents`. For every other
 * document, faulty ones included, it gives NOT_PLAIN, and js-yaml has to be asked.
 *
 * @param readPlain what an unquoted scalar stands for
 */
export function buildPlain(events: readonly Event[], text: string, readPlain: (source: string) => Scalar): unknown {
  const [document] = events;
  if (document?.type !== EVENT_ID.DOCUMENT || document.directives.length > 0) return NOT_PLAIN;
  const builder = new PlainBuilder(events, text, readPlain);
  const value = builder.next();
  return builder.isAtEnd() ? value : NOT_PLAIN;
}

class PlainBuilder {
  readonly #events: readonly Event[];
  readonly #text: string;
  readonly #readPlain: (source: string) => Scalar;
  /** Behind the start of the document. */
  #at = 1;

  constructor(events: readonly Event[], text: string, readPlain: (source: string) => Scalar) {
    this.#events = events;
    this.#text = text;
    this.#readPlain = readPlain;
  }

  /** Whether only the end of the document is left. */
  isAtEnd(): boolean {
    return this.#at === this.#events.length - 1 && this.#isAtPop();
  }

  /** The value that starts here; its depth has been limited while the events were made. */
  next(): unknown {
    const event = this.#events[this.#at++];
    if (event === undefined || event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) return NOT_PLAIN;
    if (event.type === EVENT_ID.ALIAS || event.tagStart >= 0 || event.anchorStart >= 0) return NOT_PLAIN;
    if (event.type === EVENT_ID.MAPPING) return this.#mapping();
    if (event.type === EVENT_ID.SEQUENCE) return this.#list();
    const source = getScalarValue(this.#text, event);
    if (event.style !== SCALAR_STYLE.PLAIN) return source;
    return source === '<<' ? NOT_PLAIN : this.#readPlain(source);
  }

  #mapping(): unknown {
    const mapping: Record<string, unknown> = {};
    while (!this.#isAtPop()) {
      const key = this.next();
      if (typeof key !== 'string' || key === '__proto__' || Object.hasOwn(mapping, key)) return NOT_PLAIN;
      const value = this.next();
      if (value === NOT_PLAIN) return NOT_PLAIN;
      mapping[key] = value;
    }
    this.#at++;
    return mapping;
  }

  #list(): unknown {
    const list: unknown[] = [];
    while (!this.#isAtPop()) {
      const item = this.next();
      if (item === NOT_PLAIN) return NOT_PLAIN;
      list.push(item);
    }
    this.#at++;
    // V8 makes a list 17 wide with its first item, which in the short lists of manifests is a quarter of all memory.
    return list.slice();
  }

  #isAtPop(): boolean {
    return this.#events[this.#at]?.type === EVENT_ID.POP;
  }
}
