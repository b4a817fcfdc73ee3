import { defineDiagnostics } from '../../diagnostics/diagnostic.ts';

/** Findings about two configurations side by side. */
export const compareDiagnostics = defineDiagnostics('verify', {
  'not-compared': {
    severity: 'warning',
    summary: 'The two sides differ in settings that the routing model does not hold, as those of connections.',
    message: (args: { what: string; both: boolean }) =>
      `${args.both ? 'the two sides do not say the same here' : 'only this side says this'}, and it is not compared: ${args.what}`,
    effect: () => 'Requests meet the same rules and backends; how they are brought there may differ.',
    help: () =>
      'Look at both, and accept the code that stands in brackets on the side that has it where this is meant.',
    accept: 'never',
  },
});
