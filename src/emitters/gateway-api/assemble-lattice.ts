import type { Report } from '../../diagnostics/diagnostic.ts';
import type { RoutingModel, VirtualHost } from '../../ir/model.ts';
import { servesHost } from '../../semantics/evaluate.ts';
import { calledPorts } from '../called-ports.ts';
import { type EmitOptions, type EmitResult, type EmittedResource, printHost } from '../emitter.ts';
import { settingsOf } from '../host-settings.ts';
import { latticeDiagnostics } from '../lattice-diagnostics.ts';
import type { LegalHost } from '../legal-host.ts';
import { fields, getOrAdd, listOrNone, type Manifest } from '../manifest.ts';
import { resolveNamespace } from '../namespaces.ts';
import { isNativeGateway } from '../native-gateway.ts';
import { checkReplacedGateways } from '../replaced-gateways.ts';
import { type EmitContext, openContext } from './emit-context.ts';
import { reportExternalNames } from './external-names.ts';
import { finishResources } from './finish-resources.ts';
import { checkLatticeQuotas } from './lattice-quotas.ts';
import { nameLatticeServices } from './lattice-service-names.ts';
import { listLatticeChanges, listLatticePrerequisites } from './lattice-summary.ts';
import { hostnameOf, printSection } from './listener-parts.ts';
import { buildMetadata } from './metadata.ts';
import {
  chooseLatticeGateway,
  type LatticeGateway,
  LatticeListeners,
  type ListenerNeed,
  printNativeGateway,
} from './plan-lattice-gateway.ts';
import { type LatticeParent, type LatticeRoute, planLatticeRoutes } from './plan-lattice-routes.ts';
import { checkPortProtocols } from './port-protocols.ts';
import { printCarried } from './print-carried.ts';
import { printTargetGroupPolicies, type UsedService } from './target-group-policies.ts';
import { reportUnusedGateways } from './unused-gateways.ts';

/** Writes the objects of the profile `lattice`: one Gateway, one HTTPRoute per host. */
export function assembleLattice(
  hosts: readonly LegalHost[],
  model: RoutingModel,
  options: EmitOptions,
  report: Report,
): EmitResult {
  const context = openContext(hosts, model, options);
  const { findings } = context;
  checkReplacedGateways(hosts, context);
  reportExternalNames(hosts, context);
  reportUnusedGateways(hosts, context, (one) => isNativeGateway(one, options));
  const gateway = chooseLatticeGateway(context);
  const routes = planLatticeRoutes(hosts, gateway.namespace, context);
  const needs = new Map(routes.map((route) => [route, needsOf(route, context)]));
  const allNeeds = [...needs.values()].flat();
  checkPortProtocols(allNeeds, gateway, context);
  const listeners = new LatticeListeners(gateway, allNeeds, context);
  const parents = new Map(
    routes.map((route) => [route, parentsOf(route, gateway, needs.get(route) ?? [], listeners, context)]),
  );
  const services = nameLatticeServices(routes, context);
  const limits = checkLatticeQuotas(routes, parents, context);

  const resources = [
    ...printGateways(gateway, listeners, routes, parents, context),
    ...routes.map((route) =>
      printRoute(route, parents.get(route) ?? [], services.get(route)?.override, gateway.native !== undefined, options),
    ),
    ...context.backends.resources((host) => !findings.hasFailed(host)),
    ...printTargetGroupPolicies(usedServices(routes, parents), context),
    ...printCarried(model.carried, options),
  ];
  const finished = finishResources(resources, options, findings);
  findings.flush(report);
  return {
    resources: finished,
    clientChanges: listLatticeChanges(routes, parents, services, options),
    limits,
    prerequisites: listLatticePrerequisites(routes, parents, options),
  };
}

/** What a route wants of the Gateway; a native route has its listeners. */
function needsOf(route: LatticeRoute, context: EmitContext): readonly ListenerNeed[] {
  if (route.isNative) return [];
  const { options } = context;
  return route.hosts.flatMap(({ host }) => {
    const { scope } = host;
    return calledPorts(host, context.model.facts, context.findings).map((port) => ({
      port,
      protocol: scope.kind === 'gateway' ? scope.protocol : 'HTTP',
      hostname: route.hostnames[0],
      certificateArn: settingsOf(host, options).certificateArn,
      certificates: scope.kind === 'gateway' ? certificatesOf(scope.listeners, context) : [],
      namespace: resolveNamespace(route.namespace, options),
      hosts: [host.id],
    }));
  });
}

function certificatesOf(
  listeners: readonly { readonly gateway: string; readonly listener: string }[],
  { gateways, options }: EmitContext,
): ListenerNeed['certificates'] {
  return listeners.flatMap(({ gateway: id, listener: name }) => {
    const gateway = gateways.get(id);
    const certificates = gateway?.listeners.find((one) => one.name === name)?.tls?.certificates ?? [];
    return certificates.map((one) => ({
      namespace: resolveNamespace(one.namespace ?? gateway?.namespace, options),
      name: one.name,
    }));
  });
}

