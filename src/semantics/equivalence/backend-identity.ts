import { type Backend, isPart } from '../../ir/actions.ts';
import type { ClusterFacts, KubernetesService } from '../../ir/facts.ts';
import { type NamedSubsets, subsetKey } from './named-subsets.ts';

/** Which workload a backend is. */
export interface Identity {
  /** Equal for the same pods and port, under whatever Service name. */
  readonly key: string;
  /** False where the input lacks the Service whose subset it is: another key may then be the same pods. */
  readonly isKnown: boolean;
}

export type Identify = (backend: Backend) => Identity;

/**
 * Backends by what they select: namespace, selector with the labels of the subset, and target port. Where the input has
 * no Service, or one without a selector, by namespace, name and port.
 *
 * @param facts what is known of the side, then of the other one: a side may come without the Services it names
 * @param standIn the Services that stand for subsets, with `{service}` and `{subset}`
 * @param subsets what subsets ask for whose labels one side does not know
 */
export function identifyBy(
  facts: readonly ClusterFacts[],
  standIn?: string,
  subsets: NamedSubsets = new Map(),
): Identify {
  const known = new Map<string, Identity>();
  return (backend) => {
    const { kind, namespace, name, port, subset } = backend;
    const part = isPart(subset) ? subset : undefined;
    const name_ = part === undefined || standIn === undefined ? name : nameOf(standIn, name, part.name);
    const found = part?.isOpen === true ? subsets.get(subsetKey(namespace, name, part.name)) : part?.labels;
    if (part !== undefined && found === undefined && standIn === undefined)
      return { key: `${kind} ${namespace}/${name}:${port ?? ''}@${part.name}`, isKnown: false };
    const selected = found === undefined || standIn !== undefined ? {} : found;
    const cacheKey = `${kind} ${namespace}/${name_}:${port ?? ''} ${part === undefined ? '' : JSON.stringify(selected)}`;
    let identity = known.get(cacheKey);
    if (identity === undefined) {
      identity = identify(kind, namespace, name_, port, selected, facts);
      known.set(cacheKey, identity);
    }
    return identity;
  };
}

function nameOf(pattern: string, service: string, subset: string): string {
  return pattern.replaceAll('{service}', service).replaceAll('{subset}', subset);
}

function identify(
  kind: Backend['kind'],
  namespace: string,
  name: string,
  port: number | undefined,
  labels: Readonly<Record<string, string>>,
  facts: readonly ClusterFacts[],
): Identity {
  const isPart = Object.keys(labels).length > 0;
  const service = kind === 'Service' ? findService(`${namespace}/${name}`, facts) : undefined;
  const target = service && targetOf(service, port);
  if (service === undefined || target === undefined || Object.keys(service.selector).length === 0) {
    const plain = `${kind} ${namespace}/${name}:${port ?? ''}`;
    return isPart ? { key: `${plain} ${print(labels)}`, isKnown: false } : { key: plain, isKnown: true };
  }
  return { key: `pods ${namespace} ${print({ ...service.selector, ...labels })} ${target}`, isKnown: true };
}

function findService(key: string, facts: readonly ClusterFacts[]): KubernetesService | undefined {
  for (const { services } of facts) {
    const service = services.get(key);
    if (service !== undefined) return service;
  }
  return undefined;
}

function targetOf({ ports }: KubernetesService, port: number | undefined): number | string | undefined {
  const found = ports.find((one) => one.port === port);
  return found === undefined ? undefined : (found.targetPort ?? found.port);
}

function print(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',');
}
