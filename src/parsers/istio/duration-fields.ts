import type { Millis } from '../../ir/actions.ts';
import type { FieldPlace } from '../field-table.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import { parseDuration } from './duration.ts';

/** A duration in milliseconds; what is none is reported and gives undefined. */
export function readDuration(text: string, field: string, { origin, report }: FieldPlace): Millis | undefined {
  const millis = parseDuration(text);
  if (millis === undefined) {
    const want = 'a duration such as 1.5s or 200ms';
    report(d['invalid-value']({ field, value: JSON.stringify(text), want }, origin));
  }
  return millis;
}
