import type { Affects, Report, Severity } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import type { Backend, Subset } from '../../ir/actions.ts';
import { NO_HEADER_OPS } from '../../ir/actions.ts';
import type { ClusterFacts, KubernetesService } from '../../ir/facts.ts';
import type { DestinationRules } from './destination-rules.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import type { DestinationDraft } from './draft.ts';
import { completeHost, type ServiceRef, serviceHost, toServiceRef } from './hosts.ts';
import type { IstioProxy } from './istio-proxy.ts';

/** What a destination comes to: a backend, or why requests to it fail in Istio. */
export type Resolved =
  | { readonly kind: 'backend'; readonly backend: Backend }
  | { readonly kind: 'invalid'; readonly reason: string };

interface PortQuestion {
  readonly ref: ServiceRef;
  readonly places: Origin[];
  readonly hosts: Set<string>;
  needsSelector: boolean;
}

/** What a host names: nothing where it is no name of a Service, and no facts where the input lacks it. */
interface NamedService {
  readonly ref: ServiceRef | undefined;
  readonly service: KubernetesService | undefined;
}

const ALL_ENDPOINTS: Subset = { name: '', labels: {} };

/** Looks destinations up: host, port and subset, by the facts and the DestinationRules of the input. */
export class Backends {
  readonly #facts: ClusterFacts;
  readonly #clusterDomain: string;
  readonly #rules: DestinationRules;
  /** Hosts of ServiceEntries of the input, as written. */
  readonly #external: ReadonlySet<string>;
  readonly #report: Report;
  readonly #portQuestions = new Map<string, PortQuestion>();
  readonly #missing = new Map<string, Origin>();
  readonly #named = new Map<string, NamedService>();

  constructor(
    facts: ClusterFacts,
    clusterDomain: string,
    rules: DestinationRules,
    external: ReadonlySet<string>,
    report: Report,
  ) {
    this.#facts = facts;
    this.#clusterDomain = clusterDomain;
    this.#rules = rules;
    this.#external = external;
    this.#report = report;
  }

