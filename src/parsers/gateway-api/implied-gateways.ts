import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Gateway, Listener } from '../../ir/model.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import type { ParentDraft, RouteDraft } from './draft.ts';
import { type BuiltGateway, gatewayId, podLabelsOf } from './gateways.ts';
import { LATTICE_CLASS, type Reading } from './reading.ts';

/**
 * Gateways that routes name and that are not in the input, as where another team owns them. Each has the listeners that
 * routes name. Listeners that cannot be told apart by port and protocol stand in gateways of their own, so that none
 * is taken for another.
 */
export class ImpliedGateways {
  readonly #sourceClass: string | undefined;
  readonly #readingOf: (key: string) => Reading;
  readonly #report: Report;
  readonly #byId = new Map<string, { gateway: BuiltGateway; listeners: Listener[] }>();
  readonly #reported = new Set<string>();

  constructor(sourceClass: string | undefined, readingOf: (key: string) => Reading, report: Report) {
    this.#sourceClass = sourceClass;
    this.#readingOf = readingOf;
    this.#report = report;
  }

  /** The gateway and its listener that a parentRef means. */
  attach(parent: ParentDraft, route: RouteDraft): { readonly built: BuiltGateway; readonly listener: Listener } {
    const namespace = parent.namespace ?? route.namespace;
    const key = `${namespace}/${parent.name}`;
    const { sectionName, port } = parent;
    const isSecure = port === 443 || (port === undefined && /https|tls|443/i.test(sectionName ?? ''));
    // One that only its port names has no name, and is another one than that of routes that name neither.
    const name = [sectionName ?? '', ...(port === undefined ? [] : [port])].join(':');
    const listener: Listener = {
      name,
      port: port ?? (isSecure ? 443 : 80),
      protocol: isSecure ? 'HTTPS' : 'HTTP',
      host: { kind: 'any' },
      httpsRedirect: false,
      referredBy: { ...(sectionName === undefined ? {} : { sectionName }), ...(port === undefined ? {} : { port }) },
      origin: parent.origin,
    };
    const { port: taken, protocol } = listener;
    // What is assumed of each listener is said once.
    const assumed = `${key} ${taken} ${protocol}`;
    if (!this.#reported.has(assumed)) {
      this.#reported.add(assumed);
      this.#report(d['gateway-not-in-input']({ gateway: key, port: taken, protocol }, parent.origin));
    }
    const id = gatewayId(namespace, parent.name);
    const clashes = (one: Listener) => one.port === listener.port && one.name !== listener.name;
    const main = this.#byId.get(id);
    const place = main?.listeners.some(clashes) ? `${id}#${name}` : id;
    const entry = this.#byId.get(place) ?? this.#open(place, namespace, parent, route);
    const known = entry.listeners.find((one) => one.name === listener.name && one.port === listener.port);
    if (known === undefined) entry.listeners.push(listener);
    return { built: entry.gateway, listener: known ?? listener };
  }

  /** In the order in which they were named. */
  get gateways(): readonly Gateway[] {
    return [...this.#byId.values()].map(({ gateway }) => gateway.gateway);
  }

  #open(id: string, namespace: string, { name, namespace: written, origin }: ParentDraft, { source }: RouteDraft) {
    const reading = this.#readingOf(`${namespace}/${name}`);
    const own = written ?? source.namespace;
    const listeners: Listener[] = [];
    const gateway: Gateway = {
      id,
      ...(own === undefined ? {} : { namespace: own }),
      name,
      className: this.#sourceClass ?? (reading === 'lattice' ? LATTICE_CLASS : ''),
      workload: id,
      ...(reading === 'lattice' ? { onLattice: true } : {}),
      ...podLabelsOf(reading, {}, name),
      exposure: reading === 'lattice' ? 'internal' : 'unknown',
      listeners,
      source: {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'Gateway',
        ...(own === undefined ? {} : { namespace: own }),
        name,
        labels: {},
        annotations: {},
        origin,
      },
      extra: { implied: true },
      origin,
    };
    const entry = { gateway: { gateway, namespace, reading, allowed: undefined }, listeners };
    this.#byId.set(id, entry);
    return entry;
  }
}
