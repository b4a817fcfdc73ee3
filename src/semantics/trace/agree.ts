import type { ClusterFacts } from '../../ir/facts.ts';
import type { BackendShare } from './outcome.ts';
import { outcomeKey } from './outcome-key.ts';
import type { Trace } from './trace.ts';

/**
 * Whether two configurations answer a request alike, whatever the rules are that decide it. Backends are one where they
 * are the same pods and port, as a subset and the Service that stands for it; `facts` are those of both sides.
 */
export function agree(left: Trace, right: Trace, facts: readonly ClusterFacts[]): boolean {
  const keys = ({ answers }: Trace) =>
    answers.map(({ outcome, upstream }) => outcomeKey(outcome, upstream, (share) => identityOf(share, facts))).sort();
  return JSON.stringify(keys(left)) === JSON.stringify(keys(right));
}

function identityOf({ name, backend }: BackendShare, facts: readonly ClusterFacts[]): string {
  if (backend === undefined || backend.subset?.isOpen === true) return name;
  const key = `${backend.namespace}/${backend.name}`;
  const service = facts.map(({ services }) => services.get(key)).find((known) => known !== undefined);
  const selector = { ...service?.selector, ...backend.subset?.labels };
  if (service === undefined || Object.keys(service.selector).length === 0) return name;
  const port = service.ports.find((one) => one.port === backend.port);
  const labels = Object.entries(selector).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([backend.namespace, labels, port?.targetPort ?? backend.port]);
}
