import type { Origin } from '../../diagnostics/origin.ts';
import { type Action, type Backend, isPart, type Subset } from '../../ir/actions.ts';
import type { ClusterFacts, KubernetesService } from '../../ir/facts.ts';
import type { EmitOptions, EmittedResource } from '../emitter.ts';
import type { HostFindings } from '../host-findings.ts';
import type { LegalHost } from '../legal-host.ts';
import { compareText, getOrAdd, groupBy } from '../manifest.ts';
import { fitName, slug, withHash } from '../names.ts';
import { gatewayApiDiagnostics } from './diagnostics.ts';
import { printService } from './print-service.ts';

/** The object that stands for a backend in the output. */
export interface BackendTarget {
  readonly kind: Backend['kind'];
  readonly namespace: string;
  readonly name: string;
  readonly port?: number;
}

/** Which object stands for each backend; Services for subsets are made where none exists. */
export interface BackendPlan {
  /** Undefined where a finding says why there is none. */
  readonly target: (backend: Backend) => BackendTarget | undefined;
  /** The Service `namespace/name`, of the input or made here. */
  readonly service: (key: string) => KubernetesService | undefined;
  /** Adds a Service with the selector of `base` and one of its ports; returns its name. */
  readonly addPortService: (base: KubernetesService, port: number, host: string) => string;
  /** The Services that were made and serve a host that may be written. */
  readonly resources: (mayWrite: (host: string) => boolean) => readonly EmittedResource[];
}

interface MadeService {
  readonly service: KubernetesService;
  readonly hosts: Set<string>;
}

interface WantedSubset {
  readonly namespace: string;
  readonly service: string;
  readonly subset: Subset;
  readonly origin: Origin;
  readonly hosts: Set<string>;
}

export function planBackends(
  hosts: readonly LegalHost[],
  facts: ClusterFacts,
  options: EmitOptions,
  findings: HostFindings,
): BackendPlan {
  const made = new Map<string, MadeService>();
  const subsetNames = new Map<string, string>();
  const wanted = [...findSubsets(hosts)].sort(([a], [b]) => compareText(a, b));
  reportMissing(
    wanted.map(([, one]) => one).filter((one) => !isStandIn(options) && factOf(one, facts) === undefined),
    findings,
  );
  for (const [key, one] of wanted) {
    const name = isStandIn(options) ? standInName(one, options.subsetService ?? '') : makeSubset(one);
    if (name !== undefined) subsetNames.set(key, name);
  }

  function makeSubset(one: WantedSubset): string | undefined {
    const base = factOf(one, facts);
    if (base === undefined) return undefined;
    const reason = whyNotSelectable(base, one.subset);
    if (reason !== undefined) {
      const args = { service: `${one.namespace}/${one.service}`, subset: one.subset.name, reason };
      findings.add(gatewayApiDiagnostics['subset-not-selectable'], args, one.origin, one.hosts);
      return undefined;
    }
    const selector = { ...base.selector, ...one.subset.labels };
    return addService({ ...base, selector }, `${one.service}-${slug(one.subset.name)}`, one.hosts);
  }

  /** Keeps the wanted name unless an unlike Service has it. */
  function addService(service: KubernetesService, wish: string, served: Iterable<string>): string {
    const at = (name: string) => `${service.namespace}/${name}`;
    let name = fitName(wish);
    const holder = facts.services.get(at(name)) ?? made.get(at(name))?.service;
    if (holder !== undefined && !selectsAlike(holder, service)) name = withHash(wish, JSON.stringify(service.selector));
    if (facts.services.has(at(name))) return name;
    const entry = getOrAdd(made, at(name), () => ({ service: { ...service, name }, hosts: new Set<string>() }));
    for (const host of served) entry.hosts.add(host);
    return name;
  }

  return {
    target: (backend) => {
      const { kind, namespace, port } = backend;
      const name = hasLabels(backend) ? subsetNames.get(subsetKey(backend)) : backend.name;
      if (name === undefined) return undefined;
      return port === undefined ? { kind, namespace, name } : { kind, namespace, name, port };
    },
    service: (key) => facts.services.get(key) ?? made.get(key)?.service,
    addPortService: (base, port, host) =>
      addService({ ...base, ports: base.ports.filter((one) => one.port === port) }, `${base.name}-port-${port}`, [
        host,
      ]),
    resources: (mayWrite) =>
      [...made.values()].flatMap(({ service, hosts: served }) => {
        const ids = [...served].filter(mayWrite).sort();
        return ids.length === 0 ? [] : [printService(service, ids, options)];
      }),
  };
}

