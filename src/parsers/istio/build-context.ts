import type { Report } from '../../diagnostics/diagnostic.ts';
import type { ClusterFacts } from '../../ir/facts.ts';
import type { HostIndexes } from '../host-indexes.ts';
import type { Backends } from './backends.ts';
import type { RouteDraft, VirtualServiceDraft } from './draft.ts';
import type { Reachability } from './rules.ts';

/** What virtual hosts are built with. */
export interface BuildContext {
  readonly facts: ClusterFacts;
  readonly clusterDomain: string;
  readonly backends: Backends;
  readonly reachability: Reachability;
  readonly report: Report;
  readonly indexes: HostIndexes<VirtualServiceDraft>;
  /** The rules of a VirtualService with those of its delegates. */
  readonly routesOf: (draft: VirtualServiceDraft) => readonly RouteDraft[];
}
