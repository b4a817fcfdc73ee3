import type { Report } from '../../diagnostics/diagnostic.ts';
import type { RoutingModel, SourceObject, VirtualHost } from '../../ir/model.ts';
import { type EmitOptions, type EmitResult, type EmittedResource, printHost } from '../emitter.ts';
import type { LegalHost, LegalRule } from '../legal-host.ts';
import { fields, getOrAdd, groupBy, listOrNone, type Manifest } from '../manifest.ts';
import { fitName, MAX_NAME, slug } from '../names.ts';
import { resolveNamespace, writtenNamespace } from '../namespaces.ts';
import { staysOnLattice } from '../native-gateway.ts';
import { checkControllerClass } from './controller-class.ts';
import { gatewayApiDiagnostics } from './diagnostics.ts';
import { type EmitContext, openContext } from './emit-context.ts';
import { reportExternalNames } from './external-names.ts';
import { finishResources } from './finish-resources.ts';
import { groupRoutes, type RouteGroup, type RouteParent, type RouteUnit } from './group-routes.ts';
import { hostnameOf, printSection } from './listener-parts.ts';
import { reportMeshClients } from './mesh-clients.ts';
import { buildMetadata, sourceKey } from './metadata.ts';
import {
  classSuffix,
  type GatewayPlan,
  type GatewayUses,
  isGatewayApi,
  type ListenerUse,
  planGateways,
  printGateways,
} from './plan-gateways.ts';
import { printCarried } from './print-carried.ts';
import { type PrintedRule, printRule, type RulePlace } from './print-rule.ts';
import { ReferenceGrants } from './reference-grants.ts';
import { splitRules } from './split-rules.ts';
import { reportUnusedGateways } from './unused-gateways.ts';

/** A listener or Service, with how it is printed. */
interface StandardParent extends RouteParent {
  readonly ref: Manifest;
  readonly use?: { readonly gateway: string; readonly section: string };
}

/** Writes the objects of the profile `standard`: one Gateway for each gateway, routes by object and host. */
export function assembleStandard(
  hosts: readonly LegalHost[],
  model: RoutingModel,
  options: EmitOptions,
  report: Report,
): EmitResult {
  const context = openContext(hosts, model, options);
  const { findings } = context;
  const plans = planGateways(context);
  reportUnusedGateways(hosts, context, ({ source }) => isGatewayApi(source));
  const grants = new ReferenceGrants(model.facts.grants);
  const uses: GatewayUses = new Map();
  reportMeshClients(hosts, context);
  reportExternalNames(hosts, context);
  const units: RouteUnit<StandardParent>[] = [];
  for (const legal of hosts) for (const unit of unitsOf(legal, plans, context)) units.push(unit);
  const written = units.filter(({ host }) => !findings.hasFailed(host));
  const routes: EmittedResource[] = [];
  for (const ofSource of groupBy(written, ({ source }) => sourceKey(source)).values()) {
    const [first] = ofSource;
    const suffix = first === undefined ? '' : suffixOf(first, plans, options);
    for (const group of groupRoutes(ofSource, suffix)) routes.push(...printRoutes(group, plans, uses, grants, context));
  }
  const resources = [
    ...printGateways(plans, uses, context, grants),
    ...routes,
    ...context.backends.resources((host) => !findings.hasFailed(host)),
    ...grants.resources(options),
    ...printCarried(model.carried, options),
  ];
  const finished = finishResources(resources, options, findings);
  findings.flush(report);
  return { resources: finished, clientChanges: [], limits: [], prerequisites: prerequisites(plans, uses, finished) };
}

function unitsOf(
  legal: LegalHost,
  plans: ReadonlyMap<string, GatewayPlan>,
  context: EmitContext,
): readonly RouteUnit<StandardParent>[] {
  const { host, rules } = legal;
  const { scope, id } = host;
  if (scope.kind === 'mesh' && scope.target === undefined) {
    context.findings.add(
      gatewayApiDiagnostics['mesh-host-without-service'],
      { host: printHost(host.host) },
      host.origin,
      [id],
    );
    return [];
  }
  return ofEachSource(rules).map((own) => toUnit(own, host, plans, context));
}

