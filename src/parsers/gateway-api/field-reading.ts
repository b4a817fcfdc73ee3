import { type FieldPlace, fieldReader } from '../field-table.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import { parseDuration } from './duration.ts';

/** Reads an object by its table into the draft and gives the draft back. */
export const readInto = fieldReader(d['unknown-field']);

/** A duration in milliseconds; what is none is reported and gives undefined. */
export function readDuration(text: string, field: string, { origin, report }: FieldPlace): number | undefined {
  const millis = parseDuration(text);
  if (millis === undefined) {
    const want = 'a duration such as 1m30s or 500ms, without fractions';
    report(d['invalid-value']({ field, value: JSON.stringify(text), want }, origin));
  }
  return millis;
}
