import type { CodeIndex } from '../../pipeline/acceptance.ts';
import { codes } from '../../registry.ts';
import { settingsDiagnostics } from '../settings/diagnostics.ts';

/** Every code that a run can report, those about the settings included. */
export function allCodes(): CodeIndex {
  return new Map([...codes, ...Object.values(settingsDiagnostics).map((factory) => [factory.code, factory] as const)]);
}