/** Rules that one object gives; none of the lists is empty. */
type OwnRules = readonly [LegalRule, ...LegalRule[]];

function ofEachSource(rules: readonly LegalRule[]): readonly OwnRules[] {
  const [first, ...others] = rules;
  if (first === undefined) return [];
  if (others.every(({ source }) => source === first.source)) return [[first, ...others]];
  return [...groupBy(rules, ({ source }) => sourceKey(source)).values()].flatMap(([head, ...tail]) =>
    head === undefined ? [] : [[head, ...tail]],
  );
}

function toUnit(
  own: OwnRules,
  { id, host, scope }: VirtualHost,
  plans: ReadonlyMap<string, GatewayPlan>,
  context: EmitContext,
): RouteUnit<StandardParent> {
  const { options } = context;
  const [{ source, hostIndex }] = own;
  const namespace = routeNamespace(source, scope, options);
  const place = { host: id, scope, namespace: resolveNamespace(namespace, options) };
  return {
    host: id,
    source,
    hostIndex,
    namespace,
    hostname: scope.kind === 'mesh' ? undefined : hostnameOf(host),
    hostLabel: slug(scope.kind === 'mesh' ? (scope.target?.service ?? '') : printHost(host)),
    rules: printUnit(own, place, context),
    parents: parentsOf(scope, place.namespace, plans, options),
  };
}

function printUnit(own: OwnRules, place: RulePlace, context: EmitContext): readonly PrintedRule[] {
  const printed: PrintedRule[] = [];
  for (const rule of own) printed.push(...printRule(rule, place, context));
  return printed;
}

/** Routes stand beside their source; those of a mesh where their clients make them apply. */
function routeNamespace(source: SourceObject, scope: VirtualHost['scope'], options: EmitOptions): string | undefined {
  if (scope.kind === 'gateway') return source.namespace;
  const { clients, target } = scope;
  const namespace = clients.kind === 'namespace' ? clients.namespace : target?.namespace;
  return namespace === undefined ? undefined : writtenNamespace(namespace, source.namespace, options);
}

function parentsOf(
  scope: VirtualHost['scope'],
  namespace: string,
  plans: ReadonlyMap<string, GatewayPlan>,
  options: EmitOptions,
): readonly StandardParent[] {
  if (scope.kind === 'mesh') {
    const { target, port } = scope;
    if (target === undefined) return [];
    const ref = fields({
      group: '',
      kind: 'Service',
      name: target.service,
      namespace: target.namespace === namespace ? undefined : target.namespace,
      port,
    });
    const label = `${target.service}-${target.namespace}`;
    const key = `service ${target.namespace}/${target.service} ${port ?? ''}`;
    return [{ key, port, isMesh: true, standsAlone: true, label, ref }];
  }
  const parents = scope.listeners.flatMap(({ gateway, listener }): readonly StandardParent[] => {
    const plan = plans.get(gateway);
    if (plan === undefined) return [];
    const section = plan.sections.get(listener) ?? listener;
    const of = resolveNamespace(plan.namespace, options);
    const printedSection = printSection(
      plan.gateway.listeners.find((one) => one.name === listener),
      section,
    );
    const ref = fields({
      name: plan.name,
      namespace: of === namespace ? undefined : of,
      ...printedSection,
    });
    const key = `gateway ${of}/${plan.name} ${section}`;
    const standsAlone = printedSection['sectionName'] === undefined;
    const label = `${plan.name}-${of}`;
    return [{ key, port: scope.port, isMesh: false, standsAlone, label, ref, use: { gateway, section } }];
  });
  if (parents.length < 2) return parents;
  // Several listeners of the source may have become one.
  return [...new Map(parents.map((parent) => [parent.key, parent])).values()];
}

/** The class of the gateway decides; a route of a mesh has none to change. */
function suffixOf(
  { source, parents }: RouteUnit<StandardParent>,
  plans: ReadonlyMap<string, GatewayPlan>,
  options: EmitOptions,
): string {
  const plan = plans.get(parents[0]?.use?.gateway ?? '');
  return plan === undefined ? '' : classSuffix(source, plan.gateway.className, options);
}

