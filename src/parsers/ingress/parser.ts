import type { Parser } from '../parser.ts';

/** Placeholder until the parser lands. */
export const ingressParser: Parser = {
  name: 'ingress',
  title: 'ingress',
  kinds: [],
  tables: {},
  diagnostics: {},
  parse: () => ({ gateways: [], virtualHosts: [], carried: [] }),
};
