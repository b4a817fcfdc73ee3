import type { Origin } from '../../diagnostics/origin.ts';
import type { Backend } from '../../ir/actions.ts';
import { latticeDiagnostics } from '../lattice-diagnostics.ts';
import { compareText, getOrAdd } from '../manifest.ts';
import { backendKey } from './backend-key.ts';
import { type LatticeContext, settingsPlace } from './context.ts';
import { latticeApiDiagnostics as d, type UnmappedBackend } from './diagnostics.ts';
import { planGroup } from './plan-group.ts';
import type { ServicePlan } from './plan-services.ts';
import type { ExternalTargetGroup, TargetGroup } from './resources.ts';
import { settingsOfLatticeDiagnostics as s } from './settings-diagnostics.ts';

/** A target group with the hosts that reach it and the place that asks for it first. */
export interface PlannedGroup {
  readonly resource: TargetGroup | ExternalTargetGroup;
  /** The backend as the settings name it. */
  readonly key: string;
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
      resource: planGroup(plan.name, { backend, key, mapping, ids }, this.#context),
      key,
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

  /** A rule names a group once: backends of one rule may not be one and the same group of somebody else. */
  checkRule(names: readonly string[], ids: readonly string[]): void {
    const used = new Map<string, PlannedGroup[]>();
    for (const group of this.#groups.values()) {
      const { resource } = group;
      if (resource.kind === 'TargetGroup' || !names.includes(resource.name)) continue;
      getOrAdd(used, externalId(resource), () => [] as PlannedGroup[]).push(group);
    }
    for (const [group, ones] of used) {
      const [first] = ones;
      if (first === undefined || ones.length < 2) continue;
      const args = { group, backends: ones.map(({ key }) => key).sort(compareText) };
      const place = settingsPlace(this.#context, 'backends', first.key) ?? first.origin;
      this.#context.findings.add(s['target-group-twice'], args, place, ids);
    }
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
      getOrAdd(users, externalId(resource), () => [] as PlannedGroup[]).push(group);
    }
    for (const [group, ones] of users) {
      const services = [...new Set(ones.map(({ service }) => service))].sort(compareText);
      if (services.length < 2) continue;
      const ids = ones.flatMap((one) => [...one.ids]);
      const place = settingsPlace(this.#context, 'backends', ones[0]?.key ?? '') ?? ones[0]?.origin;
      this.#context.findings.add(d['target-group-shared'], { group, services }, place, ids);
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
    const args = { services: services.sort(compareText), instead: 'set healthCheck of the backends in the settings' };
    this.#context.findings.add(latticeDiagnostics['default-health-check'], args, undefined, ids);
  }
}

/** What a group of somebody else is known by. */
function externalId({ arn, serviceExport, port }: ExternalTargetGroup): string {
  return arn ?? `of ServiceExport ${serviceExport}${port === undefined ? '' : `:${port}`}`;
}
