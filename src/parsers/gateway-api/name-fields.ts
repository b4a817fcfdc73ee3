import type { FieldPlace } from '../field-table.ts';
import { isNoName, isNoNamespace } from '../object-name.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';

/** Reports a name that no object or listener can have. */
export function checkName(text: string, field: string, { origin, report }: FieldPlace): void {
  if (!isNoName(text)) return;
  const want = 'a name in lower case, with digits, dots and hyphens between its ends';
  report(d['invalid-value']({ field, value: JSON.stringify(text), want }, origin));
}

/** Reports a name that no namespace can have. */
export function checkNamespace(text: string, field: string, { origin, report }: FieldPlace): void {
  if (!isNoNamespace(text)) return;
  const want = 'the name of a namespace';
  report(d['invalid-value']({ field, value: JSON.stringify(text), want }, origin));
}
