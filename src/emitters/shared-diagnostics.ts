import type { DiagnosticFactory } from '../diagnostics/diagnostic.ts';
import { latticeDiagnostics } from './lattice-diagnostics.ts';
import {
  actionDiagnostics,
  differenceDiagnostics,
  latticeHostDiagnostics,
  matchDiagnostics,
} from './legalize-diagnostics.ts';

const tables: readonly Readonly<Record<string, DiagnosticFactory<never>>>[] = [
  latticeDiagnostics,
  actionDiagnostics,
  matchDiagnostics,
  differenceDiagnostics,
  latticeHostDiagnostics,
];

/** What several targets report, by code, since two scopes have findings of one name. */
export const sharedDiagnostics: Readonly<Record<string, DiagnosticFactory<never>>> = Object.fromEntries(
  tables.flatMap((table) => Object.values(table).map((factory) => [factory.code, factory])),
);
