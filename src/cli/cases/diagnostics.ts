import { defineDiagnostics } from '../../diagnostics/diagnostic.ts';

/** Findings about a file of cases. While one of them stands, no case is run. */
export const casesDiagnostics = defineDiagnostics('cases', {
  'unknown-key': {
    severity: 'error',
    summary: 'A file of cases holds a key that does not exist.',
    message: (args: { key: string; suggestion: string | undefined }) =>
      `unknown key ${JSON.stringify(args.key)}${args.suggestion === undefined ? '' : `; did you mean ${JSON.stringify(args.suggestion)}?`}`,
    effect: () => 'No case is run, since what the key was meant to check would go unchecked.',
    help: () => 'schemas/cases.schema.json holds every key.',
    accept: 'never',
  },
  'wrong-value': {
    severity: 'error',
    summary: 'A key of a file of cases has a value that it cannot have.',
    message: (args: { key: string; problem: string }) =>
      `${args.key === '' ? 'the file of cases' : args.key}: ${args.problem}`,
    effect: () => 'No case is run.',
    accept: 'never',
  },
});
