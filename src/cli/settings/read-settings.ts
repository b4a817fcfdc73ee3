import schema from '../../../schemas/latticectl.schema.json' with { type: 'json' };
import type { Report } from '../../diagnostics/diagnostic.ts';
import { closest } from '../../diagnostics/did-you-mean.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import type { Acceptance, CodeIndex } from '../../pipeline/acceptance.ts';
import { parseAcceptedObject } from '../../pipeline/acceptance.ts';
import type { InputFile } from '../../pipeline.ts';
import { settingsDiagnostics } from './diagnostics.ts';
import { type OwnFormat, readOwnFile } from './read-own-file.ts';
import type { SettingsFile } from './settings.ts';

/** The settings that were read, with the acceptances at their places. */
export interface Settings {
  readonly values: SettingsFile;
  readonly accept: readonly Acceptance[];
  /** Where the file stands; absent where there is none. */
  readonly origin?: Origin;
}

export const noSettings: Settings = { values: {}, accept: [] };

const format: OwnFormat = { name: 'latticectl', schema, diagnostics: settingsDiagnostics };

/** Reads a settings file; what is wrong with it is reported, and then nothing of it may be used. */
export async function readSettings(input: InputFile, codes: CodeIndex, report: Report): Promise<Settings> {
  const file = await readOwnFile(input, format, report);
  if (file?.value === undefined) return noSettings;
  // The schema has checked its form.
  const values = file.value as SettingsFile;
  const { origin } = file;
  for (const code of Object.keys(values.severities ?? {})) {
    if (codes.has(code)) continue;
    const place = origin.at('severities', code);
    const suggestion = closest(code, codes.keys());
    report(settingsDiagnostics['unknown-key']({ key: code, suggestion, isCode: true }, place));
  }
  for (const [host, { expand }] of Object.entries(values.hosts ?? {})) {
    if (expand === undefined || host.startsWith('*')) continue;
    const place = origin.at('hosts', host, 'expand');
    report(settingsDiagnostics['wrong-value']({ key: place.field, problem: `${host} is no wildcard` }, place));
  }
  const accept = (values.accept ?? []).map(({ code, object, reason }, index) => {
    const acceptance = { code, reason, origin: origin.at('accept', index) };
    const accepted = object === undefined ? undefined : parseAcceptedObject(object);
    return accepted === undefined ? acceptance : { ...acceptance, object: accepted };
  });
  return { values, accept, origin };
}
