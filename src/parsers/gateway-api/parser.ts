import type { Parser } from '../parser.ts';

/** Placeholder until the parser lands. */
export const gatewayApiParser: Parser = {
  name: 'gateway-api',
  title: 'gateway-api',
  kinds: [],
  tables: {},
  diagnostics: {},
  parse: () => ({ gateways: [], virtualHosts: [], carried: [] }),
};
