import type { Gateway, Listener } from '../../ir/model.ts';
import type { EmitOptions, EmittedResource } from '../emitter.ts';
import { latticeDiagnostics } from '../lattice-diagnostics.ts';
import { LATTICE_CLASS } from '../lattice-limits.ts';
import { compareText, fields, getOrAdd, type Manifest } from '../manifest.ts';
import { slug } from '../names.ts';
import { inventedNamespace, resolveNamespace } from '../namespaces.ts';
import { isNativeGateway } from '../native-gateway.ts';
import { gatewayApiDiagnostics } from './diagnostics.ts';
import type { EmitContext } from './emit-context.ts';
import { admitsOwnOnly, hostnameOf, printAllowedRoutes, printTls } from './listener-parts.ts';
import { buildMetadata } from './metadata.ts';
import { isGatewayApi, isInvented, MAX_LISTENERS } from './plan-gateways.ts';
import { mayReplace } from './taken-away.ts';

/** The one Gateway whose name is that of the service network. */
export interface LatticeGateway {
  readonly name: string;
  /** As written; absent stays absent. */
  readonly namespace: string | undefined;
  /** The Gateway of the input that it is. */
  readonly native: Gateway | undefined;
}

/** What a route wants of a listener. */
export interface ListenerNeed {
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS';
  /** Absent for a route without a host name. */
  readonly hostname: string | undefined;
  readonly certificateArn: string | undefined;
  /** The Secrets that the source names, namespaces resolved. */
  readonly certificates: readonly { readonly namespace: string; readonly name: string }[];
  /** Of the route, resolved. */
  readonly namespace: string;
  readonly hosts: readonly string[];
}

/** Name and namespace: the flag, the only Gateway of the class, the only gateway at all, `latticectl`. */
export function chooseLatticeGateway({ model, options }: EmitContext): LatticeGateway {
  const natives = model.gateways.filter((gateway) => isNativeGateway(gateway, options));
  const [native] = natives.length === 1 ? natives : [];
  const [only] = natives.length === 0 && model.gateways.length === 1 ? model.gateways : [];
  const wish = options.gateway;
  if (native !== undefined && (wish === undefined || isCalled(native, wish))) {
    return { name: native.name, namespace: native.namespace, native };
  }
  const name =
    wish?.name ?? (only === undefined ? 'latticectl' : `${networkName(only.name)}${suffixOf(only, options.inPlace)}`);
  const own = only === undefined || isInvented(only) ? inventedNamespace(model, options) : only.namespace;
  return { name, namespace: wish?.namespace ?? own, native: undefined };
}

function isCalled({ name, namespace }: Gateway, wish: { readonly namespace?: string; readonly name: string }): boolean {
  return name === wish.name && (wish.namespace === undefined || wish.namespace === namespace);
}

/** A live Gateway of another class keeps its controller: the new one is another object. */
function suffixOf({ source }: Gateway, inPlace: boolean): string {
  return isGatewayApi(source) && !inPlace ? '-lattice' : '';
}

/** Names of service networks have no dots. */
function networkName(name: string): string {
  return slug(name) || 'latticectl';
}

/** The listeners of the Gateway that the needs ask for, and the section of each need. */
export class LatticeListeners {
  readonly #gateway: LatticeGateway;
  readonly #context: EmitContext;
  readonly #sections = new Map<string, ListenerNeed[]>();
  readonly #ownCertificate = new Set<string>();

