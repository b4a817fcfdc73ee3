import type { Origin } from '../../diagnostics/origin.ts';
import type { Gateway, VirtualHost } from '../../ir/model.ts';
import { calledPorts } from '../called-ports.ts';
import { type HostSettings, printHost } from '../emitter.ts';
import { settingsOf } from '../host-settings.ts';
import type { LegalHost } from '../legal-host.ts';
import { latticeHostDiagnostics } from '../legalize-diagnostics.ts';
import { compareText, getOrAdd, groupBy } from '../manifest.ts';
import { resolveNamespace } from '../namespaces.ts';
import { checkCertificates } from './check-certificates.ts';
import { type LatticeContext, regionOf, settingsPlaceOfHost } from './context.ts';
import { latticeApiDiagnostics as d } from './diagnostics.ts';
import { serviceName } from './names.ts';
import { answersWithoutRules, serviceKeyOf } from './service-key.ts';
import { settingsOfLatticeDiagnostics as s } from './settings-diagnostics.ts';

/** One Lattice service: one host name on all its ports. */
export interface ServicePlan {
  readonly name: string;
  /** Its custom domain; absent for what is reached by the generated one. */
  readonly domain: string | undefined;
  readonly settings: HostSettings;
  /** The host by which the settings know it. */
  readonly host: VirtualHost;
  readonly certificateArn: string | undefined;
  /** By port. */
  readonly listeners: readonly ListenerPlan[];
  readonly ids: readonly string[];
  readonly origin: Origin;
  /** For people: the host of the source. */
  readonly title: string;
}

export interface ListenerPlan {
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly legal: LegalHost;
  readonly ids: readonly string[];
}

/** The services of the hosts that answer something, by name. */
export function planServices(hosts: readonly LegalHost[], context: LatticeContext): readonly ServicePlan[] {
  const served = hosts.filter(({ host, rules }) => rules.length > 0 || answersWithoutRules(host));
  const plans = [...groupBy(served, ({ host }) => serviceKeyOf(host)).values()].map((group) => planOne(group, context));
  reportTaken(plans, context);
  checkCertificates(plans, context);
  const known = plans.filter(({ ids }) => !ids.some((id) => context.findings.hasFailed(id)));
  return known.sort((a, b) => compareText(a.name, b.name));
}

function planOne(group: readonly LegalHost[], context: LatticeContext): ServicePlan {
  const [first] = group;
  if (first === undefined) throw new Error('a group of hosts is never empty');
  const { host } = first;
  const settings = settingsOf(host, context.options);
  const domain = settings.customDomain?.toLowerCase() ?? ownDomain(host);
  const listeners = planListeners(group, context);
  const certificateArn = settings.certificateArn ?? certificateOf(group, context.gateways);
  const ids = group.map((one) => one.host.id).sort();
  if (domain !== undefined && certificateArn === undefined && listeners.some(({ protocol }) => protocol === 'HTTPS')) {
    const args = { host: printHost(host.host), region: regionOf(context) };
    context.findings.add(d['certificate-needed'], args, host.origin, ids);
  }
  return {
    name: settings.serviceName ?? serviceName(nameOf(first, context)),
    domain,
    settings,
    host,
    certificateArn,
    listeners,
    ids,
    origin: host.origin,
    title: domain ?? nameOf(first, context),
  };
}

/** A Service of the mesh answers to its generated domain, unless the settings give it a name. */
function ownDomain({ host, scope }: VirtualHost): string | undefined {
  if (scope.kind === 'mesh' && scope.target !== undefined) return undefined;
  return host.kind === 'exact' ? host.name : undefined;
}

/** What the service is named after: its host, its Kubernetes Service, or the object that wrote its rules. */
function nameOf({ host: { host, scope }, rules }: LegalHost, { options }: LatticeContext): string {
  if (scope.kind === 'mesh' && scope.target !== undefined) return `${scope.target.service}.${scope.target.namespace}`;
  if (host.kind !== 'any') return printHost(host);
  const names = rules.map(({ source }) => `${source.name}.${resolveNamespace(source.namespace, options)}`);
  return names.sort(compareText)[0] ?? 'any';
}

function planListeners(group: readonly LegalHost[], { model, findings }: LatticeContext): readonly ListenerPlan[] {
  const byPort = new Map<number, ListenerPlan & { readonly ids: string[] }>();
  for (const legal of group) {
    const { host } = legal;
    const protocol = host.scope.kind === 'gateway' ? host.scope.protocol : 'HTTP';
    for (const port of calledPorts(host, model.facts, findings))
      getOrAdd(byPort, port, () => ({ port, protocol, legal, ids: [] as string[] })).ids.push(host.id);
  }
  return [...byPort.values()].sort((a, b) => a.port - b.port);
}

const CERTIFICATE = 'application-networking.k8s.aws/certificate-arn';

/** A listener of a Gateway that the AWS controller runs may name its certificate. */
function certificateOf(group: readonly LegalHost[], gateways: ReadonlyMap<string, Gateway>): string | undefined {
  for (const { host } of group) {
    for (const { gateway, listener } of host.scope.kind === 'gateway' ? host.scope.listeners : []) {
      const found = gateways.get(gateway)?.listeners.find(({ name }) => name === listener)?.tls?.options[CERTIFICATE];
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Names of services are unique in an account, custom domains in a network. */
function reportTaken(plans: readonly ServicePlan[], context: LatticeContext): void {
  const { findings, model } = context;
  for (const [name, same] of groupBy(plans, (plan) => plan.name)) {
    if (same.length < 2) continue;
    const args = { name, hosts: same.map(({ host }) => printHost(host.host)).sort(compareText) };
    findings.add(
      d['service-name-taken'],
      args,
      same[0]?.origin,
      same.flatMap(({ ids }) => ids),
    );
  }
  for (const [domain, same] of groupBy(plans, (plan) => plan.domain)) {
    const [first, second] = same;
    if (domain === undefined || first === undefined || second === undefined) continue;
    const given = same.find(({ settings }) => settings.customDomain !== undefined);
    if (given !== undefined) {
      const hosts = same.map(({ host }) => printHost(host.host));
      const place = settingsPlaceOfHost(given.host, 'customDomain', context);
      const ids = same.flatMap((plan) => plan.ids);
      findings.add(s['custom-domain-taken'], { domain, hosts: hosts.sort(compareText) }, place ?? given.origin, ids);
      continue;
    }
    const [one, other] = [first, second].map(({ listeners }) => placeOf(listeners, model.gateways));
    findings.add(
      latticeHostDiagnostics['host-in-two-scopes'],
      { host: domain, first: one ?? '', second: other ?? '' },
      second.origin,
      same.flatMap(({ ids }) => ids),
    );
  }
}

function placeOf([listener]: readonly ListenerPlan[], gateways: readonly Gateway[]): string {
  const scope = listener?.legal.host.scope;
  if (scope?.kind !== 'gateway') return 'the mesh';
  const names = gateways.filter(({ id }) => scope.listeners.some(({ gateway }) => gateway === id));
  return `Gateway ${names.map(({ name }) => name).join(', ')}`;
}