/** Every backend that an action names. */
export function backendsOf(action: Action): readonly Backend[] {
  if (action.kind !== 'forward') return [];
  const backends: Backend[] = [];
  for (const share of action.shares) if (share.kind === 'backend') backends.push(share.backend);
  for (const { backend } of action.mirrors) backends.push(backend);
  return backends;
}

type SubsetBackend = Backend & { readonly subset: Subset };

function hasLabels(backend: Backend): backend is SubsetBackend {
  return isPart(backend.subset);
}

function subsetKey({ namespace, name, subset }: SubsetBackend): string {
  const labels = Object.entries(subset.labels).sort(([a], [b]) => compareText(a, b));
  return `${namespace}/${name}\n${subset.name}\n${JSON.stringify(labels)}`;
}

function findSubsets(hosts: readonly LegalHost[]): ReadonlyMap<string, WantedSubset> {
  const wanted = new Map<string, WantedSubset>();
  for (const { host, rules } of hosts) {
    for (const { action } of rules) {
      if (!namesSubset(action)) continue;
      for (const backend of backendsOf(action)) {
        if (!hasLabels(backend)) continue;
        const { namespace, name, subset, origin } = backend;
        const make = () => ({ namespace, service: name, subset, origin, hosts: new Set<string>() });
        getOrAdd(wanted, subsetKey(backend), make).hosts.add(host.id);
      }
    }
  }
  return wanted;
}

/** Most actions name none, and need no list of their backends. */
function namesSubset(action: Action): boolean {
  return (
    action.kind === 'forward' &&
    (action.mirrors.length > 0 ||
      action.shares.some((one) => one.kind === 'backend' && one.backend.subset !== undefined))
  );
}

/** One finding per Service, however many rules and subsets need it. */
function reportMissing(wanted: readonly WantedSubset[], findings: HostFindings): void {
  for (const [service, ones] of groupBy(wanted, (one) => `${one.namespace}/${one.service}`)) {
    const args = { service, subsets: [...new Set(ones.map((one) => one.subset.name))].sort() };
    const hosts = ones.flatMap((one) => [...one.hosts]);
    findings.add(gatewayApiDiagnostics['subset-needs-service'], args, ones[0]?.origin, hosts);
  }
}

function isStandIn({ subsetService }: EmitOptions): boolean {
  return subsetService !== undefined;
}

function standInName({ service, subset }: WantedSubset, pattern: string): string {
  return pattern.replaceAll('{service}', service).replaceAll('{subset}', subset.name);
}

function factOf({ namespace, service }: WantedSubset, facts: ClusterFacts): KubernetesService | undefined {
  return facts.services.get(`${namespace}/${service}`);
}

function whyNotSelectable(base: KubernetesService, subset: Subset): string | undefined {
  if (base.type === 'ExternalName') return 'it is an ExternalName Service, which selects no pods';
  if (Object.keys(base.selector).length === 0) return 'the Service has no selector';
  if (subset.isOpen === true) return 'nothing says which labels the subset asks for';
  const clash = Object.entries(subset.labels).find(
    ([key, value]) => Object.hasOwn(base.selector, key) && base.selector[key] !== value,
  );
  if (clash === undefined) return undefined;
  const [key, value] = clash;
  return `the Service selects ${key}=${base.selector[key]}, the subset ${key}=${value}`;
}

/** Whether one Service can stand for the other: the same pods, and every port of it. */
function selectsAlike(holder: KubernetesService, service: KubernetesService): boolean {
  const entries = Object.entries(service.selector);
  return (
    Object.keys(holder.selector).length === entries.length &&
    entries.every(([key, value]) => holder.selector[key] === value) &&
    service.ports.every(({ port, targetPort }) =>
      holder.ports.some((one) => one.port === port && (one.targetPort ?? one.port) === (targetPort ?? port)),
    )
  );
}
