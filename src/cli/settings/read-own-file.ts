import type { ErrorObject } from 'ajv';
import type { DiagnosticFactory, Report } from '../../diagnostics/diagnostic.ts';
import { closest } from '../../diagnostics/did-you-mean.ts';
import { Origin } from '../../diagnostics/origin.ts';
import { decodeFile } from '../../documents/decode-file.ts';
import { KubernetesSchema } from '../../documents/kubernetes-schema.ts';
import { parseDocument } from '../../documents/parse-document.ts';
import { reportInvalid } from '../../documents/report-invalid.ts';
import { DocumentText, ObjectSource, PointSource, SourceFile } from '../../documents/source-file.ts';
import { splitStream } from '../../documents/split-stream.ts';
import { fileValidatorLoaders, validatorLoaders } from '../../generated/validators/index.js';
import type { InputFile } from '../../pipeline.ts';
import { describeViolation } from './describe-violation.ts';
import { knownKeys, nodesAt, toPath, valueAt } from './schema-nodes.ts';

/** A format of ours: its published schema, and the codes of what may be wrong with a file of it. */
export interface OwnFormat {
  /** As in `schemas/<name>.schema.json`. */
  readonly name: string;
  readonly schema: unknown;
  readonly diagnostics: {
    readonly 'unknown-key': DiagnosticFactory<{ key: string; suggestion: string | undefined }>;
    readonly 'wrong-value': DiagnosticFactory<{ key: string; problem: string }>;
  };
}

/** A file that fits its schema; `value` is undefined for an empty file. */
export interface OwnFile {
  readonly value: unknown;
  readonly origin: Origin;
}

const SCHEMA = new KubernetesSchema(() => {});

/** Reads a file of one of our own formats. Undefined where something is wrong with it, which is reported. */
export async function readOwnFile(input: InputFile, format: OwnFormat, report: Report): Promise<OwnFile | undefined> {
  const decoded = decodeFile(input.bytes);
  const file = new SourceFile(input.file, decoded.kind === 'text' ? decoded.text : '');
  const whole = new Origin(new ObjectSource(new DocumentText(file, 0, file.text.length), [], undefined));
  if (decoded.kind !== 'text') {
    report(format.diagnostics['wrong-value']({ key: '', problem: 'the file is not encoded in UTF-8' }, whole));
    return undefined;
  }
  const [document, another] = [...splitStream(file.text)]
    .map(({ start, end }) => new DocumentText(file, start, end))
    .flatMap((text) => {
      const parsed = parseDocument(text.text, SCHEMA);
      return parsed.kind === 'empty' ? [] : [{ text, parsed }];
    });
  if (document === undefined) return { value: undefined, origin: whole };
  const { text, parsed } = document;
  if (parsed.kind !== 'value') {
    reportInvalid(text, parsed, (finding) => report({ ...finding, effect: 'Nothing of the file is used.' }));
    return undefined;
  }
  if (another !== undefined) {
    const problem = 'the file holds more than one document';
    report(format.diagnostics['wrong-value']({ key: '', problem }, new Origin(new PointSource(another.text, 0))));
    return undefined;
  }
  const origin = new Origin(new ObjectSource(text, [], undefined));
  const key = `latticectl/${format.name}`;
  const validator = await (fileValidatorLoaders[key] ?? validatorLoaders[key])?.();
  if (validator === undefined) throw new Error(`the schema ${format.name} is not built`);
  if (validator.validate(parsed.value)) return { value: parsed.value, origin };
  // A failed alternative is named by the sentence about the alternatives, not by each of its branches.
  const errors = (validator.validate.errors ?? []).filter(
    ({ schemaPath }) => !/\/(?:oneOf|anyOf)\/\d+\//.test(schemaPath),
  );
  const told = new Set<string>();
  for (const error of errors) {
    // Each key that another one needs is an error of its own, and says all of them.
    const key = `${error.keyword} ${error.instancePath} ${error.keyword === 'dependencies' ? error.message : told.size}`;
    if (told.has(key)) continue;
    told.add(key);
    reportError(error, parsed.value, origin, format, report);
  }
  return undefined;
}

function reportError(
  error: ErrorObject,
  value: unknown,
  origin: Origin,
  { schema, diagnostics }: OwnFormat,
  report: Report,
): void {
  const path = toPath(error.instancePath);
  const place = origin.at(...path);
  const params = error.params as Readonly<Record<string, unknown>>;
  const unknown = params['additionalProperty'];
  if (typeof unknown === 'string') {
    const suggestion = closest(unknown, knownKeys(schema, path));
    report(diagnostics['unknown-key']({ key: unknown, suggestion }, place.at(unknown)));
    return;
  }
  const wrongName = params['propertyName'];
  const at = typeof wrongName === 'string' ? place.at(wrongName) : place;
  // What a wrong name breaks is said of the name.
  if (typeof wrongName !== 'string' && error.propertyName !== undefined) return;
  const problem = describeViolation(error, valueAt(value, path), nodesAt(schema, path));
  report(diagnostics['wrong-value']({ key: place.field, problem }, at));
}
