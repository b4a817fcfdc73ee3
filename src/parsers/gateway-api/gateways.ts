import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Gateway, Listener } from '../../ir/model.ts';
import { kindOfHost } from '../host-name.ts';
import { mapping, texts } from '../loose.ts';
import { isNoName } from '../object-name.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import type { GatewayDraft, ListenerDraft } from './draft.ts';
import { toHostPattern } from './host-patterns.ts';
import type { Reading } from './reading.ts';
import type { AllowedRoutesInput } from './types.ts';

/** Of listeners that routes of HTTP attach to. */
const HTTP_PROTOCOLS: ReadonlySet<string> = new Set(['HTTP', 'HTTPS']);

/** A gateway of the model, and what attaching routes to it needs. */
export interface BuiltGateway {
  readonly gateway: Gateway;
  /** Resolved. */
  readonly namespace: string;
  readonly reading: Reading;
  /** Who may attach, by the name of the listener; absent for a Gateway that is not in the input. */
  readonly allowed: ReadonlyMap<string, AllowedRoutesInput> | undefined;
}

/** `gateway/namespace/name`: the id of a gateway, and the proxies behind it. */
export function gatewayId(namespace: string, name: string): string {
  return `gateway/${namespace}/${name}`;
}

/** Builds a gateway of the model; listeners for anything but HTTP are reported and left out. */
export function buildGateway(draft: GatewayDraft, reading: Reading, report: Report): BuiltGateway {
  const { source, namespace, name, className, extra } = draft;
  const id = gatewayId(namespace, name);
  const usable = dropConflicts(
    draft.listeners.filter((listener) => isNamed(listener) && isHttp(listener, report)),
    report,
  );
  return {
    gateway: {
      id,
      ...(source.namespace === undefined ? {} : { namespace: source.namespace }),
      name,
      className,
      workload: id,
      ...(reading === 'lattice' ? { onLattice: true } : {}),
      ...podLabelsOf(reading, { ...source.labels, ...infrastructureLabels(extra['infrastructure']) }, name),
      exposure: reading === 'lattice' || isClusterInternal(extra['infrastructure']) ? 'internal' : 'unknown',
      listeners: usable.map(toListener),
      ...leftOutOf(draft),
      source,
      extra,
      origin: source.origin,
    },
    namespace,
    reading,
    allowed: new Map(usable.map(({ name: listener, allowedRoutes }) => [listener, allowedRoutes ?? {}])),
  };
}

function leftOutOf({ listeners }: GatewayDraft): Pick<Gateway, 'leftOut'> {
  const leftOut = listeners.filter(({ protocol }) => !HTTP_PROTOCOLS.has(protocol)).map(({ name }) => name);
  return leftOut.length === 0 ? {} : { leftOut };
}

/** What is wrong with other names is reported where they are read. */
function isNamed({ name, hostname }: ListenerDraft): boolean {
  return !isNoName(name) && (hostname === undefined || kindOfHost(hostname) !== 'none');
}

function isHttp({ protocol, name, tls, origin }: ListenerDraft, report: Report): boolean {
  if (protocol === 'HBONE') {
    report(d['waypoint-listener']({ listener: name }, origin, { affects: { kind: 'none' } }));
    return false;
  }
  if (!HTTP_PROTOCOLS.has(protocol)) {
    report(d['listener-protocol-not-read']({ listener: name, protocol }, origin, { affects: { kind: 'none' } }));
    return false;
  }
  if (protocol === 'HTTPS' && tls?.value.mode === 'Passthrough') {
    const want = 'Terminate on an HTTPS listener';
    report(d['invalid-value']({ field: 'mode', value: 'Passthrough', want }, tls.origin.at('mode')));
    return false;
  }
  return true;
}

/** Two listeners of one port go together where protocol is the same and host is not. */
function dropConflicts(listeners: readonly ListenerDraft[], report: Report): readonly ListenerDraft[] {
  const kept: ListenerDraft[] = [];
  for (const listener of listeners) {
    const other = kept.find(
      (one) =>
        one.port === listener.port &&
        (one.protocol !== listener.protocol || one.hostname === listener.hostname || one.name === listener.name),
    );
    if (other === undefined) {
      kept.push(listener);
      continue;
    }
    const related = [{ message: 'the other listener', origin: other.origin }];
    report(d['listeners-contradict']({ listener: listener.name, other: other.name }, listener.origin, { related }));
  }
  return kept;
}

function toListener({ name, port, protocol, hostname, tls, allowedRoutes, origin }: ListenerDraft): Listener {
  const certificates = (tls?.value.certificates ?? []).map(({ origin: _, ...certificate }) => certificate);
  return {
    name,
    port,
    protocol: protocol === 'HTTPS' ? 'HTTPS' : 'HTTP',
    host: toHostPattern(hostname),
    ...(tls === undefined ? {} : { tls: { certificates, options: tls.value.options } }),
    httpsRedirect: false,
    ...(allowedRoutes === undefined ? {} : { allowedRoutes: { ...allowedRoutes } }),
    origin,
  };
}

/**
 * The labels of the pods that an implementation makes for a Gateway, as Istio and others give them: its own, and its
 * name. VPC Lattice has none.
 */
export function podLabelsOf(reading: Reading, own: Labels, name: string): { readonly podLabels?: Labels } {
  return reading === 'lattice' ? {} : { podLabels: { ...own, 'gateway.networking.k8s.io/gateway-name': name } };
}

type Labels = Readonly<Record<string, string>>;

function infrastructureLabels(infrastructure: unknown): Labels {
  return texts(mapping(infrastructure)['labels']);
}

/** Istio's annotation on a Gateway that gets a Service inside of the cluster only. */
function isClusterInternal(infrastructure: unknown): boolean {
  return mapping(mapping(infrastructure)['annotations'])['networking.istio.io/service-type'] === 'ClusterIP';
}
