import type { ErrorObject } from 'ajv';
import type { DiagnosticFactory, Report } from '../../diagnostics/diagnostic.ts';
import { closest } from '../../diagnostics/did-you-mean.ts';
import { Origin, type PathSegment } from '../../diagnostics/origin.ts';
import { decodeFile } from '../../documents/decode-file.ts';
import { KubernetesSchema } from '../../documents/kubernetes-schema.ts';
import { parseDocument } from '../../documents/parse-document.ts';
import { reportInvalid } from '../../documents/report-invalid.ts';
import { DocumentText, ObjectSource, PointSource, SourceFile } from '../../documents/source-file.ts';
import { splitStream } from '../../documents/split-stream.ts';
import { validatorLoaders } from '../../generated/validators/index.js';
import type { InputFile } from '../../pipeline.ts';

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
  const validator = await validatorLoaders[`latticectl/${format.name}`]?.();
  if (validator === undefined) throw new Error(`the schema ${format.name} is not built`);
  if (validator.validate(parsed.value)) return { value: parsed.value, origin };
  // A failed alternative is named by the sentence about the alternatives, not by each of its branches.
  const errors = (validator.validate.errors ?? []).filter(
    ({ schemaPath }) => !/\/(?:oneOf|anyOf)\/\d+\//.test(schemaPath),
  );
  for (const error of errors) reportError(error, origin, format, report);
  return undefined;
}

function reportError(error: ErrorObject, origin: Origin, { schema, diagnostics }: OwnFormat, report: Report): void {
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
  if (typeof wrongName === 'string') {
    const problem = `the key ${JSON.stringify(wrongName)} is not of the form that is expected here`;
    report(diagnostics['wrong-value']({ key: place.field, problem }, place.at(wrongName)));
    return;
  }
  if (error.propertyName !== undefined) return;
  const allowed = Array.isArray(params['allowedValues']) ? `: ${params['allowedValues'].join(', ')}` : '';
  const problem = `${error.message ?? error.keyword}${allowed}`;
  report(diagnostics['wrong-value']({ key: place.field, problem }, place));
}

/** The keys that may stand at a place. ajv names schemas behind a `$ref` by themselves, so the value's own path is followed. */
function knownKeys(schema: unknown, path: readonly PathSegment[]): readonly string[] {
  let nodes = expand(schema, schema);
  for (const step of path) {
    nodes = nodes.flatMap((node) => {
      const child =
        typeof step === 'number' ? node['items'] : (childOf(node['properties'], step) ?? node['additionalProperties']);
      return expand(child, schema);
    });
  }
  return nodes.flatMap((node) => Object.keys(Object(node['properties'])));
}

type SchemaNode = Readonly<Record<PathSegment, unknown>>;

/** A schema with those that it refers to or chooses between. */
function expand(node: unknown, root: unknown): readonly SchemaNode[] {
  if (typeof node !== 'object' || node === null) return [];
  const schema = node as SchemaNode;
  const { $ref: reference } = schema;
  const target =
    typeof reference === 'string'
      ? toPath(reference.slice(reference.indexOf('#') + 1)).reduce(childOf, root)
      : undefined;
  const alternatives = ['oneOf', 'anyOf', 'allOf'].flatMap((key) => schema[key] ?? []);
  return [schema, ...[target, ...alternatives].flatMap((one) => expand(one, root))];
}

function childOf(node: unknown, key: PathSegment): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, key) ? (node as SchemaNode)[key] : undefined;
}

/** The steps of a JSON pointer. */
function toPath(pointer: string): readonly PathSegment[] {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