  constructor(gateway: LatticeGateway, needs: readonly ListenerNeed[], context: EmitContext) {
    this.#gateway = gateway;
    this.#context = context;
    const byPort = new Map<string, ListenerNeed[]>();
    for (const need of needs) getOrAdd(byPort, baseName(need), () => []).push(need);
    for (const [base, group] of byPort) {
      // One listener has one certificate: hosts with different ones need listeners of their own.
      const arns = new Set(group.map(({ certificateArn }) => certificateArn ?? ''));
      if (arns.size > 1) this.#ownCertificate.add(base);
    }
    for (const need of needs) getOrAdd(this.#sections, this.section(need), () => []).push(need);
  }

  /** The `sectionName` for a need. */
  section(need: ListenerNeed): string {
    const base = baseName(need);
    if (need.certificateArn !== undefined && need.hostname !== undefined && this.#ownCertificate.has(base)) {
      return `${base}-${slug(need.hostname)}`.slice(0, 253);
    }
    return this.#existing(need)?.name ?? base;
  }

  #existing({ port, protocol }: ListenerNeed): Listener | undefined {
    return this.#gateway.native?.listeners.find(
      (one) => one.port === port && one.protocol === protocol && one.host.kind === 'any',
    );
  }

  /** The Gateway; one of the input keeps its listeners, and gains what the routes of other sources need. */
  print(uses: SectionUses): EmittedResource | undefined {
    const { options } = this.#context;
    const { name, namespace, native } = this.#gateway;
    const own = resolveNamespace(namespace, options);
    const kept = (native?.listeners ?? []).map((listener) =>
      printNative(
        listener,
        native,
        this.#sections.has(listener.name) ? useOf(uses, own, name, listener.name) : undefined,
        options,
      ),
    );
    const keptNames = new Set((native?.listeners ?? []).map((listener) => listener.name));
    const added = [...this.#sections]
      .filter(([section]) => !keptNames.has(section))
      .sort(([a, [one]], [b, [other]]) => (one?.port ?? 0) - (other?.port ?? 0) || compareText(a, b))
      .map(([section, needs]) => this.#printListener(section, needs, own));
    const hosts = hostsOf(uses, own, name);
    const count = kept.length + added.length;
    if (count === 0) return undefined;
    if (count > MAX_LISTENERS) {
      const args = { gateway: `${own}/${name}`, count, limit: MAX_LISTENERS };
      this.#context.findings.add(gatewayApiDiagnostics['too-many-listeners'], args, native?.origin, hosts);
      return undefined;
    }
    if (!mayReplace(native, hosts, this.#context)) return undefined;
    const { addresses, infrastructure, tls, allowedListeners } = native?.extra ?? {};
    const object = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: buildMetadata({ ...(native?.source ?? {}), name, namespace }, options),
      spec: fields({
        gatewayClassName: native?.className ?? options.gatewayClass ?? LATTICE_CLASS,
        addresses,
        infrastructure,
        listeners: [...kept, ...added],
        tls,
        allowedListeners,
      }),
    };
    return { object, hosts, ...(native === undefined ? {} : { origin: native.origin }) };
  }

  #printListener(section: string, needs: readonly ListenerNeed[], own: string): Manifest {
    const [first] = needs;
    const isOwn = first !== undefined && section !== baseName(first);
    return fields({
      name: section,
      hostname: isOwn ? first.hostname : undefined,
      port: first?.port,
      protocol: first?.protocol,
      tls: first?.protocol === 'HTTPS' ? this.#printTls(section, needs, own) : undefined,
      allowedRoutes: printAllowedRoutes(
        own,
        needs.map(({ namespace }) => namespace),
      ),
    });
  }

  #printTls(section: string, needs: readonly ListenerNeed[], own: string): Manifest {
    const { findings } = this.#context;
    const arn = needs[0]?.certificateArn;
    if (arn !== undefined) return printTls([], { 'application-networking.k8s.aws/certificate-arn': arn }, own);
    const certificates = [
      ...new Map(
        needs.flatMap((need) => need.certificates).map((one) => [`${one.namespace}/${one.name}`, one]),
      ).values(),
    ].sort((a, b) => compareText(`${a.namespace}/${a.name}`, `${b.namespace}/${b.name}`));
    const ids = needs.flatMap(({ hosts }) => hosts);
    const hosts = [...new Set(needs.map(({ hostname }) => hostname ?? '*'))].sort();
    const factory = latticeDiagnostics[certificates.length === 0 ? 'certificate-missing' : 'certificate-by-discovery'];
    findings.add(factory, { listener: section, hosts }, undefined, ids);
    return printTls(certificates.slice(0, 64), {}, own);
  }
}

function baseName({ port, protocol }: Pick<ListenerNeed, 'port' | 'protocol'>): string {
  const scheme = protocol.toLowerCase();
  return port === (protocol === 'HTTP' ? 80 : 443) ? scheme : `${scheme}-${port}`;
}

/** Who attaches, by `namespace/gateway section`, namespaces resolved. */
export type SectionUses = ReadonlyMap<
  string,
  { readonly namespaces: ReadonlySet<string>; readonly hosts: ReadonlySet<string> }
>;

function useOf(uses: SectionUses, namespace: string, gateway: string, section: string): ReadonlySet<string> {
  return uses.get(`${namespace}/${gateway} ${section}`)?.namespaces ?? new Set();
}

function hostsOf(uses: SectionUses, namespace: string, gateway: string): readonly string[] {
  const own = [...uses].filter(([key]) => key.startsWith(`${namespace}/${gateway} `));
  return [...new Set(own.flatMap(([, use]) => [...use.hosts]))].sort();
}

/**
 * A Gateway of class amazon-vpc-lattice as it was, in the newest version; nothing where none of its listeners is one
 * for HTTP.
 */
export function printNativeGateway(
  gateway: Gateway,
  uses: SectionUses,
  context: EmitContext,
): EmittedResource | undefined {
  const { options } = context;
  const hosts = hostsOf(uses, resolveNamespace(gateway.namespace, options), gateway.name);
  if (gateway.listeners.length === 0 || !mayReplace(gateway, hosts, context)) return undefined;
  const { addresses, infrastructure, tls, allowedListeners } = gateway.extra;
  const object = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: buildMetadata({ ...gateway.source, name: gateway.name, namespace: gateway.namespace }, options),
    spec: fields({
      gatewayClassName: gateway.className,
      addresses,
      infrastructure,
      listeners: gateway.listeners.map((listener) => printNative(listener, gateway, undefined, options)),
      tls,
      allowedListeners,
    }),
  };
  return { object, hosts, origin: gateway.origin };
}

/** A listener of the input as it was; it lets in more namespaces only where routes of other sources join it. */
function printNative(
  { name, host, port, protocol, tls, allowedRoutes }: Listener,
  gateway: Gateway | undefined,
  joining: ReadonlySet<string> | undefined,
  options: EmitOptions,
): Manifest {
  const own = resolveNamespace(gateway?.namespace, options);
  const certificates = (tls?.certificates ?? []).map((one) => ({
    namespace: resolveNamespace(one.namespace ?? gateway?.namespace, options),
    name: one.name,
  }));
  const hasTls = certificates.length + Object.keys(tls?.options ?? {}).length > 0;
  const isWidened = joining !== undefined && admitsOwnOnly(allowedRoutes);
  return fields({
    name,
    hostname: hostnameOf(host),
    port,
    protocol,
    tls: hasTls ? printTls(certificates, tls?.options ?? {}, own) : undefined,
    allowedRoutes: isWidened ? printAllowedRoutes(own, [own, ...joining]) : allowedRoutes,
  });
}
