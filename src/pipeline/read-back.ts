import { readDocuments } from '../documents/read-documents.ts';
import type { ClusterFacts } from '../ir/facts.ts';
import type { RoutingModel } from '../ir/model.ts';
import { kubernetesKinds } from '../parsers/kubernetes/kubernetes-kinds.ts';
import { readFacts } from '../parsers/kubernetes/read-facts.ts';
import type { ParseOptions, Parser } from '../parsers/parser.ts';
import { keepValid } from './keep-valid.ts';
import { sortOutDocuments } from './sort-out-documents.ts';

export interface ReadBackOptions {
  /** What reads the format of the output. */
  readonly parser: Parser;
  readonly parse: ParseOptions;
  /** What the source says about the cluster, where the output will stand. */
  readonly facts: ClusterFacts;
}

/**
 * The routing model of what was printed, by the ordinary reader: bytes, documents, schemas, parser. What it finds on the
 * way is not reported; an object that it refuses serves nothing, which the comparison then shows.
 */
export async function readBack(bytes: Uint8Array, { parser, parse, facts }: ReadBackOptions): Promise<RoutingModel> {
  const ignore = () => {};
  const documents = readDocuments({ file: 'output', bytes }, ignore);
  const readers = { parsers: [parser], factKinds: kubernetesKinds, parse, readOwn: true };
  const { byParser, known } = await keepValid(sortOutDocuments(documents, readers, ignore), ignore);
  const merged = mergeFacts(facts, readFacts(known, {}, parse));
  const parsed = parser.parse(byParser.get(parser) ?? [], { options: parse, facts: merged, report: ignore });
  return { guards: [], ...parsed, facts: merged };
}

/** The output stands beside what the source knows, and adds to it. */
function mergeFacts(source: ClusterFacts, output: ClusterFacts): ClusterFacts {
  return {
    services: join(source.services, output.services),
    serviceImports: join(source.serviceImports, output.serviceImports),
    namespaces: join(source.namespaces, output.namespaces),
    ingressClasses: source.ingressClasses,
    workloads: source.workloads,
    grants: [...source.grants, ...output.grants],
  };
}

function join<T>(one: ReadonlyMap<string, T>, other: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  return other.size === 0 ? one : new Map([...one, ...other]);
}
