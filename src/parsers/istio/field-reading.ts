import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import { type FieldPlace, type FieldTable, readFields } from '../field-table.ts';
import { istioDiagnostics as d } from './diagnostics.ts';

/** Reads an object by its table into the draft and gives the draft back. */
export function readInto<Input extends object, Draft>(
  input: Input,
  table: FieldTable<Input, Draft>,
  draft: Draft,
  place: FieldPlace,
): Draft {
  readFields(input, table, draft, place, d['unknown-field']);
  return draft;
}

/** The entries of a map with the place of each; an entry that is null counts as an empty object. */
export function* placedEntries<T>(
  map: Readonly<Record<string, T | null>>,
  origin: Origin,
  empty: T,
): Iterable<readonly [string, { readonly value: T; readonly origin: Origin }]> {
  for (const [key, value] of Object.entries(map)) yield [key, { value: value ?? empty, origin: origin.at(key) }];
}

/** Lets one finding of each code and place through: a rule is looked at once per proxy that has it. */
export function reportOnce(report: Report): Report {
  const seen = new Set<string>();
  return (diagnostic) => {
    const place = diagnostic.origin;
    const resource = place?.document.resource;
    const key = JSON.stringify([diagnostic.code, place?.document.file, resource, place?.path, diagnostic.message]);
    if (seen.has(key)) return;
    seen.add(key);
    report(diagnostic);
  };
}