  /**
   * Looks a destination up for a proxy. `namespace` is that of the object that the destination is written in,
   * `hostId` the virtual host that it serves; `severity` lowers the findings for mirrors.
   */
  resolve(
    destination: DestinationDraft,
    namespace: string,
    proxy: IstioProxy,
    hostId: string,
    severity: Severity = 'error',
  ): Resolved {
    const host = completeHost(destination.host, namespace, this.#clusterDomain);
    const { ref, service } = this.#lookUp(host);
    const origin = destination.origin;
    if (ref === undefined || this.#external.has(host)) {
      const external = this.#external.has(host);
      const suggestion = external ? undefined : this.#suggestService(host, namespace);
      const place = origin.at('host');
      this.#report(d['destination-not-a-service']({ host, external, suggestion }, place, { severity }));
      return { kind: 'invalid', reason: `${host} is no Service` };
    }
    this.#rules.use(host);
    const subset = this.#findSubset(destination, host, proxy, namespace, severity);
    if (subset === undefined) return { kind: 'invalid', reason: `subset ${destination.subset ?? ''} is not defined` };
    // Where a subset has to become a Service, the target asks for the Service itself.
    if (service === undefined && Object.keys(subset.labels).length === 0) this.noteMissing(ref, origin);
    const port = this.#findPort(destination, ref, service, proxy, hostId, severity);
    if (port === 'none') return { kind: 'invalid', reason: `no port of ${ref.namespace}/${ref.service}` };
    // A port that has to be asked for keeps the host from being written, so that no backend goes out without one.
    return { kind: 'backend', backend: toBackend(ref, port === 'unknown' ? undefined : port, subset, origin) };
  }

  /** The Service of a completed host: looked up once for the many destinations that name it. */
  #lookUp(host: string): NamedService {
    const known = this.#named.get(host);
    if (known !== undefined) return known;
    const ref = toServiceRef(host, this.#clusterDomain);
    const named = { ref, service: ref && this.#facts.services.get(`${ref.namespace}/${ref.service}`) };
    this.#named.set(host, named);
    return named;
  }

  /** Notes a Service that routes name and the input lacks; each is reported once. */
  noteMissing({ namespace, service }: ServiceRef, origin: Origin): void {
    const key = `${namespace}/${service}`;
    if (!this.#missing.has(key)) this.#missing.set(key, origin);
  }

  /** Namespaces whose clients reach other pods by a destination than all others do. */
  namespacesApart({ host: written, subset }: DestinationDraft, namespace: string): readonly string[] {
    if (subset === undefined) return [];
    return this.#rules.namespacesApart(completeHost(written, namespace, this.#clusterDomain), subset, namespace);
  }

  /** Whether the port of a destination depends on the port that the client calls. */
  takesCalledPort(destination: DestinationDraft, namespace: string): boolean {
    if (destination.port !== undefined) return false;
    const ref = toServiceRef(completeHost(destination.host, namespace, this.#clusterDomain), this.#clusterDomain);
    const service = ref && this.#facts.services.get(`${ref.namespace}/${ref.service}`);
    return service !== undefined && service.ports.length > 1;
  }

  /** Reports what was noted, one finding per Service. */
  reportQuestions(): void {
    for (const [service, { ref, places, hosts, needsSelector }] of sortEntries(this.#portQuestions)) {
      const affects: Affects = { kind: 'hosts', ids: [...hosts].sort() };
      const [first, ...others] = places;
      const settings = servicesSetting(ref, needsSelector);
      const related = others.map((origin) => ({ message: 'needed here too', origin }));
      const args = { service, settings, count: places.length };
      this.#report(d['port-unknown'](args, first, { affects, related }));
    }
    for (const [service, origin] of sortEntries(this.#missing)) {
      if (this.#portQuestions.has(service)) continue;
      this.#report(d['service-not-in-input']({ service }, origin, { affects: { kind: 'none' } }));
    }
  }

  #findSubset(
    { host: written, subset, origin }: DestinationDraft,
    host: string,
    proxy: IstioProxy,
    namespace: string,
    severity: Severity,
  ): Subset | undefined {
    if (subset === undefined) return ALL_ENDPOINTS;
    const answer = this.#rules.findSubset(host, subset, proxy, namespace);
    const place = origin.at('subset');
    if (answer.kind === 'undefined') {
      this.#report(d['subset-undefined']({ host: written, subset, rule: answer.rule }, place, { severity }));
      return undefined;
    }
    if (answer.kind === 'elsewhere') {
      const args = { host: written, subset, namespace: answer.namespace };
      this.#report(d['subset-of-other-namespace'](args, place));
    }
    return { name: subset, labels: answer.labels };
  }

  #findPort(
    { port, subset, origin }: DestinationDraft,
    ref: ServiceRef,
    service: KubernetesService | undefined,
    proxy: IstioProxy,
    hostId: string,
    severity: Severity,
  ): number | 'unknown' | 'none' {
    if (service === undefined) {
      if (port !== undefined) return port;
      this.#askPort(ref, origin, hostId, subset !== undefined);
      return 'unknown';
    }
    const [only] = service.ports;
    if (port === undefined && only !== undefined && service.ports.length === 1) return only.port;
    const wanted = port ?? proxy.port;
    if (wanted !== undefined && service.ports.some((one) => one.port === wanted)) return wanted;
    const ports = service.ports.map((one) => one.port);
    const name = `${ref.namespace}/${ref.service}`;
    const args = { service: name, port: wanted ?? 0, ports, written: port !== undefined };
    const place = port === undefined ? origin : origin.at('port', 'number');
    this.#report(d['port-not-in-service'](args, place, { severity }));
    return 'none';
  }

  #askPort(ref: ServiceRef, origin: Origin, hostId: string, needsSelector: boolean): void {
    const key = `${ref.namespace}/${ref.service}`;
    let question = this.#portQuestions.get(key);
    if (question === undefined) {
      question = { ref, places: [], hosts: new Set(), needsSelector: false };
      this.#portQuestions.set(key, question);
    }
    if (!question.places.some((place) => isSamePlace(place, origin))) question.places.push(origin);
    question.hosts.add(hostId);
    question.needsSelector ||= needsSelector;
  }

  /** The full name that a dotted name was probably meant for: `reviews.prod`, `reviews.prod.svc`. */
  #suggestService(host: string, namespace: string): string | undefined {
    const [service = '', second, ...rest] = host.split('.');
    const owner = second ?? namespace;
    const looksInternal = rest.length === 0 || (rest.length === 1 && rest[0] === 'svc');
    const known = this.#facts.services.has(`${owner}/${service}`) || this.#facts.namespaces.has(owner);
    return looksInternal && (known || rest.length === 1)
      ? serviceHost({ namespace: owner, service }, this.#clusterDomain)
      : undefined;
  }
}

function toBackend(
  { namespace, service: name }: ServiceRef,
  port: number | undefined,
  subset: Subset,
  origin: Origin,
): Backend {
  const kind = 'Service';
  const [requestHeaders, responseHeaders] = [NO_HEADER_OPS, NO_HEADER_OPS];
  // All endpoints are one thing, whether a subset without labels says so or no subset at all.
  const isWhole = Object.keys(subset.labels).length === 0;
  return isWhole && port !== undefined
    ? { kind, namespace, name, port, requestHeaders, responseHeaders, origin }
    : {
        kind,
        namespace,
        name,
        ...(port === undefined ? {} : { port }),
        ...(isWhole ? {} : { subset }),
        requestHeaders,
        responseHeaders,
        origin,
      };
}

/** What states a Service in latticectl.yaml, on one line. */
export function servicesSetting({ namespace, service }: ServiceRef, needsSelector = false): string {
  const selector = needsSelector ? `, selector: {app: ${service}}` : '';
  return `services: {${namespace}/${service}: {ports: [{port: 80}]${selector}}}`;
}

function isSamePlace(left: Origin, right: Origin): boolean {
  return left.document === right.document && left.field === right.field;
}

function sortEntries<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].sort(([left], [right]) => (left < right ? -1 : 1));
}
