import type { ErrorObject } from 'ajv';
import schema from '../../../schemas/latticectl.schema.json' with { type: 'json' };
import type { Report } from '../../diagnostics/diagnostic.ts';
import { closest } from '../../diagnostics/did-you-mean.ts';
import { Origin, type PathSegment } from '../../diagnostics/origin.ts';
import { decodeFile } from '../../documents/decode-file.ts';
import { kubernetesSchema } from '../../documents/kubernetes-schema.ts';
import { parseDocument } from '../../documents/parse-document.ts';
import { reportInvalid } from '../../documents/report-invalid.ts';
import { DocumentText, ObjectSource, PointSource, SourceFile } from '../../documents/source-file.ts';
import { splitStream } from '../../documents/split-stream.ts';
import { validatorLoaders } from '../../generated/validators/index.js';
import type { Acceptance, CodeIndex } from '../../pipeline/acceptance.ts';
import { parseAcceptedObject } from '../../pipeline/acceptance.ts';
import type { InputFile } from '../../pipeline.ts';
import { settingsDiagnostics } from './diagnostics.ts';
import type { SettingsFile } from './settings.ts';

/** The settings that were read, with the acceptances at their places. */
export interface Settings {
  readonly values: SettingsFile;
  readonly accept: readonly Acceptance[];
}

export const noSettings: Settings = { values: {}, accept: [] };

const schemaOfKubectl = kubernetesSchema(() => {});

/** Reads a settings file; what is wrong with it is reported, and then nothing of it may be used. */
export async function readSettings(input: InputFile, codes: CodeIndex, report: Report): Promise<Settings> {
  const decoded = decodeFile(input.bytes);
  const file = new SourceFile(input.file, decoded.kind === 'text' ? decoded.text : '');
  const whole = new DocumentText(file, 0, file.text.length);
  if (decoded.kind !== 'text') {
    const problem = 'the file is not encoded in UTF-8';
    report(
      settingsDiagnostics['wrong-value']({ key: '', problem }, new Origin(new ObjectSource(whole, [], undefined))),
    );
    return noSettings;
  }
  const [document, another] = [...splitStream(file.text)]
    .map(({ start, end }) => new DocumentText(file, start, end))
    .flatMap((text) => {
      const parsed = parseDocument(text.text, schemaOfKubectl);
      return parsed.kind === 'empty' ? [] : [{ text, parsed }];
    });
  if (document === undefined) return noSettings;
  const { text, parsed } = document;
  if (parsed.kind !== 'value') {
    reportInvalid(text, parsed, (finding) => report({ ...finding, effect: 'Nothing is converted.' }));
    return noSettings;
  }
  if (another !== undefined) {
    const problem = 'the file holds more than one document';
    report(settingsDiagnostics['wrong-value']({ key: '', problem }, new Origin(new PointSource(another.text, 0))));
    return noSettings;
  }
  const origin = new Origin(new ObjectSource(text, [], undefined));
  const validator = await validatorLoaders['latticectl/latticectl']?.();
  if (validator === undefined) throw new Error('the schema of the settings is not built');
  if (!validator.validate(parsed.value)) {
    const errors = validator.validate.errors ?? [];
    // A failed alternative is named by the sentence about the alternatives, not by each of its branches.
    for (const error of errors.filter(({ schemaPath }) => !/\/(?:oneOf|anyOf)\/\d+\//.test(schemaPath))) {
      reportError(error, origin, report);
    }
    return noSettings;
  }
  const values = parsed.value as SettingsFile;
  for (const code of Object.keys(values.severities ?? {})) {
    if (codes.has(code)) continue;
    const place = origin.at('severities', code);
    report(settingsDiagnostics['unknown-key']({ key: code, suggestion: closest(code, codes.keys()) }, place));
  }
  const accept = (values.accept ?? []).map(({ code, object, reason }, index) => {
    const acceptance = { code, reason, origin: origin.at('accept', index) };
    const accepted = object === undefined ? undefined : parseAcceptedObject(object);
    return accepted === undefined ? acceptance : { ...acceptance, object: accepted };
  });
  return { values, accept };
}

function reportError(error: ErrorObject, origin: Origin, report: Report): void {
  const path = toPath(error.instancePath);
  const place = origin.at(...path);
  const params = error.params as Readonly<Record<string, unknown>>;
  const unknown = params['additionalProperty'];
  if (typeof unknown === 'string') {
    const suggestion = closest(unknown, knownKeys(error.schemaPath));
    report(settingsDiagnostics['unknown-key']({ key: unknown, suggestion }, place.at(unknown)));
    return;
  }
  const wrongName = params['propertyName'];
  if (typeof wrongName === 'string') {
    const problem = `the key ${JSON.stringify(wrongName)} is not of the form that is expected here`;
    report(settingsDiagnostics['wrong-value']({ key: place.field, problem }, place.at(wrongName)));
    return;
  }
  if (error.propertyName !== undefined) return;
  const allowed = Array.isArray(params['allowedValues']) ? `: ${params['allowedValues'].join(', ')}` : '';
  const problem = `${error.message ?? error.keyword}${allowed}`;
  report(settingsDiagnostics['wrong-value']({ key: place.field, problem }, place));
}

/** The keys beside which an unknown one was found, from the schema that refused it. */
function knownKeys(schemaPath: string): readonly string[] {
  let node: unknown = schema;
  for (const step of toPath(schemaPath.slice(schemaPath.indexOf('#') + 1)).slice(0, -1)) node = childOf(node, step);
  return Object.keys(Object(childOf(node, 'properties')));
}

function childOf(node: unknown, key: PathSegment): unknown {
  return typeof node === 'object' && node !== null ? (node as Readonly<Record<PathSegment, unknown>>)[key] : undefined;
}

/** The steps of a JSON pointer. */
function toPath(pointer: string): readonly PathSegment[] {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