function parentsOf(
  route: LatticeRoute,
  gateway: LatticeGateway,
  needs: readonly ListenerNeed[],
  listeners: LatticeListeners,
  { gateways, options, findings }: EmitContext,
): readonly LatticeParent[] {
  const [domain] = route.hostnames;
  const parents = new Map<string, LatticeParent>();
  const add = (parent: LatticeParent) => parents.set(`${parent.namespace}/${parent.gateway} ${parent.section}`, parent);
  for (const need of needs) {
    const { port, protocol } = need;
    const namespace = resolveNamespace(gateway.namespace, options);
    const section = listeners.section(need);
    const listener = gateway.native?.listeners.find(({ name }) => name === section);
    add({ gateway: gateway.name, namespace, section, listener, port, protocol });
  }
  for (const { host } of route.isNative ? route.hosts : []) {
    if (host.scope.kind !== 'gateway') continue;
    for (const { gateway: id, listener: section } of host.scope.listeners) {
      const native = gateways.get(id);
      if (native === undefined) continue;
      const listener = native.listeners.find(({ name }) => name === section);
      if (domain !== undefined && listener !== undefined && !servesHost(listener.host, domain)) {
        const args = { domain, listener: section, hostname: hostnameOf(listener.host) ?? '*' };
        findings.add(latticeDiagnostics['custom-domain-not-listened'], args, host.origin, [host.id]);
      }
      const namespace = resolveNamespace(native.namespace, options);
      const { port, protocol } = host.scope;
      add({ gateway: native.name, namespace, section, listener, port, protocol });
    }
  }
  return [...parents.values()].sort((a, b) => a.port - b.port || (a.section < b.section ? -1 : 1));
}

function printGateways(
  chosen: LatticeGateway,
  listeners: LatticeListeners,
  routes: readonly LatticeRoute[],
  parents: ReadonlyMap<LatticeRoute, readonly LatticeParent[]>,
  context: EmitContext,
): readonly EmittedResource[] {
  const { model, options } = context;
  // Who attaches to the Gateways of the input, for the sections that routes of other sources join.
  const uses = new Map<string, { readonly namespaces: Set<string>; readonly hosts: Set<string> }>();
  for (const route of routes) {
    for (const { gateway, namespace, section } of parents.get(route) ?? []) {
      const make = () => ({ namespaces: new Set<string>(), hosts: new Set<string>() });
      const use = getOrAdd(uses, `${namespace}/${gateway} ${section}`, make);
      use.namespaces.add(resolveNamespace(route.namespace, options));
      for (const { host } of route.hosts) use.hosts.add(host.id);
    }
  }
  const natives = model.gateways.filter(
    (gateway) => isNativeGateway(gateway, options) && gateway.extra['implied'] !== true && gateway !== chosen.native,
  );
  const isWritten = chosen.native?.extra['implied'] !== true;
  const own = isWritten ? listeners.print(uses) : undefined;
  return [
    ...(own === undefined ? [] : [own]),
    ...natives.flatMap((native) => printNativeGateway(native, uses, context) ?? []),
  ];
}

function printRoute(
  route: LatticeRoute,
  parents: readonly LatticeParent[],
  serviceName: string | undefined,
  joins: boolean,
  options: EmitOptions,
): EmittedResource {
  const namespace = resolveNamespace(route.namespace, options);
  const { 'application-networking.k8s.aws/service-name-override': _own, ...annotations } =
    route.source?.annotations ?? {};
  const override =
    serviceName === undefined ? {} : { 'application-networking.k8s.aws/service-name-override': serviceName };
  const object: Manifest = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: buildMetadata(
      {
        name: route.name,
        namespace: route.namespace,
        labels: route.source?.labels ?? {},
        annotations: { ...annotations, ...override },
        ...servesOf(route, joins),
      },
      options,
    ),
    spec: fields({
      parentRefs: parents.map((parent) =>
        fields({
          name: parent.gateway,
          namespace: parent.namespace === namespace ? undefined : parent.namespace,
          ...printSection(parent.listener, parent.section),
        }),
      ),
      hostnames: listOrNone(route.hostnames),
      rules: route.rules,
    }),
  };
  return {
    object,
    hosts: route.hosts.map(({ host }) => host.id).sort(),
    origin: route.source?.origin ?? route.first.host.origin,
  };
}

/**
 * A route that is not reached under the host of its source, or joins a Gateway that serves hosts of its own, names the
 * virtual hosts that it stands for.
 */
function servesOf({ hosts, hostnames, isNative }: LatticeRoute, joins: boolean): { readonly serves?: string } {
  const [hostname] = hostnames;
  // Without a host name a route is reached by its generated domain; one that was a route of its own keeps its id.
  const isSame = ({ id, host }: VirtualHost) =>
    hostname === undefined ? isNative && /^gateway\/.*@/.test(id) : printHost(host) === hostname;
  const isOwn = hosts.every(({ host }) => host.scope.kind === 'gateway' && isSame(host));
  if (isOwn && (isNative || !joins)) return {};
  return { serves: [...new Set(hosts.map(({ host }) => host.id))].sort().join(' ') };
}

/** The Services that routes of other sources use; those of native routes are checked as they were. */
function usedServices(
  routes: readonly LatticeRoute[],
  parents: ReadonlyMap<LatticeRoute, readonly LatticeParent[]>,
): readonly UsedService[] {
  const used = new Map<string, UsedService & { ports: Set<number>; hosts: Set<string>; overHttp: Set<string> }>();
  for (const route of routes) {
    if (route.isNative) continue;
    const isPlain = (parents.get(route) ?? []).some(({ protocol }) => protocol === 'HTTP');
    for (const target of route.targets.values()) {
      if (target.kind !== 'Service') continue;
      const key = `${target.namespace}/${target.name}`;
      const make = () => ({ target, ports: new Set<number>(), hosts: new Set<string>(), overHttp: new Set<string>() });
      const one = getOrAdd(used, key, make);
      if (target.port !== undefined) one.ports.add(target.port);
      for (const { host } of route.hosts) {
        one.hosts.add(host.id);
        if (isPlain) one.overHttp.add(host.id);
      }
    }
  }
  return [...used].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
