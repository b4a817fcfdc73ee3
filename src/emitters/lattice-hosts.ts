import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { RoutingModel, VirtualHost } from '../ir/model.ts';
import { actionKey } from '../semantics/action-key.ts';
import { describeAction } from '../semantics/describe-action.ts';
import { selectHost, servesHost } from '../semantics/evaluate.ts';
import { listenerBefore } from '../semantics/isolate-listeners.ts';
import { redirectsToHttps } from '../semantics/redirects-to-https.ts';
import { toWitness } from '../semantics/witness.ts';
import type { CollectOnce } from './collect-once.ts';
import { type EmitOptions, printHost } from './emitter.ts';
import type { LegalHost } from './legal-host.ts';
import { latticeHostDiagnostics as d } from './legalize-diagnostics.ts';
import { gatewayName } from './names.ts';

/**
 * The virtual hosts that Lattice is to serve: wildcards replaced by the names that the settings
 * list, and plain listeners left out that only redirect to HTTPS.
 */
export function planLatticeHosts(model: RoutingModel, options: EmitOptions, once: CollectOnce): readonly VirtualHost[] {
  return model.virtualHosts
    .filter((host) => {
      if (!redirectsToHttps(host)) return true;
      const port = host.scope.port ?? 80;
      const request = { method: 'GET', path: '/', headers: {}, query: {} };
      const [rule] = host.rules;
      const before = rule === undefined ? 'status 404' : describeAction(rule.action);
      const witness = toWitness(host, request, before, 'no answer');
      const region = { kind: 'host', id: host.id } as const;
      once.forHost(host.id)(
        d['plain-http-closed']({ host: printHost(host.host), port }, host.origin, { witness, region }),
      );
      return false;
    })
    .flatMap((host) => expandWildcard(host, model, options, once))
    .map((host) => {
      reportListenerBefore(host, model, once);
      return host;
    });
}

/** On Lattice a name is a service, whatever listener its requests came through. */
function reportListenerBefore(host: VirtualHost, model: RoutingModel, once: CollectOnce): void {
  if (host.host.kind === 'any') return;
  const name = host.host.kind === 'exact' ? host.host.name : `x.${host.host.suffix}`;
  const listener = listenerBefore(host, name, model);
  if (listener === undefined) return;
  const args = { host: printHost(host.host), listener };
  once.forHost(host.id)(d['host-behind-another-listener'](args, host.origin));
}

function expandWildcard(
  host: VirtualHost,
  model: RoutingModel,
  options: EmitOptions,
  once: CollectOnce,
): readonly VirtualHost[] {
  if (host.host.kind !== 'suffix') return [host];
  const name = printHost(host.host);
  const names = options.hosts[name]?.expand ?? [];
  const beside = names.length === 0 ? [] : model.virtualHosts.filter((other) => isSameDoor(other, host));
  const expanded = [...new Set(names.map((listed) => listed.toLowerCase()))].flatMap((listed) => {
    if (listed.includes('*') || !servesHost(host.host, listed)) {
      once.forHost(host.id)(d['expansion-outside']({ host: name, listed }, host.origin));
      return [];
    }
    // A more specific host of the source takes the name today, whatever the settings list.
    if (selectHost(beside, listed) !== host) return [];
    return [{ ...host, id: `${host.id}=${listed}`, expands: host.id, host: { kind: 'exact', name: listed } } as const];
  });
  if (expanded.length > 0) return expanded;
  once.forHost(host.id)(d['wildcard-host']({ host: name }, host.origin));
  return [{ ...host, rules: [] }];
}

/** Whether requests come to both hosts at one place, where the most specific of them answers. */
function isSameDoor({ scope: left }: VirtualHost, { scope: right }: VirtualHost): boolean {
  if (left.kind !== 'gateway' || right.kind !== 'gateway') return left.kind === right.kind;
  return left.workload === right.workload && left.port === right.port;
}

/**
 * One name is one Lattice service, whatever ports it listens on: the rules of its ports must be the
 * same, and no other gateway may serve it. A Service of the mesh has one for all its ports and clients.
 */
export function mergeListeners(
  hosts: readonly LegalHost[],
  { gateways }: RoutingModel,
  once: CollectOnce,
): readonly LegalHost[] {
  const first = new Map<string, LegalHost>();
  for (const legal of hosts) {
    const { host, scope } = legal.host;
    if (host.kind === 'any' || (scope.kind === 'mesh' && scope.target === undefined)) continue;
    const name = printHost(host);
    // The same name at a gateway and in the mesh is two routes.
    const key = `${scope.kind} ${name}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, legal);
      continue;
    }
    const sameRules = rulesKey(other) === rulesKey(legal);
    if (proxiesOf(other) === proxiesOf(legal) && sameRules) continue;
    const scopeOf = (one: LegalHost) => describeScope(one.host, gateways);
    const args = { host: name, first: scopeOf(other), second: scopeOf(legal), sameRules };
    const finding = d['host-in-two-scopes'](args, legal.host.origin, { related: otherPlace(other.host, legal.host) });
    once.add({ ...finding, affects: { kind: 'hosts', ids: [other.host.id, legal.host.id] } });
  }
  return hosts;
}

/** Where else a host is served, unless that is the same place. */
export function otherPlace(other: VirtualHost, here: VirtualHost): Diagnostic['related'] {
  const isSame = other.origin.document === here.origin.document && other.origin.field === here.origin.field;
  return isSame ? [] : [{ message: 'the host is also served here', origin: other.origin }];
}

/** The gateway that serves a host; the mesh is one. */
export function proxiesOf({ host: { scope } }: LegalHost): string | undefined {
  return scope.kind === 'gateway' ? scope.workload : undefined;
}

export function rulesKey({ rules }: LegalHost): string {
  return JSON.stringify(rules.map(({ matches, action }) => [matches, actionKey(action)]));
}

/** Where a host is served, in words. */
export function describeScope({ scope }: VirtualHost, gateways: RoutingModel['gateways']): string {
  if (scope.kind === 'mesh') {
    const port = scope.port === undefined ? '' : ` on port ${scope.port}`;
    return `the mesh${port}${scope.clients.kind === 'all' ? '' : ` for clients of namespace ${scope.clients.namespace}`}`;
  }
  const ids = new Set(scope.listeners.map(({ gateway }) => gateway));
  const names = gateways
    .filter(({ id }) => ids.has(id))
    .map(gatewayName)
    .sort();
  return `${names.length === 1 ? 'Gateway' : 'the Gateways'} ${names.join(', ')} on port ${scope.port}`;
}
