import type { RoutingModel, VirtualHost } from '../../ir/model.ts';
import { actionKey } from '../../semantics/action-key.ts';
import { describeAction, toWitness } from '../../semantics/witness.ts';
import type { CollectOnce } from '../collect-once.ts';
import { type EmitOptions, printHost } from '../emitter.ts';
import type { LegalHost } from '../legal-host.ts';
import { latticeHostDiagnostics as d } from './legalize-diagnostics.ts';

/**
 * The virtual hosts that Lattice is to serve: wildcards replaced by the names that the settings
 * list, and plain listeners left out that only redirect to HTTPS.
 */
export function planLatticeHosts(model: RoutingModel, options: EmitOptions, once: CollectOnce): readonly VirtualHost[] {
  return model.virtualHosts
    .filter((host) => {
      if (!isRedirectToHttps(host)) return true;
      const port = host.scope.port ?? 80;
      const request = { method: 'GET', path: '/', headers: {}, query: {} };
      const [rule] = host.rules;
      const before = rule === undefined ? 'status 404' : describeAction(rule.action);
      const witness = toWitness(host, request, before, 'no answer');
      once.forHost(host.id)(d['plain-http-closed']({ host: printHost(host.host), port }, host.origin, { witness }));
      return false;
    })
    .flatMap((host) => expandWildcard(host, options, once));
}

/** Whether the host answers every request with a redirect to https on the same name and path. */
function isRedirectToHttps({ scope, rules }: VirtualHost): boolean {
  return (
    scope.kind === 'gateway' &&
    scope.protocol === 'HTTP' &&
    rules.length > 0 &&
    rules.every(
      ({ action }) =>
        action.kind === 'redirect' &&
        action.scheme === 'https' &&
        action.host === undefined &&
        action.path === undefined,
    )
  );
}

function expandWildcard(host: VirtualHost, options: EmitOptions, once: CollectOnce): readonly VirtualHost[] {
  if (host.host.kind !== 'suffix') return [host];
  const name = printHost(host.host);
  const names = options.hosts[name]?.expand;
  if (names === undefined || names.length === 0) {
    once.forHost(host.id)(d['wildcard-host']({ host: name }, host.origin));
    return [{ ...host, rules: [] }];
  }
  return names.map((expanded) => ({
    ...host,
    id: `${host.id}=${expanded}`,
    expands: host.id,
    host: { kind: 'exact', name: expanded },
  }));
}

/**
 * One name is one Lattice service, whatever ports it listens on: the rules of its ports must be the
 * same, and no other gateway may serve it.
 */
export function mergeListeners(hosts: readonly LegalHost[], once: CollectOnce): readonly LegalHost[] {
  const first = new Map<string, LegalHost>();
  for (const legal of hosts) {
    const { host, scope } = legal.host;
    if (scope.kind !== 'gateway' || host.kind === 'any') continue;
    const name = printHost(host);
    const other = first.get(name);
    if (other === undefined) {
      first.set(name, legal);
      continue;
    }
    const same =
      other.host.scope.kind === 'gateway' &&
      other.host.scope.workload === scope.workload &&
      rulesKey(other) === rulesKey(legal);
    if (same) continue;
    const related = [{ message: 'the host is also served here', origin: other.host.origin }];
    const finding = d['host-in-two-scopes']({ host: name, first: describeScope(other.host) }, legal.host.origin, {
      related,
    });
    once.add({ ...finding, affects: { kind: 'hosts', ids: [other.host.id, legal.host.id] } });
  }
  return hosts;
}

function rulesKey({ rules }: LegalHost): string {
  return JSON.stringify(rules.map(({ matches, action }) => [matches, actionKey(action)]));
}

/** Where a host is served, in words. */
export function describeScope({ scope }: VirtualHost): string {
  if (scope.kind !== 'gateway') return 'the mesh';
  const gateways = [...new Set(scope.listeners.map(({ gateway }) => gateway))].sort();
  return `${gateways.length === 1 ? 'Gateway' : 'the Gateways'} ${gateways.join(', ')} on port ${scope.port}`;
}
