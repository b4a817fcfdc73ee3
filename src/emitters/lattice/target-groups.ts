import type { Origin } from '../../diagnostics/origin.ts';
import type { Backend } from '../../ir/actions.ts';
import type { BackendSettings } from '../emitter.ts';
import { latticeDiagnostics } from '../lattice-diagnostics.ts';
import { compareText, getOrAdd } from '../manifest.ts';
import { backendKey } from './backend-key.ts';
import type { LatticeContext } from './context.ts';
import { latticeApiDiagnostics as d, type UnmappedBackend } from './diagnostics.ts';
import { findAddresses } from './find-addresses.ts';
import { targetGroupName } from './names.ts';
import type { ServicePlan } from './plan-services.ts';
import type { ExternalTargetGroup, ResourceOrigin, TargetGroup, TargetGroupConfig } from './resources.ts';
import { targetProtocol } from './target-protocol.ts';

/** A target group with the hosts that reach it and the place that asks for it first. */
export interface PlannedGroup {
  readonly resource: TargetGroup | ExternalTargetGroup;
  readonly service: string;
  readonly ids: Set<string>;
  readonly origin: Origin;
}

interface Unmapped extends UnmappedBackend {
  readonly origin: Origin;
  readonly ids: Set<string>;
}

/** The target groups of all services. One serves a single service, so each service has its own for a backend. */
export class TargetGroups {
  readonly #context: LatticeContext;
  readonly #groups = new Map<string, PlannedGroup>();
  readonly #unmapped = new Map<string, Unmapped>();

  constructor(context: LatticeContext) {
    this.#context = context;
  }

