import { defineDiagnostics } from '../../diagnostics/diagnostic.ts';
import type { UnknownField } from '../field-table.ts';

/** Findings of reading resources of VPC Lattice. */
export const latticeSourceDiagnostics = defineDiagnostics('lattice-resources', {
  'unknown-field': {
    severity: 'error',
    summary: 'A resource has a field that is not known.',
    message: ({ field, suggestion }: UnknownField) =>
      `unknown field ${field}${suggestion === undefined ? '' : `; did you mean ${suggestion}?`}`,
    accept: 'as-said',
  },
  'unknown-reference': {
    severity: 'error',
    summary: 'A resource names another one that the document lacks.',
    message: ({ kind, name }: { kind: string; name: string }) => `there is no ${kind} ${name} in the document`,
    effect: () => 'What it should do there is not known.',
    accept: 'never',
  },
  'no-http': {
    severity: 'error',
    summary: 'A listener passes TLS through, so that there are no requests to follow.',
    message: ({ listener, service }: { listener: string; service: string }) =>
      `the listener ${listener} of ${service} passes TLS through and carries no HTTP`,
    effect: () => 'What it leads to is missing in the output.',
    help: () => 'Add it to the output by hand (a TLSRoute in Gateway API), then accept this finding.',
    accept: 'as-said',
  },
  'policy-not-evaluated': {
    severity: 'error',
    summary: 'An auth policy refuses requests, and it is not evaluated.',
    message: ({ of }: { of: string }) => `the auth policy of ${of} says who may call, which is not evaluated`,
    effect: () => 'Requests are followed as if it let them pass.',
    accept: 'as-said',
    security: true,
  },
  'same-priority': {
    severity: 'error',
    summary: 'Two rules of a listener have one priority, which the API refuses.',
    message: ({ priority, other }: { priority: number; other: string }) =>
      `the priority ${priority} is that of rule ${other} as well`,
    accept: 'never',
  },
});
