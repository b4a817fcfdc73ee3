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
  'same-priority': {
    severity: 'error',
    summary: 'Two rules of a listener have one priority, which the API refuses.',
    message: ({ priority, other }: { priority: number; other: string }) =>
      `the priority ${priority} is that of rule ${other} as well`,
    accept: 'never',
  },
});
