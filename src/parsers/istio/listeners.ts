import type { Affects, Report } from '../../diagnostics/diagnostic.ts';
import type { Gateway, Listener } from '../../ir/model.ts';
import { kindOfHost } from '../host-name.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import type { GatewayDraft, ServerDraft, ServerHost } from './gateway-fields.ts';
import { type GatewayPods, workloadOf } from './gateway-pods.ts';
import { toHostPattern } from './hosts.ts';

/** A host of a server that is translated, with the listener that it became. */
export interface ServedHost {
  readonly gateway: GatewayDraft;
  readonly server: ServerDraft;
  readonly host: ServerHost;
  readonly listener: Listener;
  readonly workload: string;
}

/** A Gateway in the words of the model, and which listener each host of its servers became. */
export interface BuiltGateway {
  readonly draft: GatewayDraft;
  readonly pods: GatewayPods;
  readonly gateway: Gateway;
  readonly served: readonly ServedHost[];
}

const HTTP_PROTOCOLS = new Set(['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB']);
const TERMINATED = new Set(['SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL', 'OPTIONAL_MUTUAL']);

/** Protocols by port of one workload: Istio drops a server that wants another one. */
export type PortProtocols = Map<string, 'HTTP' | 'HTTPS'>;

/** Builds the listeners of a Gateway: one for each host of each server that speaks HTTP here. */
export function buildGateway(
  draft: GatewayDraft,
  pods: GatewayPods,
  protocols: PortProtocols,
  report: Report,
): BuiltGateway {
  const workload = workloadOf(draft.selector);
  const names = new Set<string>();
  const served: ServedHost[] = [];
  for (const server of draft.servers) {
    if (!hasPort(server, report)) continue;
    const protocol = speaks(server, report);
    if (protocol === undefined || isInConflict(server, protocol, workload, protocols, report)) continue;
    for (const [index, host] of server.hosts.entries()) {
      if (server.hosts.findIndex((other) => other.host === host.host) < index) {
        const first = served.find((one) => one.server === server && one.host.host === host.host);
        if (first !== undefined) served.push({ ...first, host });
        continue;
      }
      const kind = kindOfHost(host.host);
      if (kind !== 'name') {
        const affects = { kind: 'hostnames', names: [host.host] } as const;
        if (kind === 'none') report(d['host-not-a-name']({ host: host.host }, host.origin, { affects }));
        continue;
      }
      const name = nameListener(server, index, host, names);
      const listener = toListener(name, server, protocol, host, pods, report);
      served.push({ gateway: draft, server, host, listener, workload });
    }
  }
  const gateway: Gateway = {
    id: draft.id,
    ...(draft.source.namespace === undefined ? {} : { namespace: draft.source.namespace }),
    name: draft.name,
    className: 'istio',
    workload,
    exposure: pods.exposure,
    listeners: [...new Set(served.map(({ listener }) => listener))],
    source: draft.source,
    extra: {},
    origin: draft.source.origin,
  };
  return { draft, pods, gateway, served };
}

function hostsOf({ hosts }: ServerDraft): Affects {
  return { kind: 'hostnames', names: [...new Set(hosts.map(({ host }) => host))] };
}

/** The schema of Gateway takes any number, Istio and a listener of another gateway do not. */
function hasPort(server: ServerDraft, report: Report): boolean {
  const { port, origin } = server;
  if (port >= 1 && port <= 65_535) return true;
  const args = { field: 'port.number', value: String(port), want: 'a port between 1 and 65535' };
  report(d['invalid-value'](args, origin.at('port', 'number'), { affects: hostsOf(server) }));
  return false;
}

function speaks(server: ServerDraft, report: Report): 'HTTP' | 'HTTPS' | undefined {
  const { protocol, tls, origin } = server;
  if (HTTP_PROTOCOLS.has(protocol)) return 'HTTP';
  const mode = tls?.value.mode;
  if (protocol === 'HTTPS' && mode !== undefined && TERMINATED.has(mode)) return 'HTTPS';
  const what = mode === undefined ? `protocol ${protocol}` : `protocol ${protocol} with tls.mode ${mode}`;
  report(d['server-not-translated']({ what }, origin, { affects: hostsOf(server) }));
  return undefined;
}

function isInConflict(
  server: ServerDraft,
  protocol: 'HTTP' | 'HTTPS',
  workload: string,
  protocols: PortProtocols,
  report: Report,
): boolean {
  const key = `${workload}:${server.port}`;
  const other = protocols.get(key) ?? protocol;
  protocols.set(key, other);
  if (other === protocol) return false;
  const args = { port: server.port, protocol, other };
  report(d['server-conflict'](args, server.origin.at('port'), { affects: hostsOf(server) }));
  return true;
}

function toListener(
  name: string,
  server: ServerDraft,
  protocol: 'HTTP' | 'HTTPS',
  { host, origin }: ServerHost,
  pods: GatewayPods,
  report: Report,
): Listener {
  const certificates = server.tls?.value.certificates ?? [];
  if (protocol === 'HTTPS' && certificates.length === 0) {
    report(d['certificate-in-files']({}, server.tls?.origin ?? server.origin, { affects: hostsOf(server) }));
  }
  return {
    name,
    port: server.port,
    protocol,
    host: toHostPattern(host),
    // Istio reads Secrets in the namespace of the gateway pods, not in that of the Gateway.
    ...(protocol === 'HTTPS'
      ? { tls: { certificates: certificates.map((one) => ({ namespace: pods.namespace, name: one })), options: {} } }
      : {}),
    httpsRedirect: server.tls?.value.httpsRedirect !== undefined,
    origin,
  };
}

/** The port's name for the first host of a server, the host behind it for further ones; a label of DNS. */
function nameListener(server: ServerDraft, index: number, { host }: ServerHost, taken: Set<string>): string {
  const base = slug(server.portName) || `port-${server.port}`;
  const wanted = index === 0 ? base : `${base}-${slug(host.replace('*', 'any')) || 'any'}`;
  const candidates = [wanted, `${wanted}-${server.port}`];
  for (let count = 2; candidates.every((name) => taken.has(cut(name))); count++) candidates.push(`${wanted}-${count}`);
  const name = cut(candidates.find((one) => !taken.has(cut(one))) ?? wanted);
  taken.add(name);
  return name;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** At most 63 characters, the end kept, since that is where names differ. */
function cut(name: string): string {
  return name.length <= 63 ? name : `${name.slice(0, 20)}-${name.slice(-42)}`.replace(/-+/g, '-');
}
