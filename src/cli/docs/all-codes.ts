import type { CodeIndex } from '../../pipeline/acceptance.ts';
import { compareDiagnostics } from '../../pipeline/compare/diagnostics.ts';
import { codes } from '../../registry.ts';
import { casesDiagnostics } from '../cases/diagnostics.ts';
import { liveDiagnostics } from '../live/diagnostics.ts';
import { settingsDiagnostics } from '../settings/diagnostics.ts';

/** Every code that a run can report, those about our own files included. */
export function allCodes(): CodeIndex {
  const own = [settingsDiagnostics, casesDiagnostics, compareDiagnostics, liveDiagnostics].flatMap((table) =>
    Object.values(table),
  );
  return new Map([...codes, ...own.map((factory) => [factory.code, factory] as const)]);
}
