import { defineDiagnostics } from '../../diagnostics/diagnostic.ts';
import { FIND_CODES } from '../../pipeline/diagnostics.ts';

/** Findings about the settings file. While one of them stands, nothing is converted. */
export const settingsDiagnostics = defineDiagnostics('settings', {
  'unknown-key': {
    severity: 'error',
    summary: 'The settings file holds a key that does not exist.',
    message: (args: { key: string; suggestion: string | undefined; isCode?: true }) =>
      `unknown key ${JSON.stringify(args.key)}${args.suggestion === undefined ? '' : `; did you mean ${JSON.stringify(args.suggestion)}?`}`,
    effect: () => 'Nothing is converted, since what the key was meant to change would go unheard.',
    help: (args) => (args.isCode === true ? FIND_CODES : 'schemas/latticectl.schema.json holds every key.'),
    accept: 'never',
  },
  'wrong-value': {
    severity: 'error',
    summary: 'A key of the settings file has a value that it cannot have.',
    message: (args: { key: string; problem: string }) =>
      `${args.key === '' ? 'the settings' : args.key}: ${args.problem}`,
    effect: () => 'Nothing is converted.',
    accept: 'never',
  },
});
