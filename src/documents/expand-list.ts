import type { PathSegment } from '../diagnostics/origin.ts';

type Mapping = Readonly<Record<string, unknown>>;

/** An object of a document, with its place there: empty for the document itself. */
export interface ListedObject {
  readonly value: unknown;
  readonly prefix: readonly PathSegment[];
}

/**
 * The objects of a document: its own value, or the items of a `kind: List` (any kind that ends in
 * List and has items and no name), Lists in Lists included. Items of a typed list that leave out
 * their apiVersion and kind, as the API server's own answers do, get them from the list.
 */
export function* expandList(value: unknown, prefix: readonly PathSegment[] = []): Generator<ListedObject> {
  if (!isMapping(value) || !isList(value)) {
    yield { value, prefix };
    return;
  }
  const items = value['items'];
  if (!Array.isArray(items)) return;
  const kind = String(value['kind']).slice(0, -'List'.length);
  for (const [index, item] of items.entries()) {
    const typed = kind === '' || !isMapping(item) ? item : complete(item, value['apiVersion'], kind);
    yield* expandList(typed, [...prefix, 'items', index]);
  }
}

function complete(item: Mapping, apiVersion: unknown, kind: string): Mapping {
  if (item['apiVersion'] !== undefined || item['kind'] !== undefined) return item;
  return { apiVersion, kind, ...item };
}

function isList(value: Mapping): boolean {
  const { kind, items, metadata } = value;
  if (typeof kind !== 'string' || !kind.endsWith('List')) return false;
  if (items === null || items === undefined) return kind === 'List';
  return Array.isArray(items) && !(isMapping(metadata) && typeof metadata['name'] === 'string');
}

/** Whether a value is a mapping, so that its fields can be looked at. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