  /** The name of the group that stands for a backend; undefined where the settings have none. */
  nameOf(plan: ServicePlan, backend: Backend, ids: readonly string[]): string | undefined {
    const { settings, model } = this.#context;
    const key = backendKey(backend, model.facts);
    const mapping = settings.backends?.[key];
    if (mapping === undefined) {
      const make = () => ({
        key,
        targetPort: this.#targetPort(backend),
        origin: backend.origin,
        ids: new Set<string>(),
      });
      const entry = getOrAdd(this.#unmapped, key, make);
      for (const id of ids) entry.ids.add(id);
      return undefined;
    }
    const group = getOrAdd(this.#groups, `${plan.name} ${key}`, () => ({
      resource: this.#plan(plan, backend, key, mapping, ids),
      service: plan.name,
      ids: new Set<string>(),
      origin: backend.origin,
    }));
    for (const id of ids) group.ids.add(id);
    return group.resource.name;
  }

  /** HTTP/2 and gRPC reach their targets from HTTPS listeners only (User Guide, target groups). */
  checkListener(name: string, backend: Backend, protocol: 'HTTP' | 'HTTPS', ids: readonly string[]): void {
    const group = [...this.#groups.values()].find(({ resource }) => resource.name === name)?.resource;
    const version = group?.kind === 'TargetGroup' ? (group.config?.protocolVersion ?? 'HTTP1') : 'HTTP1';
    if (protocol === 'HTTPS' || version === 'HTTP1') return;
    const args = { service: `${backend.namespace}/${backend.name}`, version };
    this.#context.findings.add(latticeDiagnostics['http2-needs-https'], args, backend.origin, ids);
  }

  /** By name. What several services share, and what is missing, is reported here. */
  finish(): readonly PlannedGroup[] {
    this.#reportUnmapped();
    const groups = [...this.#groups.values()].sort((a, b) => compareText(a.resource.name, b.resource.name));
    this.#reportShared(groups);
    this.#reportUnchecked(groups);
    return groups;
  }

  #targetPort({ namespace, name, port }: Backend): number {
    const service = this.#context.model.facts.services.get(`${namespace}/${name}`);
    const target = service?.ports.find((one) => one.port === port)?.targetPort;
    return typeof target === 'number' ? target : (port ?? 80);
  }

  #plan(
    plan: ServicePlan,
    backend: Backend,
    key: string,
    mapping: BackendSettings,
    ids: readonly string[],
  ): PlannedGroup['resource'] {
    const labels = backend.subset?.labels ?? {};
    const origin: ResourceOrigin = {
      backend: backend.port === undefined ? key.replace(/:\d+/, '') : key,
      ...(backend.kind === 'ServiceImport' ? { kind: backend.kind } : {}),
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
    };
    const named = (config: unknown) => ({ name: targetGroupName(plan.name, key, config), origin });
    const { targetGroupArn: arn, serviceExport, lambdaArn, albArn, instances, port = 80, vpcId = '' } = mapping;
    if (arn !== undefined) return { kind: 'ExternalTargetGroup', ...named({}), arn };
    if (serviceExport !== undefined)
      return {
        kind: 'ExternalTargetGroup',
        ...named({}),
        serviceExport,
        ...(mapping.port === undefined ? {} : { port }),
      };
    if (lambdaArn !== undefined) {
      const type = 'LAMBDA' as const;
      const { name } = named({ type, lambdaArn });
      return { kind: 'TargetGroup', name, type, targets: [{ id: lambdaArn }], origin };
    }
    if (albArn !== undefined) {
      const { protocol = 'HTTP', healthCheck } = mapping;
      const type = 'ALB' as const;
      const config = { port, protocol, protocolVersion: mapping.protocolVersion ?? 'HTTP1', vpcIdentifier: vpcId };
      const { name } = named({ type, config, albArn });
      // A check that the settings ask for is kept, so that it is refused and not forgotten.
      const checked =
        healthCheck === undefined ? config : { ...config, healthCheck: { enabled: true, ...healthCheck } };
      return { kind: 'TargetGroup', name, type, config: checked, targets: [{ id: albArn, port }], origin };
    }
    const { healthCheck, ...speaks } = targetProtocol(backend, mapping, ids, this.#context);
    const ofInstances = instances !== undefined;
    const addresses = instances ?? findAddresses(backend, key, mapping, ids, this.#context);
    const type = ofInstances ? ('INSTANCE' as const) : ('IP' as const);
    const isIpv6 = !ofInstances && addresses.some((address) => address.includes(':'));
    const config: TargetGroupConfig = {
      port,
      ...speaks,
      ...(ofInstances ? {} : { ipAddressType: isIpv6 ? 'IPV6' : 'IPV4' }),
      vpcIdentifier: vpcId,
    };
    const targets = [...new Set(addresses)].sort(compareText).map((id) => ({ id, port }));
    const { name } = named({ type, config });
    const checked = healthCheck === undefined ? config : { ...config, healthCheck };
    return { kind: 'TargetGroup', name, type, config: checked, targets, origin };
  }

  #reportUnmapped(): void {
    const all = [...this.#unmapped.values()].sort((a, b) => compareText(a.key, b.key));
    const [first] = all;
    if (first === undefined) return;
    const backends = all.map(({ key, targetPort }) => ({ key, targetPort }));
    const ids = all.flatMap((one) => [...one.ids]);
    this.#context.findings.add(d['backend-unmapped'], { backends }, first.origin, ids);
  }

  #reportShared(groups: readonly PlannedGroup[]): void {
    const users = new Map<string, PlannedGroup[]>();
    for (const group of groups) {
      const { resource } = group;
      if (resource.kind === 'TargetGroup') continue;
      const id = resource.arn ?? `of ServiceExport ${resource.serviceExport}:${resource.port ?? ''}`.replace(/:$/, '');
      getOrAdd(users, id, () => [] as PlannedGroup[]).push(group);
    }
    for (const [group, ones] of users) {
      const services = [...new Set(ones.map(({ service }) => service))].sort(compareText);
      if (services.length < 2) continue;
      const ids = ones.flatMap((one) => [...one.ids]);
      this.#context.findings.add(d['target-group-shared'], { group, services }, ones[0]?.origin, ids);
    }
  }

  #reportUnchecked(groups: readonly PlannedGroup[]): void {
    const unchecked = groups.filter(
      ({ resource }) =>
        resource.kind === 'TargetGroup' &&
        (resource.type === 'IP' || resource.type === 'INSTANCE') &&
        resource.config?.protocolVersion === 'HTTP1' &&
        resource.config.healthCheck === undefined,
    );
    if (unchecked.length === 0) return;
    const services = [...new Set(unchecked.map(({ resource }) => (resource.origin.backend ?? '').replace(/:.*/, '')))];
    const ids = unchecked.flatMap((one) => [...one.ids]);
    const args = { services: services.sort(compareText) };
    this.#context.findings.add(latticeDiagnostics['default-health-check'], args, undefined, ids);
  }
}
