import type { Report } from '../diagnostics/diagnostic.ts';
import type { KubernetesDocument } from '../documents/read-documents.ts';
import type { KindSupport, ParseOptions, Parser } from '../parsers/parser.ts';
import { append } from './append.ts';
import { inputDiagnostics } from './diagnostics.ts';
import { eachObjectOnce } from './each-object-once.ts';
import { skipOwnOutput } from './own-output.ts';
import { splitApiVersion } from './split-api-version.ts';
import { writtenHosts } from './written-hosts.ts';

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
  /** Whether anything in the input has to do with routes; workloads alone do not. */
  readonly recognised: boolean;
}

interface Readers {
  readonly parsers: readonly Parser[];
  readonly factKinds: readonly KindSupport[];
  readonly parse: ParseOptions;
  /** Whether what latticectl has written is read like everything else. */
  readonly readOwn: boolean;
}

/**
 * Decides for each document whether and by whom it is read. Our own output is skipped unless it is asked for, an object that stands there
 * twice is read once, and what no parser knows is reported by kind. Two objects that differ under one name are an error.
 */
export function sortOutDocuments(
  documents: readonly KubernetesDocument[],
  { parsers, factKinds, readOwn, parse: { defaultNamespace } }: Readers,
  report: Report,
): SortedDocuments {
  const kinds = new Map<string, { readonly support: KindSupport; readonly parser: Parser | undefined }>();
  for (const support of factKinds) kinds.set(`${support.group}/${support.kind}`, { support, parser: undefined });
  for (const parser of parsers) {
    for (const support of parser.kinds) {
      for (const group of [support.group, ...(support.formerGroups ?? [])])
        kinds.set(`${group}/${support.kind}`, { support, parser });
    }
  }
  const foreignGroups = new Set([
    ...parsers.flatMap((parser) => parser.kinds.map(({ group }) => group)),
    ...meshGroups,
  ]);
  foreignGroups.delete('');

  const unread = new Map<string, KubernetesDocument[]>();
  const adopted = new Map<KubernetesDocument, Parser>();
  const known: KubernetesDocument[] = [];
  const foreign = readOwn ? documents : skipOwnOutput(documents, report);
  for (const document of foreign) {
    const { group, version } = splitApiVersion(document.resource.apiVersion);
    const entry = kinds.get(`${group}/${document.resource.kind}`);
    if (entry === undefined) {
      const parser = parsers.find(({ adopts }) => adopts?.(document) === true);
      if (parser !== undefined) {
        adopted.set(document, parser);
        known.push(document);
        continue;
      }
      const kind = `${document.resource.apiVersion} ${document.resource.kind}`;
      append(unread, kind, document);
    } else if (!isKnownVersion(entry.support, group, version)) {
      const { versions, group: current } = entry.support;
      const known = group === current ? versions : versions.map((one) => `${current}/${one}`);
      const finding = { kind: `${group}/${document.resource.kind}`, version, known };
      const affects = { kind: 'hostnames', names: writtenHosts(document.object) } as const;
      report(inputDiagnostics['unknown-version'](finding, document.origin.at('apiVersion'), { affects }));
    } else if (entry.parser !== undefined || entry.support.answer !== 'ignored') {
      known.push(document);
    }
  }
  for (const [kind, [first, ...more]] of unread) {
    if (first === undefined) continue;
    const routes = foreignGroups.has(splitApiVersion(first.resource.apiVersion).group);
    const finding = inputDiagnostics[routes ? 'routing-kind-not-read' : 'kind-not-read'];
    report(finding({ kind, count: more.length + 1 }, first.origin));
  }

  const kept = eachObjectOnce(known, defaultNamespace, report);
  const byParser = new Map<Parser, KubernetesDocument[]>();
  let recognised = foreign.length < documents.length;
  for (const document of kept) {
    const { group } = splitApiVersion(document.resource.apiVersion);
    const parser = adopted.get(document) ?? kinds.get(`${group}/${document.resource.kind}`)?.parser;
    if (parser !== undefined) append(byParser, parser, document);
    recognised ||= (parser !== undefined && !adopted.has(document)) || document.resource.kind === 'Service';
  }
  return { byParser, known: kept, recognised };
}

/** Kinds whose versions are all alike name none. */
function isKnownVersion({ group: own, versions }: KindSupport, group: string, version: string): boolean {
  return group === own && (versions.length === 0 || versions.includes(version));
}
