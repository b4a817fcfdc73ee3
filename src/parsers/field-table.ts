import type { DiagnosticFactory, Report } from '../diagnostics/diagnostic.ts';
import { closest } from '../diagnostics/did-you-mean.ts';
import type { Origin } from '../diagnostics/origin.ts';

/** What reading a field gets beside its value. */
export interface FieldPlace {
  readonly origin: Origin;
  readonly report: Report;
}

/** The finding of a dropped or unknown field. */
export interface DroppedField {
  readonly field: string;
  /** The value, shortened, for the message. */
  readonly value: string;
}

/** What becomes of one field: read into the draft, reported as lost, or ignored for a reason. */
export type FieldRow<Value, Draft> =
  | { readonly read: (value: Value, draft: Draft, place: FieldPlace) => void; readonly note?: string }
  | { readonly drop: DiagnosticFactory<DroppedField>; readonly note?: string }
  | { readonly ignore: string };

/** One row per field of the input type; a missing row does not compile. */
export type FieldTable<Input, Draft> = {
  readonly [K in keyof Required<Input>]: FieldRow<NonNullable<Input[K]>, Draft>;
};
export type AnyFieldTable = Readonly<Record<string, FieldRow<never, never>>>;

export interface UnknownField {
  readonly field: string;
  readonly suggestion: string | undefined;
}

/**
 * Reads an object by its table: each field present meets its row, a field without a row is
 * reported as unknown. `null` counts as absent, as in Kubernetes.
 */
function readFields<Input extends object, Draft>(
  input: Input,
  table: FieldTable<Input, Draft>,
  draft: Draft,
  place: FieldPlace,
  unknown: DiagnosticFactory<UnknownField>,
): void {
  const rows = table as Readonly<Record<string, FieldRow<unknown, Draft>>>;
  for (const field in input) {
    const value: unknown = input[field];
    if (value === null || value === undefined) continue;
    const origin = place.origin.at(field);
    const row = Object.hasOwn(rows, field) ? rows[field] : undefined;
    if (row === undefined) {
      place.report(unknown({ field, suggestion: closest(field, Object.keys(rows)) }, origin));
    } else if ('read' in row) {
      row.read(value, draft, { origin, report: place.report });
    } else if ('drop' in row) {
      place.report(row.drop({ field, value: shorten(value) }, origin));
    }
  }
}

/** Reads an object by its table into the draft and gives the draft back. */
export type ReadInto = <Input extends object, Draft>(
  input: Input,
  table: FieldTable<Input, Draft>,
  draft: Draft,
  place: FieldPlace,
) => Draft;

/** The reader of one format, which reports a field that it does not know in its own words. */
export function fieldReader(unknown: DiagnosticFactory<UnknownField>): ReadInto {
  return (input, table, draft, place) => {
    readFields(input, table, draft, place, unknown);
    return draft;
  };
}

/** Reads the entries of a list, each at its own place. */
export function readList<Input, Draft>(
  inputs: readonly Input[],
  { origin, report }: FieldPlace,
  read: (input: Input, place: FieldPlace, index: number) => Draft,
): readonly Draft[] {
  return inputs.map((input, index) => read(input, { origin: origin.at(index), report }, index));
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
