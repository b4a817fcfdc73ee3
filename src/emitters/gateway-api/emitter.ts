import type { DiagnosticFactory } from '../../diagnostics/diagnostic.ts';
import type { Emitter } from '../emitter.ts';
import { LATTICE_CLASS, QUOTAS } from '../lattice-limits.ts';
import { assembleGatewayApi } from './assemble.ts';
import { gatewayApiDiagnostics, internalDiagnostics } from './diagnostics.ts';
import { policyDiagnostics } from './lattice-policies.ts';
import { legalToHost } from './legal-to-host.ts';
import { legalizeGatewayApi } from './legalize.ts';

const tables: readonly Readonly<Record<string, DiagnosticFactory<never>>>[] = [
  gatewayApiDiagnostics,
  internalDiagnostics,
  policyDiagnostics,
];

/** Gateway API manifests, in the profiles `standard` and `lattice`. */
export const gatewayApiEmitter: Emitter = {
  name: 'gateway-api',
  // By code, since two scopes have findings of one name.
  diagnostics: Object.fromEntries(
    tables.flatMap((table) => Object.values(table).map((factory) => [factory.code, factory])),
  ),
  limits: Object.keys(QUOTAS),
  product: 'manifests',
  legalize: legalizeGatewayApi,
  // No route answers 404, which is an error where it matters.
  writesWithoutRules: () => false,
  toVirtualHost: legalToHost,
  // Whatever class the output names, its profile says who runs it.
  readBack: {
    parser: 'gateway-api',
    options: ({ profile }) => ({ sourceClass: profile === 'lattice' ? LATTICE_CLASS : 'any-conformant' }),
  },
  assemble: assembleGatewayApi,
};
