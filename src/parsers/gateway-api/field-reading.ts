import type { Report } from '../../diagnostics/diagnostic.ts';
import { type FieldPlace, type FieldTable, readFields } from '../field-table.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import { parseDuration } from './duration.ts';

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

/** Reads the entries of a list, each at its own place. */
export function readList<Input, Draft>(
  inputs: readonly Input[],
  { origin, report }: FieldPlace,
  read: (input: Input, place: FieldPlace, index: number) => Draft,
): readonly Draft[] {
  return inputs.map((input, index) => read(input, { origin: origin.at(index), report }, index));
}

/** A duration in milliseconds; what is none is reported and gives undefined. */
export function readDuration(text: string, field: string, { origin, report }: FieldPlace): number | undefined {
  const millis = parseDuration(text);
  if (millis === undefined) {
    const want = 'a duration such as 1m30s or 500ms, without fractions';
    report(d['invalid-value']({ field, value: JSON.stringify(text), want }, origin));
  }
  return millis;
}

/** Lets one finding of each code, place and text through: a rule is looked at once per listener that has it. */
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
