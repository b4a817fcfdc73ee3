import type { Report } from '../../diagnostics/diagnostic.ts';
import type { ClusterFacts } from '../../ir/facts.ts';
import type { HostPattern, Listener } from '../../ir/model.ts';
import { admit } from './allowed-routes.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import type { GatewayDraft, ParentDraft, RouteDraft } from './draft.ts';
import type { BuiltGateway } from './gateways.ts';
import { intersectHosts, toHostPattern } from './host-patterns.ts';
import type { ImpliedGateways } from './implied-gateways.ts';

/** A host that a route serves at a listener. */
interface ServedHost {
  readonly host: HostPattern;
  /** The place of the hostname in the route's list; 0 where it has none. */
  readonly position: number;
  /** How specific the hostname is as the route writes it. */
  readonly length: number;
}

/** A listener that a route attaches to, with the hosts that it serves there. */
export interface Attachment {
  readonly route: RouteDraft;
  readonly built: BuiltGateway;
  readonly listener: Listener;
  readonly hosts: readonly ServedHost[];
}

/** What attaching looks at. */
export interface AttachContext {
  /** By `namespace/name`. */
  readonly gateways: ReadonlyMap<string, { readonly built: BuiltGateway; readonly draft: GatewayDraft }>;
  readonly implied: ImpliedGateways;
  readonly facts: ClusterFacts;
  readonly report: Report;
}

/** Attaches a route to the listeners that one of its parentRefs of kind Gateway names. */
export function attach(route: RouteDraft, parent: ParentDraft, context: AttachContext): readonly Attachment[] {
  const key = `${parent.namespace ?? route.namespace}/${parent.name}`;
  const known = context.gateways.get(key);
  if (known === undefined) {
    const { built, listener } = context.implied.attach(parent, route);
    return [{ route, built, listener, hosts: hostsOn(route, listener) }];
  }
  const { built, draft } = known;
  const refuse = (reason: string) => {
    context.report(
      d['route-not-attached']({ gateway: key, reason }, parent.origin, {
        affects: { kind: 'none' },
        related: [{ message: 'the Gateway', origin: draft.source.origin }],
      }),
    );
    return [];
  };
  const named = built.gateway.listeners.filter((listener) => isNamed(parent, listener));
  if (named.length === 0) return refuse(whyNoListener(parent, draft));
  const open: Listener[] = [];
  let closed = '';
  for (const listener of named) {
    const allowed = built.allowed?.get(listener.name) ?? {};
    const admission = admit(allowed, built.namespace, route.namespace, context.facts);
    if (admission.kind === 'closed') {
      closed = `listener ${listener.name}: ${admission.reason}`;
      continue;
    }
    open.push(listener);
    if (admission.kind === 'unknown') {
      const args = { gateway: key, listener: listener.name, namespace: route.namespace };
      context.report(d['namespace-not-in-input'](args, parent.origin));
    }
  }
  if (open.length === 0) return refuse(closed);
  const attachments = open.map((listener) => ({ route, built, listener, hosts: hostsOn(route, listener) }));
  const served = attachments.filter(({ hosts }) => hosts.length > 0);
  if (served.length === 0) return refuse('none of its hostnames is one of the listeners that it names');
  return served;
}

/** Says which hostnames of a route, that is attached for others, no listener takes. */
export function reportUnserved({ hostnames }: RouteDraft, attached: readonly Attachment[], report: Report): void {
  // The AWS controller programs nothing from the host of a listener.
  if (attached.length === 0 || attached.some(({ built }) => built.reading === 'lattice')) return;
  const served = new Set(attached.flatMap(({ hosts }) => hosts.map(({ position }) => position)));
  for (const [position, { value, origin }] of hostnames.entries()) {
    if (served.has(position)) continue;
    report(d['hostname-not-served']({ hostname: value }, origin, { affects: { kind: 'none' } }));
  }
}

function isNamed({ sectionName, port }: ParentDraft, listener: Listener): boolean {
  return (sectionName ?? listener.name) === listener.name && (port ?? listener.port) === listener.port;
}

function whyNoListener(parent: ParentDraft, { listeners }: GatewayDraft): string {
  const other = listeners.find(
    ({ name, port }) => (parent.sectionName ?? name) === name && (parent.port ?? port) === port,
  );
  if (other !== undefined) return `its listener ${other.name} (${other.protocol}) is not one for HTTPRoutes here`;
  const isThere = listeners.some(({ name }) => name === parent.sectionName);
  if (isThere) return `its listener ${parent.sectionName} is not on port ${parent.port}`;
  if (parent.sectionName !== undefined) return `it has no listener ${parent.sectionName}`;
  return parent.port === undefined ? 'it has no listener' : `it has no listener on port ${parent.port}`;
}

function hostsOn({ hostnames }: RouteDraft, { host: own }: Listener): Attachment['hosts'] {
  if (hostnames.length === 0) return [{ host: own, position: 0, length: 0 }];
  return hostnames.flatMap(({ value }, position) => {
    const written = toHostPattern(value);
    const host = intersectHosts(written, own);
    return host === undefined ? [] : [{ host, position, length: lengthOf(written) }];
  });
}

/** An exact name is more specific than every wildcard, and the longer of two wildcards than the other. */
function lengthOf(host: HostPattern): number {
  if (host.kind === 'exact') return Number.MAX_SAFE_INTEGER;
  return host.kind === 'suffix' ? host.suffix.length : 0;
}
