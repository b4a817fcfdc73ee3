import { defineDiagnostics } from '../../diagnostics/diagnostic.ts';
import { listNames } from '../../diagnostics/list-names.ts';

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
  'gateway-moved': {
    severity: 'warning',
    summary: 'Hosts are served by other gateways than before, though both sides are of one kind.',
    message: (args: { hosts: readonly string[]; from: string; to: string }) =>
      `${listNames(args.hosts)} ${args.hosts.length === 1 ? 'is' : 'are'} served by ${args.to}, and before by ${args.from}`,
    effect: () => 'Clients find it under another address, and others than before may reach it.',
    help: () => 'Where this is meant, lead the clients there.',
    accept: 'never',
  },
});
