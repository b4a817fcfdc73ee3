import type { Diagnostic, DiagnosticFactory, Report } from '../diagnostics/diagnostic.ts';
import { closest } from '../diagnostics/did-you-mean.ts';
import type { Origin, ResourceId } from '../diagnostics/origin.ts';
import type { KubernetesDocument } from '../documents/read-documents.ts';
import { acceptDiagnostics } from './diagnostics.ts';

/** A loss that the user agreed to, always with a reason. */
export interface Acceptance {
  readonly code: string;
  /** The only object it holds for; absent = every object. */
  readonly object?: AcceptedObject;
  readonly reason: string;
  /** Where it is written, for findings about it; absent for a flag. */
  readonly origin?: Origin;
}

/** `Kind/namespace/name`; the namespace is absent for objects of the whole cluster. */
export interface AcceptedObject {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** The annotation in which an object accepts its own losses: lines `code=reason`. */
const ACCEPT_ANNOTATION = 'latticectl/accept';

/** All codes by name, with what stands in their tables. */
export type CodeIndex = ReadonlyMap<string, DiagnosticFactory<never>>;

/** Reads `Kind/namespace/name` or `Kind/name`; undefined when the text is of another form. */
export function parseAcceptedObject(text: string): AcceptedObject | undefined {
  const [kind, second, third, ...rest] = text.split('/');
  if (!kind || !second || rest.length > 0 || third === '') return undefined;
  return third === undefined ? { kind, name: second } : { kind, namespace: second, name: third };
}

/** The acceptances that objects state in their own annotations. */
export function readAnnotations(documents: readonly KubernetesDocument[], report: Report): readonly Acceptance[] {
  return documents.flatMap((document) => {
    const metadata = document.object['metadata'];
    if (!isRecord(metadata) || !isRecord(metadata['annotations'])) return [];
    const text = metadata['annotations'][ACCEPT_ANNOTATION];
    if (typeof text !== 'string') return [];
    const origin = document.origin.at('metadata', 'annotations', ACCEPT_ANNOTATION);
    const lines = text.split('\n').map((line) => line.trim());
    return lines.filter((line) => line !== '').flatMap((line) => readLine(line, document.resource, origin, report));
  });
}

function readLine(line: string, object: ResourceId, origin: Origin, report: Report): readonly Acceptance[] {
  const cut = line.indexOf('=');
  const reason = line.slice(cut + 1).trim();
  if (cut > 0 && reason !== '') return [{ code: line.slice(0, cut).trim(), object, reason, origin }];
  report(acceptDiagnostics['no-reason']({ line }, origin, { affects: { kind: 'none' } }));
  return [];
}

/** What is wrong with an acceptance in itself, whatever the input is; undefined when it may be used. */
export function findProblem(acceptance: Acceptance, codes: CodeIndex): Diagnostic | undefined {
  const { code, origin, object } = acceptance;
  const definition = codes.get(code)?.definition;
  const none = { affects: { kind: 'none' } } as const;
  if (definition === undefined) {
    return acceptDiagnostics['unknown-code']({ code, suggestion: closest(code, codes.keys()) }, origin, none);
  }
  if (definition.accept === 'never') return acceptDiagnostics['not-acceptable']({ code }, origin, none);
  if (definition.security === true && object === undefined) {
    return acceptDiagnostics['needs-object']({ code }, origin, none);
  }
  return undefined;
}

/** Marks the findings that are accepted. Acceptances that cannot be used, or meet nothing, are findings themselves. */
export function applyAcceptances(
  diagnostics: readonly Diagnostic[],
  acceptances: readonly Acceptance[],
  { codes, defaultNamespace }: { readonly codes: CodeIndex; readonly defaultNamespace: string },
): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  const byCode = new Map<string, Acceptance[]>();
  for (const acceptance of acceptances) {
    const problem = findProblem(acceptance, codes);
    if (problem !== undefined) problems.push(problem);
    else byCode.set(acceptance.code, [...(byCode.get(acceptance.code) ?? []), acceptance]);
  }
  if (byCode.size === 0) return problems.length === 0 ? diagnostics : [...diagnostics, ...problems];
  const used = new Set<Acceptance>();
  const marked = diagnostics.map((diagnostic) => {
    const candidates = byCode.get(diagnostic.code) ?? [];
    const met = candidates.filter((one) => holdsFor(one, diagnostic, defaultNamespace));
    for (const one of met) used.add(one);
    const [first] = met;
    return first === undefined ? diagnostic : { ...diagnostic, accepted: { reason: first.reason } };
  });
  for (const acceptance of [...byCode.values()].flat()) {
    if (used.has(acceptance)) continue;
    const object = acceptance.object === undefined ? undefined : printObject(acceptance.object);
    problems.push(
      acceptDiagnostics.unused({ code: acceptance.code, object }, acceptance.origin, { affects: { kind: 'none' } }),
    );
  }
  return [...marked, ...problems];
}

/** `Kind/namespace/name`, the form of `--accept`. */
export function printObject({ kind, namespace, name }: AcceptedObject): string {
  return namespace === undefined ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;
}

function holdsFor({ object }: Acceptance, { origin }: Diagnostic, defaultNamespace: string): boolean {
  if (object === undefined) return true;
  const resource = origin?.document.resource;
  if (resource === undefined || resource.kind !== object.kind || resource.name !== object.name) return false;
  return (resource.namespace ?? defaultNamespace) === (object.namespace ?? defaultNamespace);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
