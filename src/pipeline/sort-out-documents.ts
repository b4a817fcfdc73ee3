import type { Report } from '../diagnostics/diagnostic.ts';
import type { ResourceId } from '../diagnostics/origin.ts';
import type { KubernetesDocument } from '../documents/read-documents.ts';
import type { KindSupport, ParseOptions, Parser } from '../parsers/parser.ts';
import { inputDiagnostics } from './diagnostics.ts';
import { writtenHosts } from './written-hosts.ts';

/** The annotation that marks what latticectl has written. */
export const GENERATOR_ANNOTATION = 'gateway.networking.k8s.io/generator';

/** Groups whose objects route or guard requests though no parser reads them (yet). */
const meshGroups = [
  ...['appmesh.k8s.aws', 'consul.hashicorp.com', 'linkerd.io', 'policy.linkerd.io', 'split.smi-spec.io'],
  ...['specs.smi-spec.io', 'access.smi-spec.io', 'configuration.konghq.com', 'traefik.io', 'projectcontour.io'],
  ...['getambassador.io', 'gateway.envoyproxy.io', 'kuma.io', 'networking.k8s.io', 'extensions', 'elbv2.k8s.aws'],
];

/** The documents that go on, by what reads them. */
export interface SortedDocuments {
  /** Documents of each parser, in an order that depends on their contents only. */
  readonly byParser: ReadonlyMap<Parser, readonly KubernetesDocument[]>;
  /** Everything whose kind is known, for the facts. */
  readonly known: readonly KubernetesDocument[];
  /** How many documents were skipped as our own output. */
  readonly own: number;
}

interface Readers {
  readonly parsers: readonly Parser[];
  readonly factKinds: readonly KindSupport[];
  readonly parse: ParseOptions;
}

/**
 * Decides for each document whether and by whom it is read. Our own output is skipped, an object that stands there
 * twice is read once, and what no parser knows is reported by kind. Two objects that differ under one name are an error.
 */
export function sortOutDocuments(
  documents: readonly KubernetesDocument[],
  { parsers, factKinds, parse: { defaultNamespace } }: Readers,
  report: Report,
): SortedDocuments {
  const kinds = new Map<string, { readonly support: KindSupport; readonly parser: Parser | undefined }>();
  for (const support of factKinds) kinds.set(`${support.group}/${support.kind}`, { support, parser: undefined });
  for (const parser of parsers) {
    for (const support of parser.kinds) kinds.set(`${support.group}/${support.kind}`, { support, parser });
  }
  const foreignGroups = new Set([
    ...parsers.flatMap((parser) => parser.kinds.map(({ group }) => group)),
    ...meshGroups,
  ]);
  foreignGroups.delete('');

  const unread = new Map<string, KubernetesDocument[]>();
  const known: { readonly document: KubernetesDocument; readonly parser: Parser | undefined; readonly key: string }[] =
    [];
  const foreign = skipOwnOutput(documents, report);
  for (const document of foreign) {
    const { group, version } = splitApiVersion(document.resource.apiVersion);
    const entry = kinds.get(`${group}/${document.resource.kind}`);
    if (entry === undefined) {
      const kind = `${document.resource.apiVersion} ${document.resource.kind}`;
      append(unread, kind, document);
    } else if (entry.support.versions.length > 0 && !entry.support.versions.includes(version)) {
      const finding = { kind: `${group}/${document.resource.kind}`, version, known: entry.support.versions };
      const affects = { kind: 'hostnames', names: writtenHosts(document.object) } as const;
      report(inputDiagnostics['unknown-version'](finding, document.origin.at('apiVersion'), { affects }));
    } else {
      known.push({ document, parser: entry.parser, key: identityOf(document.resource, defaultNamespace) });
    }
  }
  for (const [kind, [first, ...more]] of unread) {
    if (first === undefined) continue;
    const routes = foreignGroups.has(splitApiVersion(first.resource.apiVersion).group);
    const finding = inputDiagnostics[routes ? 'routing-kind-not-read' : 'kind-not-read'];
    report(finding({ kind, count: more.length + 1 }, first.origin));
  }

  // The identity decides the order, never the file, so that moving an object between files changes no output.
  known.sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0));
  const byParser = new Map<Parser, KubernetesDocument[]>();
  const kept: KubernetesDocument[] = [];
  let last: (typeof known)[number] | undefined;
  for (const entry of known) {
    if (entry.key === last?.key) {
      if (!isEqual(entry.document.object, last.document.object)) reportConflict(last.document, entry.document, report);
      continue;
    }
    last = entry;
    kept.push(entry.document);
    if (entry.parser === undefined) continue;
    append(byParser, entry.parser, entry.document);
  }
  return { byParser, known: kept, own: documents.length - foreign.length };
}

/** `networking.istio.io/v1` → group and version; the core group is empty. */
export function splitApiVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const cut = apiVersion.indexOf('/');
  return { group: cut < 0 ? '' : apiVersion.slice(0, cut), version: apiVersion.slice(cut + 1) };
}

/** Whether an object was written by latticectl, of any version. */
export function isOwnOutput(object: Readonly<Record<string, unknown>>): boolean {
  const metadata = object['metadata'];
  if (typeof metadata !== 'object' || metadata === null || !('annotations' in metadata)) return false;
  const { annotations } = metadata;
  if (typeof annotations !== 'object' || annotations === null) return false;
  const generator = (annotations as Readonly<Record<string, unknown>>)[GENERATOR_ANNOTATION];
  return typeof generator === 'string' && generator.startsWith('latticectl-');
}

function skipOwnOutput(documents: readonly KubernetesDocument[], report: Report): readonly KubernetesDocument[] {
  const own = new Map<string, KubernetesDocument[]>();
  const rest = documents.filter((document) => {
    if (!isOwnOutput(document.object)) return true;
    append(own, document.file, document);
    return false;
  });
  for (const [file, [first, ...more]] of own) {
    report(inputDiagnostics['own-output']({ count: more.length + 1, file }, first?.origin));
  }
  return rest;
}

function reportConflict(first: KubernetesDocument, second: KubernetesDocument, report: Report): void {
  const { kind, namespace, name } = second.resource;
  const object = `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
  const names = [...new Set([...writtenHosts(first.object), ...writtenHosts(second.object)])].sort();
  const affects =
    kind === 'Service' && namespace !== undefined
      ? ({ kind: 'backends', namespace, service: name } as const)
      : ({ kind: 'hostnames', names } as const);
  const related = [{ message: 'the other one', origin: first.origin }];
  const finding = inputDiagnostics['conflicting-objects'];
  report(finding({ object, other: first.origin.toString() }, second.origin, { related, affects }));
  // A name in no list (a route of every host) is still withheld by the place of the object that is read.
  if (names.length === 0) report(finding({ object, other: second.origin.toString() }, first.origin));
}

function identityOf({ apiVersion, kind, namespace, name }: ResourceId, defaultNamespace: string): string {
  return [splitApiVersion(apiVersion).group, kind, namespace ?? defaultNamespace, name].join('\n');
}

function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const [leftEntries, rightKeys] = [Object.entries(left), Object.keys(right)];
  if (leftEntries.length !== rightKeys.length) return false;
  const other = right as Readonly<Record<string, unknown>>;
  return leftEntries.every(([key, value]) => Object.hasOwn(right, key) && isEqual(value, other[key]));
}

function append<Key>(lists: Map<Key, KubernetesDocument[]>, key: Key, document: KubernetesDocument): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [document]);
  else list.push(document);
}
