import { NO_HEADER_OPS } from '../../ir/actions.ts';
import type { Gateway, Listener, Rule, VirtualHost } from '../../ir/model.ts';
import { ANY } from '../../ir/predicates.ts';
import { toName } from '../object-name.ts';
import { readExposure, readGroup } from './annotations.ts';
import { type Claim, type ClaimContext, collectClaims, settleClaims } from './claims.ts';
import { type DefaultBackends, findDefaultBackends, toDefaultClaim } from './default-backends.ts';
import { ingressDiagnostics as d } from './diagnostics.ts';
import { ANY_HOST, type BackendDraft, type IngressDraft } from './draft.ts';
import type { HostRecord } from './findings.ts';
import type { HostNumbers } from './host-numbers.ts';
import { coversOf, findCover, toHostPattern } from './hosts.ts';
import { findCertifiedHosts, redirectPlain, reportRedirects } from './https-redirect.ts';
import { collectTlsHosts, plainListener, tlsListener } from './listeners.ts';

/** The Gateway that stands for an ingress class, and what it serves. */
export interface BuiltClass {
  readonly gateway: Gateway;
  readonly virtualHosts: readonly VirtualHost[];
  readonly records: readonly HostRecord[];
}

/** Builds the hosts of a class from its Ingresses, which stand in the order of their precedence. */
export function buildClass(
  ingresses: readonly IngressDraft[],
  numbers: HostNumbers,
  context: ClaimContext,
): BuiltClass | undefined {
  const builder = new ClassBuilder(ingresses, numbers, context);
  return builder.build();
}

class ClassBuilder {
  readonly #ingresses: readonly IngressDraft[];
  readonly #numbers: HostNumbers;
  readonly #context: ClaimContext;
  readonly #id: string;
  /** The Ingresses with rules for a host, by host. */
  readonly #writers = new Map<string, IngressDraft[]>();
  readonly #claims = new Map<string, { readonly claim: Claim; readonly order: number }[]>();
  readonly #defaults: DefaultBackends;
  readonly #withDefault: readonly IngressDraft[];
  /** Of rules, and `*` where a default backend answers for all others. */
  readonly #hosts: ReadonlySet<string>;
  readonly #certified: ReadonlySet<string>;
  /** Default backends that answer for some host. */
  readonly #used = new Set<BackendDraft>();