function leaves(plan: GatewayPlan | undefined): boolean {
  return plan !== undefined && !staysOnLattice(plan.gateway, plan.className);
}

function printRoutes(
  group: RouteGroup<StandardParent>,
  plans: ReadonlyMap<string, GatewayPlan>,
  uses: GatewayUses,
  grants: ReferenceGrants,
  { findings, options }: EmitContext,
): readonly EmittedResource[] {
  const { source, hosts, rules, parents } = group;
  const split = splitRules(rules);
  if (split.kind === 'too-many') {
    const { path, count, printed } = split.ties;
    findings.add(gatewayApiDiagnostics['too-many-rules'], { path, count }, printed.rule.origin, hosts);
    return [];
  }
  for (const { use } of parents) checkControllerClass(plans.get(use?.gateway ?? ''), split.routes, hosts, findings);
  const namespace = resolveNamespace(group.namespace, options);
  for (const { use } of parents) {
    if (use === undefined) continue;
    const sections = getOrAdd(uses, use.gateway, () => new Map<string, ListenerUse>());
    const { namespaces, hosts: ids } = getOrAdd(sections, use.section, () => ({
      namespaces: new Set(),
      hosts: new Set(),
    }));
    namespaces.add(namespace);
    for (const host of hosts) ids.add(host);
  }
  for (const { targets, rule } of rules) {
    for (const { kind, name, namespace: of } of targets) {
      if (of === namespace) continue;
      const to = { group: kind === 'Service' ? '' : 'application-networking.k8s.aws', kind, namespace: of, name };
      grants.need({ from: { kind: 'HTTPRoute', namespace }, to }, hosts, rule.origin);
    }
  }
  const leavesLattice = parents.some(({ use }) => leaves(plans.get(use?.gateway ?? '')));
  return split.routes.map((part, index) => {
    const number = index === 0 ? '' : `-${index + 1}`;
    // The name of the object itself stays whatever its length; what is added to it is kept short.
    const name =
      group.name === source.name && number === ''
        ? group.name
        : fitName(`${group.name}${number}`, Math.max(MAX_NAME, source.name.length));
    const object = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: buildMetadata(
        { ...source, name, namespace: group.namespace, leavesLattice, ...servesOf(hosts) },
        options,
      ),
      spec: fields({
        parentRefs: parents.map(({ ref }) => ref),
        hostnames: listOrNone(group.hostnames),
        rules: part,
      }),
    };
    return { object, hosts, origin: source.origin };
  });
}

/** Routes of Lattice without a host name were services of their own, which their hosts no longer show. */
function servesOf(hosts: readonly string[]): { readonly serves?: string } {
  const nameless = hosts.filter((id) => /^gateway\/.*\/\*@|:\d+@[^/]+$/.test(id));
  return nameless.length === 0 ? {} : { serves: nameless.join(' ') };
}

function prerequisites(
  plans: ReadonlyMap<string, GatewayPlan>,
  uses: GatewayUses,
  resources: readonly EmittedResource[],
): readonly string[] {
  const used = [...plans.values()].filter(({ gateway }) => uses.has(gateway.id));
  const classes = [...new Set(used.map(({ className }) => className))].filter((name) => name !== '').sort();
  const implied = used.filter(({ isImplied }) => isImplied);
  const hasRoutes = resources.some(({ object }) => object['kind'] === 'HTTPRoute');
  return [
    ...(hasRoutes ? ['The Gateway API CRDs, version 1.5 or newer, are installed in the cluster.'] : []),
    ...classes.map((name) => `A GatewayClass named ${name} exists, and its controller supports HTTPRoute.`),
    ...used
      .filter(({ gateway, isImplied }) => !isImplied && !isGatewayApi(gateway.source))
      .map(
        ({ name }) => `Clients reach the new Gateway ${name}: it gets an address of its own, to which DNS must move.`,
      ),
    ...implied.map(
      ({ name, namespace }) =>
        `The Gateway ${namespace === undefined ? '' : `${namespace}/`}${name} exists; it is not in the input.`,
    ),
  ];
}
