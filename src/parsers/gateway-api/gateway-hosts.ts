import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import { NO_HEADER_OPS, type Respond } from '../../ir/actions.ts';
import type { GatewayScope, HostPattern, VirtualHost } from '../../ir/model.ts';
import { HostIndexes } from '../host-indexes.ts';
import { sortByAge } from './age.ts';
import type { Attachment } from './attachments.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import type { RouteDraft } from './draft.ts';
import type { BuiltGateway } from './gateways.ts';
import { printPattern, toHostPattern } from './host-patterns.ts';
import type { Rules } from './rules.ts';

interface Entry {
  readonly route: RouteDraft;
  readonly hostIndex: number;
  readonly listeners: Set<string>;
  /** Of its hostnames that come to this host, the most specific one's. */
  length: number;
}

interface HostDraft {
  readonly id: string;
  readonly built: BuiltGateway;
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly host: HostPattern;
  readonly entries: Map<RouteDraft, Entry>;
  /** The listeners, in the order of their gateway. */
  readonly listeners: Set<string>;
}

/**
 * The virtual hosts of the gateways. By the specification the routes of one listener share its hosts; the AWS controller
 * gives each route a service of its own, under the first of its hostnames.
 */
export function buildGatewayHosts(
  attachments: readonly Attachment[],
  rules: Rules,
  report: Report,
): readonly VirtualHost[] {
  const indexes = new HostIndexes<RouteDraft>(({ hostnames }) => hostnames.length);
  const drafts = new Map<string, HostDraft>();
  for (const attachment of attachments) {
    for (const { host, position, length } of servedHosts(attachment, report)) {
      const { route, listener } = attachment;
      const draft = openHost(drafts, attachment, host);
      const hostIndex = indexes.of(route, printPattern(host), position);
      let entry = draft.entries.get(route);
      if (entry === undefined) {
        entry = { route, hostIndex, listeners: new Set(), length };
        draft.entries.set(route, entry);
      }
      entry.length = Math.max(entry.length, length);
      entry.listeners.add(listener.name);
      draft.listeners.add(listener.name);
    }
  }
  return [...drafts.values()].map((draft) => buildHost(draft, rules, report));
}

function servedHosts({ route, built, hosts }: Attachment, report: Report): Attachment['hosts'] {
  if (built.reading === 'specification') return hosts;
  // The listener's own host decides only whether a route attaches.
  const [first, second] = route.hostnames;
  if (first === undefined) return [{ host: { kind: 'any' }, position: 0, length: 0 }];
  if (second !== undefined) {
    const names = route.hostnames.slice(1).map(({ value }) => value);
    report(d['controller-ignores-hostnames']({ first: first.value, others: names }, second.origin));
  }
  return [{ host: toHostPattern(first.value), position: 0, length: 0 }];
}

function openHost(
  drafts: Map<string, HostDraft>,
  { built, listener, route }: Attachment,
  host: HostPattern,
): HostDraft {
  const own = built.reading === 'lattice' ? `@${route.namespace}/${route.name}` : '';
  const id = `${built.gateway.id}:${listener.port}/${printPattern(host)}${own}`;
  const known = drafts.get(id);
  if (known !== undefined) return known;
  const { port, protocol } = listener;
  const draft: HostDraft = { id, built, port, protocol, host, entries: new Map(), listeners: new Set() };
  drafts.set(id, draft);
  return draft;
}

function buildHost(
  { id, built, port, protocol, host, entries, listeners }: HostDraft,
  rules: Rules,
  report: Report,
): VirtualHost {
  const { gateway, reading } = built;
  const sorted = sortByAge([...entries.keys()]);
  const lengths = new Set([...entries.values()].map(({ length }) => length));
  const own = sorted.flatMap((route) => {
    const { hostIndex, listeners: some, length } = entries.get(route) ?? { hostIndex: 0, listeners, length: 0 };
    const built = rules.of(route, reading, hostIndex);
    if (some.size === listeners.size && lengths.size === 1) return built;
    const behind = some.size === listeners.size ? {} : { listeners: [...some] };
    return built.map((rule) => ({ ...rule, ...behind, ...(lengths.size === 1 ? {} : { hostLength: length }) }));
  });
  const origin = sorted[0]?.source.origin ?? gateway.origin;
  const scope: GatewayScope = {
    kind: 'gateway',
    workload: gateway.workload,
    port,
    protocol,
    listeners: gateway.listeners
      .filter(({ name, port: at }) => at === port && listeners.has(name))
      .map(({ name }) => ({ gateway: gateway.id, listener: name })),
  };
  const virtualHost: VirtualHost = {
    id,
    scope,
    host,
    order: { kind: reading === 'lattice' ? 'first-match' : 'gateway-api' },
    rules: own,
    otherwise: notFound(origin),
    origin,
  };
  if (reading === 'specification') {
    reportIsolation(virtualHost, [...entries.values()], report);
    if (built.allowed === undefined) reportRedirectPort(virtualHost, [...entries.values()], report);
  }
  return virtualHost;
}

/** What a request meets that no rule takes. */
export function notFound(origin: Origin): Respond {
  return { kind: 'respond', status: 404, responseHeaders: NO_HEADER_OPS, origin };
}

/** Listeners of one port that both take a host: whether the less specific one does is up to the implementation. */
function reportIsolation({ id, host }: VirtualHost, entries: readonly Entry[], report: Report): void {
  const [first, ...others] = entries;
  if (first === undefined) return;
  const listenersOf = ({ listeners }: Entry) => [...listeners].sort().join(', ');
  for (const entry of others) {
    if (listenersOf(entry) === listenersOf(first)) continue;
    const args = { host: printPattern(host), listeners: [listenersOf(first), listenersOf(entry)] };
    const related = [{ message: 'the other route', origin: first.route.source.origin }];
    const affects = { kind: 'hosts', ids: [id] } as const;
    report(d['host-on-two-listeners'](args, entry.route.source.origin, { related, affects }));
  }
}

/** A listener that is not in the input has a port only where a parentRef names one. */
function reportRedirectPort({ id, rules, scope }: VirtualHost, entries: readonly Entry[], report: Report): void {
  const { port = 0 } = scope;
  if (entries.every(({ route }) => route.parents.some((parent) => parent.port === port))) return;
  for (const { action } of rules) {
    if (action.kind !== 'redirect' || action.port.kind !== 'listener') continue;
    report(d['redirect-port-unknown']({ port }, action.origin, { affects: { kind: 'hosts', ids: [id] } }));
  }
}