  constructor(ingresses: readonly IngressDraft[], numbers: HostNumbers, context: ClaimContext) {
    this.#ingresses = ingresses;
    this.#numbers = numbers;
    this.#context = context;
    // Ids stand in lists that are split at spaces.
    this.#id = `ingress-class/${encodeURIComponent(context.className)}`;
    for (const ingress of ingresses)
      for (const host of new Set(ingress.rules.map((rule) => rule.host))) append(this.#writers, host, ingress);
    const written = new Set(this.#writers.keys());
    const claims = settleClaims(collectClaims(ingresses, context), written, context);
    for (const [order, claim] of claims.entries()) append(this.#claims, claim.host, { claim, order });
    this.#defaults = findDefaultBackends(ingresses, context);
    this.#withDefault = ingresses.filter(({ defaultBackend }) => defaultBackend !== undefined);
    this.#hosts = this.#defaults.takesAll ? written.add(ANY_HOST) : written;
    this.#certified = findCertifiedHosts(ingresses, context.dialect);
  }

  build(): BuiltClass | undefined {
    const { dialect, findings } = this.#context;
    const [first] = this.#ingresses;
    if (first === undefined) return undefined;
    this.#reportEmptyRules();
    this.#reportMerged();
    reportRedirects(this.#ingresses, this.#certified, findings);
    const plain = plainListener(first.source.origin);
    const built = [...this.#hosts].flatMap((host) => this.#buildHost(host, plain, undefined));

    const tls = collectTlsHosts(this.#ingresses, this.#context);
    const listeners = new Map<string, Listener>();
    const names = new Set([plain.name]);
    for (const host of new Set([...this.#hosts, ...tls.keys()])) {
      const cover = findCover(tls, host, dialect);
      const certificate = cover === undefined ? undefined : tls.get(cover);
      if (cover === undefined || certificate === undefined) continue;
      if (findCover(this.#hosts, host, dialect) === undefined) {
        const affects = { kind: 'none' } as const;
        findings.about()(d['tls-host-without-rule']({ host }, certificate.origin, { affects }));
        continue;
      }
      const listener = listeners.get(cover) ?? tlsListener(certificate, dialect, names);
      listeners.set(cover, listener);
      built.push(...this.#buildHost(host, listener, certificate.ingress));
    }
    this.#reportUnused();
    if (built.length === 0) return undefined;
    return {
      gateway: this.#toGateway(first, [plain, ...listeners.values()]),
      virtualHosts: built.map(({ virtualHost }) => virtualHost),
      records: built.map(({ record }) => record),
    };
  }

  #buildHost(
    host: string,
    listener: Listener,
    certificateOf: IngressDraft | undefined,
  ): readonly { readonly virtualHost: VirtualHost; readonly record: HostRecord }[] {
    const { className, dialect } = this.#context;
    const sources = this.#sourcesOf(host);
    const claims = this.#claimsOf(host, sources, listener);
    const writers = sources.flatMap((source) => this.#writers.get(source) ?? []);
    const isWritten = writers.some(({ rules }) =>
      rules.some((rule) => rule.paths.length > 0 && sources.includes(rule.host)),
    );
    // A host that answers nothing is kept where another one would answer in its place.
    if (claims.length === 0 && !isWritten && this.#findTaker(host) === undefined) return [];
    const id = `${this.#id}:${listener.port}/${host}`;
    const origin = claims[0]?.origin ?? writers[0]?.source.origin ?? listener.origin;
    const virtualHost: VirtualHost = {
      id,
      scope: {
        kind: 'gateway',
        workload: this.#id,
        port: listener.port,
        protocol: listener.protocol,
        listeners: [{ gateway: this.#id, listener: listener.name }],
      },
      host: toHostPattern(host, dialect),
      order: dialect === 'alb' ? { kind: 'first-match' } : { kind: 'ingress' },
      rules: claims.map((claim) => this.#toRule(claim, host)),
      otherwise: { kind: 'respond', status: 404, responseHeaders: NO_HEADER_OPS, origin },
      origin,
    };
    const involved = [...writers, ...claims.map(({ ingress }) => ingress), ...this.#defaultsFor(host)];
    if (certificateOf !== undefined) involved.push(certificateOf);
    const ingresses = new Set(involved.map(({ key }) => key));
    return [{ virtualHost, record: { id, className, hosts: [...new Set([host, ...sources])], ingresses } }];
  }

  /**
   * The written hosts whose rules answer for a host: the most specific one alone, but all of them on a load balancer
   * of AWS, which knows one list of rules.
   */
  #sourcesOf(host: string): readonly string[] {
    const { dialect } = this.#context;
    if (dialect === 'alb') return [...coversOf(host, dialect)].filter((cover) => this.#hosts.has(cover));
    const cover = findCover(this.#hosts, host, dialect);
    return cover === undefined ? [] : [cover];
  }

  #claimsOf(host: string, sources: readonly string[], listener: Listener): readonly Claim[] {
    const { dialect } = this.#context;
    const found = sources.flatMap((source) => this.#claims.get(source) ?? []);
    const claims = found.sort((a, b) => a.order - b.order).map(({ claim }) => claim);
    // Of a prefix and an implementation specific path with one text ingress-nginx prefers the prefix.
    if (dialect === 'nginx') claims.sort((a, b) => Number(isSpecific(a)) - Number(isSpecific(b)));
    const fallback = claims.some(({ predicate }) => predicate.kind === 'any')
      ? undefined
      : this.#defaults.of(sources[0] ?? host);
    if (fallback !== undefined) this.#used.add(fallback.draft);
    const all = fallback === undefined ? claims : [...claims, toDefaultClaim(fallback, host)];
    const [source] = sources;
    const first = source === undefined ? undefined : this.#writers.get(source)?.[0];
    const redirects = listener.protocol === 'HTTP' && this.#certified.has(host) && first !== undefined;
    return redirects ? redirectPlain(all, host, first) : all;
  }

  /** The Ingresses whose default backend may answer for a host. */
  #defaultsFor(host: string): readonly IngressDraft[] {
    if (this.#context.dialect !== 'nginx') return this.#withDefault;
    return host === ANY_HOST ? this.#withDefault.filter(({ rules }) => rules.length === 0) : [];
  }

  /** The next wider host with rules, which meets the requests of a host that is not written out. */
  #findTaker(host: string): string | undefined {
    for (const cover of coversOf(host, this.#context.dialect)) {
      if (cover !== host && this.#hosts.has(cover)) return cover;
    }
    return undefined;
  }

  #toRule(claim: Claim, host: string): Rule {
    const { ingress, index, predicate, target, origin, path } = claim;
    return {
      source: ingress.source,
      hostIndex: this.#numbers.of(ingress, host),
      index,
      matches: [
        { path: predicate, method: ANY, headers: [], query: [], authority: ANY, opaque: [], origin: path.origin },
      ],
      action: target.action,
      origin,
    };
  }

  #toGateway({ source }: IngressDraft, listeners: readonly Listener[]): Gateway {
    const { className: written } = this.#context;
    const { origin } = source;
    // An annotation may hold what is no name of an object, as `nginx_internal`.
    const className = toName(written, 'default');
    return {
      id: this.#id,
      name: className,
      className,
      workload: this.#id,
      ...(className === 'istio' ? { podLabels: ISTIO_INGRESS_PODS } : {}),
      exposure: readExposure(this.#ingresses),
      listeners,
      // The class is what the Gateway is named after, whether or not its object is in the input.
      source: {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'IngressClass',
        name: className,
        labels: {},
        annotations: {},
        origin,
      },
      extra: {},
      origin,
    };
  }

  /** On a load balancer of AWS a rule without paths is none at all, as it is elsewhere where a default backend answers. */
  #reportEmptyRules(): void {
    const { className, dialect, findings } = this.#context;
    if (dialect === 'alb') return;
    for (const [host, ingresses] of this.#writers) {
      const rules = ingresses.flatMap((ingress) => ingress.rules).filter((rule) => rule.host === host);
      if (rules.some(({ paths }) => paths.length > 0) || this.#defaults.of(host) !== undefined) continue;
      const takenBy = this.#findTaker(host);
      const report = findings.about({ kind: 'host', className, host });
      const severity = takenBy === undefined ? 'info' : 'error';
      report(d['rule-without-paths']({ host, takenBy }, rules[0]?.origin, { severity }));
    }
  }

  /** Rivals of a default backend that is used are named where the one of them is chosen. */
  #reportUnused(): void {
    for (const { ingress, draft, target } of this.#defaults.chosen) {
      if (this.#used.has(draft)) continue;
      const report = this.#context.findings.about({ kind: 'ingress', key: ingress.key });
      report(d['default-backend-unused']({ target: target.name }, draft.origin, { affects: { kind: 'none' } }));
    }
  }

  #reportMerged(): void {
    const { className, dialect, findings } = this.#context;
    if (dialect !== 'alb') return;
    const balancers = new Set(this.#ingresses.map((ingress) => readGroup(ingress) ?? ` ${ingress.key}`));
    if (balancers.size < 2) return;
    const args = { className, count: balancers.size };
    findings.about()(
      d['load-balancers-merged'](args, this.#ingresses[0]?.source.origin, { affects: { kind: 'none' } }),
    );
  }
}

/** The gateway that Istio's Ingress controller serves Ingresses with, unless its settings name another one. */
const ISTIO_INGRESS_PODS = { istio: 'ingressgateway', app: 'istio-ingressgateway' };

function isSpecific({ path }: Claim): boolean {
  return path.pathType === 'ImplementationSpecific';
}

function append<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
