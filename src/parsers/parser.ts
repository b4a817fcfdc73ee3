import type { DiagnosticFactory, Report } from '../diagnostics/diagnostic.ts';
import type { KubernetesDocument } from '../documents/read-documents.ts';
import type { ClusterFacts } from '../ir/facts.ts';
import type { CarriedObject, Gateway, Guard, VirtualHost } from '../ir/model.ts';
import type { AnyFieldTable } from './field-table.ts';

/** A kind that a parser answers for. */
export interface KindSupport {
  readonly group: string;
  readonly kind: string;
  readonly versions: readonly string[];
  /** Groups that had the kind before, in versions that are not read. */
  readonly formerGroups?: readonly string[];
  /**
   * read: becomes part of the routing model · carried: emitted as it is in its newest version ·
   * reported: a finding for each object says what is lost · ignored: routes nothing, with the reason
   */
  readonly answer: 'read' | 'carried' | 'reported' | 'ignored';
  readonly reason?: string;
}

export interface ParseOptions {
  /** Namespace of objects that have none (`-n`). */
  readonly defaultNamespace: string;
  /** Usually `cluster.local`. */
  readonly clusterDomain: string;
  /** How Gateway API sources are read when their class does not say (`--source-class`). */
  readonly sourceClass?: string;
}

export interface ParseContext {
  readonly options: ParseOptions;
  readonly facts: ClusterFacts;
  readonly report: Report;
}

/** What one source format contributes to the routing model. */
export interface ParsedSource {
  readonly gateways: readonly Gateway[];
  readonly virtualHosts: readonly VirtualHost[];
  readonly carried: readonly CarriedObject[];
  readonly guards?: readonly Guard[];
}

/** One source format. `parse` gets all documents of its kinds, in input order, schema-checked. */
export interface Parser {
  readonly name: string;
  readonly title: string;
  readonly kinds: readonly KindSupport[];
  /** Whether it answers for an object of a kind that no parser lists. */
  readonly adopts?: (document: KubernetesDocument) => boolean;
  /** For `explain --matrix`, the docs and the coverage test: one table per input type. */
  readonly tables: Readonly<Record<string, AnyFieldTable>>;
  readonly diagnostics: Readonly<Record<string, DiagnosticFactory<never>>>;
  readonly parse: (documents: readonly KubernetesDocument[], context: ParseContext) => ParsedSource;
}
