import type { ClusterFacts } from '../../ir/facts.ts';
import type { Gateway } from '../../ir/model.ts';
import type { GatewayDraft } from './gateway-fields.ts';
import type { IstioProxy } from './istio-proxy.ts';

type Labels = Readonly<Record<string, string>>;

/** What the input shows of the pods that serve a Gateway. */
export interface GatewayPods {
  /** The pods' namespace; that of the Gateway where the input does not show it. */
  readonly namespace: string;
  readonly namespaceKnown: boolean;
  readonly labels: IstioProxy['labels'];
  readonly exposure: Gateway['exposure'];
}

/** Annotations of clouds that keep a load balancer off the internet. */
const INTERNAL: readonly (readonly [string, RegExp])[] = [
  ['service.beta.kubernetes.io/aws-load-balancer-internal', /^(true|0\.0\.0\.0\/0)$/],
  ['service.beta.kubernetes.io/aws-load-balancer-scheme', /^internal$/],
  ['service.beta.kubernetes.io/azure-load-balancer-internal', /^true$/],
  ['networking.gke.io/load-balancer-type', /^Internal$/],
  ['cloud.google.com/load-balancer-type', /^Internal$/],
];

export const isSubset = (part: Labels, whole: Labels): boolean =>
  Object.entries(part).every(([key, value]) => whole[key] === value);

/** Finds the pods of a Gateway by its selector, which Istio applies to all namespaces. */
export function findGatewayPods({ selector, namespace }: GatewayDraft, facts: ClusterFacts): GatewayPods {
  const hasSelector = Object.keys(selector).length > 0;
  const workloads = hasSelector ? facts.workloads.filter(({ labels }) => isSubset(selector, labels)) : [];
  const services = [...facts.services.values()].filter(
    (service) =>
      hasSelector &&
      Object.keys(service.selector).length > 0 &&
      (isSubset(selector, service.selector) || isSubset(service.selector, selector)),
  );
  const owners = workloads.length > 0 ? workloads : services;
  const namespaces = [...new Set(owners.map((one) => one.namespace))].sort();
  const [only] = namespaces;
  const namespaceKnown = namespaces.length === 1;
  const balancers = services.filter(({ type }) => type === 'LoadBalancer');
  const isInternal = balancers.every(({ annotations }) =>
    INTERNAL.some(([name, pattern]) => pattern.test(annotations[name] ?? '')),
  );
  return {
    namespace: namespaceKnown && only !== undefined ? only : namespace,
    namespaceKnown,
    labels:
      workloads.length > 0
        ? { kind: 'known', sets: workloads.map(({ labels }) => labels) }
        : { kind: 'at-least', labels: selector },
    exposure: balancers.length === 0 ? 'unknown' : isInternal ? 'internal' : 'public',
  };
}

/** The id of a set of proxies: the sorted labels of their selector; `*` for a Gateway without one. */
export function workloadOf(selector: Labels): string {
  // Ids stand in lists that are split at spaces, which no label of a pod has.
  const labels = Object.entries(selector).map(([key, value]) => `${key}=${value}`.replace(/\s/g, encodeURIComponent));
  return labels.length === 0 ? '*' : labels.sort().join(',');
}
