import type { FieldPlace } from '../field-table.ts';
import { kindOfHost } from '../host-name.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';

/** A host name in lower case; one that the API server refuses is reported. */
export function readHostname(text: string, field: string, { origin, report }: FieldPlace): string {
  const host = text.toLowerCase();
  if (kindOfHost(host) === 'none') {
    const want = 'a DNS name, with `*.` in front of it for all names below it';
    report(d['invalid-value']({ field, value: JSON.stringify(text), want }, origin));
  }
  return host;
}
