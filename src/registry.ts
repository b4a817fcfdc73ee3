import type { DiagnosticFactory } from './diagnostics/diagnostic.ts';
import { documentDiagnostics } from './documents/diagnostics.ts';
import type { Emitter } from './emitters/emitter.ts';
import { gatewayApiEmitter } from './emitters/gateway-api/emitter.ts';
import { latticeEmitter } from './emitters/lattice/emitter.ts';
import { sharedDiagnostics } from './emitters/shared-diagnostics.ts';
import { gatewayApiParser } from './parsers/gateway-api/parser.ts';
import { ingressParser } from './parsers/ingress/parser.ts';
import { istioParser } from './parsers/istio/parser.ts';
import { latticeParser } from './parsers/lattice/parser.ts';
import type { Parser } from './parsers/parser.ts';
import type { CodeIndex } from './pipeline/acceptance.ts';
import { acceptDiagnostics, inputDiagnostics, internalDiagnostics } from './pipeline/diagnostics.ts';
import { coverDiagnostics } from './semantics/covered-rules.ts';
import { orderDiagnostics } from './semantics/order-conflict.ts';

/** The version of this build; a test holds it equal to package.json. */
export const toolVersion = '0.1.0';

/** All source formats. */
export const parsers: readonly Parser[] = [istioParser, ingressParser, gatewayApiParser, latticeParser];

/** All targets. */
export const emitters: readonly Emitter[] = [gatewayApiEmitter, latticeEmitter];

/** Every table of diagnostics, from the bottom layer up. */
export const diagnosticTables: readonly Readonly<Record<string, DiagnosticFactory<never>>>[] = [
  documentDiagnostics,
  inputDiagnostics,
  acceptDiagnostics,
  orderDiagnostics,
  coverDiagnostics,
  ...parsers.map(({ diagnostics }) => diagnostics),
  sharedDiagnostics,
  ...emitters.map(({ diagnostics }) => diagnostics),
  internalDiagnostics,
];

/** Every code by name. */
export const codes: CodeIndex = new Map(
  diagnosticTables.flatMap((table) => Object.values(table).map((factory) => [factory.code, factory])),
);
