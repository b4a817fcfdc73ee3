import type { Report } from '../diagnostics/diagnostic.ts';
import { Origin, type ResourceId } from '../diagnostics/origin.ts';
import { type DecodedFile, decodeFile, type InputFile } from './decode-file.ts';
import { documentDiagnostics } from './diagnostics.ts';
import { expandList, isMapping } from './expand-list.ts';
import { findPlaceholder, mayHoldPlaceholder } from './find-placeholder.ts';
import { identify } from './identify.ts';
import { KubernetesSchema } from './kubernetes-schema.ts';
import { parseDocument } from './parse-document.ts';
import { renderCommand } from './render-command.ts';
import { reportInvalid } from './report-invalid.ts';
import { reportScalars } from './report-scalars.ts';
import { SharedTexts } from './shared-texts.ts';
import { DocumentText, ObjectSource, PointSource, SourceFile } from './source-file.ts';
import { splitJson } from './split-json.ts';
import { lineEnd, splitStream, type TextRange } from './split-stream.ts';
import { mentionsSecret, withoutSecretValues } from './without-secret-values.ts';

/** One Kubernetes object of the input, and where it stands. */
export interface KubernetesDocument {
  readonly file: string;
  readonly resource: ResourceId;
  /** As kubectl would read it. Values of a Secret are left out. */
  readonly object: Readonly<Record<string, unknown>>;
  /** Of the object as a whole; paths below it are those of the object, also inside of a List. */
  readonly origin: Origin;
}

/** Which documents deserve findings about their values. */
export interface ReadOptions {
  /** Whether anything reads objects of a kind; others get no findings about their values or a missing name. */
  readonly isSupported?: (apiVersion: string, kind: string) => boolean;
  /** One for all files of a run. */
  readonly shared?: SharedTexts;
}

/**
 * Reads the Kubernetes objects of a file of YAML or JSON documents. What cannot be read is reported
 * and takes nothing else along. Positions are computed when a finding asks for them.
 */
export function readDocuments(
  input: InputFile,
  report: Report,
  { isSupported = () => true, shared = new SharedTexts() }: ReadOptions = {},
): KubernetesDocument[] {
  const decoded = decodeFile(input.bytes);
  if (decoded.kind !== 'text') {
    reportUndecodable(input.file, decoded, report);
    return [];
  }
  const reader = new DocumentReader(new SourceFile(input.file, decoded.text), report, { isSupported, shared });
  for (const range of splitStream(decoded.text)) {
    const invalid = decoded.invalid.get(range.start);
    if (invalid === undefined) reader.read(range);
    else reader.reject(range, invalid);
  }
  return reader.documents;
}

function reportUndecodable(file: string, decoded: Exclude<DecodedFile, { kind: 'text' }>, report: Report): void {
  const origin = new Origin(new PointSource(new DocumentText(new SourceFile(file, ''), 0, 0), 0));
  if (decoded.kind === 'too-large') {
    report(documentDiagnostics['file-too-large']({ megabytes: decoded.megabytes }, origin));
  } else {
    report(documentDiagnostics['not-utf-8']({ encoding: decoded.encoding }, origin));
  }
}

class DocumentReader {
  readonly documents: KubernetesDocument[] = [];
  readonly #file: SourceFile;
  readonly #report: Report;
  readonly #isSupported: (apiVersion: string, kind: string) => boolean;
  readonly #schema: KubernetesSchema;
  readonly #shared: SharedTexts;
  /** Set by the schema while a document with a remarkable scalar is built. */
  #noted = false;
  /** From a comment that stands alone above a `---`. */
  #chartAbove: string | undefined;

  constructor(file: SourceFile, report: Report, { isSupported, shared }: Required<ReadOptions>) {
    this.#file = file;
    this.#report = report;
    this.#isSupported = isSupported;
    this.#shared = shared;
    this.#schema = new KubernetesSchema(() => {
      this.#noted = true;
    });
  }

  /** Reports a document whose bytes are not UTF-8 at an offset in it. */
  reject({ start, end }: TextRange, offset: number): void {
    const text = new DocumentText(this.#file, start, end);
    text.secret = mentionsSecret(text.text);
    this.#report(documentDiagnostics['invalid-utf-8']({}, new Origin(new PointSource(text, offset))));
  }

  read({ start, end }: TextRange): void {
    const text = new DocumentText(this.#file, start, end);
    this.#noted = false;
    const parsed = parseDocument(text.text, this.#schema, this.#shared);
    const chart = findChart(this.#file.text, start, end) ?? this.#chartAbove;
    this.#chartAbove = parsed.kind === 'empty' ? chart : undefined;
    if (parsed.kind === 'empty') return;
    if (parsed.kind === 'value') {
      this.#readObjects(text, parsed.value, chart);
      return;
    }
    const values = parsed.kind === 'invalid' && /^\s*[[{]/.test(text.text) ? splitJson(text.text) : undefined;
    if (values === undefined) reportInvalid(text, parsed, this.#report);
    else for (const value of values) this.read({ start: start + value.start, end: start + value.end });
  }

  #readObjects(text: DocumentText, value: unknown, chart: string | undefined): void {
    const objects = [...expandList(value)];
    text.secret = objects.some((object) => isMapping(object.value) && object.value['kind'] === 'Secret');
    const placeholders = mayHoldPlaceholder(text.text);
    const noted = this.#noted;
    for (const [index, { value: item, prefix }] of objects.entries()) {
      const identity = identify(item, this.#file.name, this.#isSupported);
      if (identity.kind === 'other') {
        this.#report(identity.finding(new Origin(new ObjectSource(text, prefix, undefined, { index }))));
        continue;
      }
      const { resource } = identity;
      const source = new ObjectSource(text, prefix, resource, { template: chart, index });
      const origin = new Origin(source);
      const object = withoutSecretValues(identity.object);
      if (this.#isSupported(resource.apiVersion, resource.kind)) {
        if (placeholders) this.#reportPlaceholder(object, origin);
        if (noted && !reportScalars(source, this.#report)) continue;
      }
      this.documents.push({ file: this.#file.name, resource, object, origin });
    }
  }

  #reportPlaceholder(object: KubernetesDocument['object'], origin: Origin): void {
    const found = findPlaceholder(object);
    if (found === undefined) return;
    const command = renderCommand(this.#file.name);
    this.#report(
      documentDiagnostics['unsubstituted-template']({ text: found.text, command }, origin.at(...found.path)),
    );
  }
}

/** The path in the `# Source:` comment that Helm writes at the head of a document. */
function findChart(text: string, start: number, end: number): string | undefined {
  let at = start;
  if (text.startsWith('---', at)) at = lineEnd(text, at);
  while (at < end && /[#\n\r]/.test(text.charAt(at))) {
    const next = lineEnd(text, at);
    if (text.startsWith('# Source: ', at)) return text.slice(at + '# Source: '.length, next).trim() || undefined;
    at = next;
  }
  return undefined;
}
