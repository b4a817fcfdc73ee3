import type { Origin } from '../../diagnostics/origin.ts';
import { fieldReader } from '../field-table.ts';
import { istioDiagnostics as d } from './diagnostics.ts';

/** Reads an object by its table into the draft and gives the draft back. */
export const readInto = fieldReader(d['unknown-field']);

/** The entries of a map with the place of each; an entry that is null counts as an empty object. */
export function* placedEntries<T>(
  map: Readonly<Record<string, T | null>>,
  origin: Origin,
  empty: T,
): Iterable<readonly [string, { readonly value: T; readonly origin: Origin }]> {
  for (const key in map) yield [key, { value: map[key] ?? empty, origin: origin.at(key) }];
}
