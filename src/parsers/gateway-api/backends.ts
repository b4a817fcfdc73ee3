import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import { type Backend, NO_HEADER_OPS } from '../../ir/actions.ts';
import type { ClusterFacts } from '../../ir/facts.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import type { RefDraft, RouteDraft } from './draft.ts';
import { isGranted } from './grants.ts';
import { AWS_GROUP, type Reading } from './reading.ts';

/** The groups in which a ServiceImport was or is found; the controller does not look at it. */
export const SERVICE_IMPORT_GROUPS: readonly string[] = [
  AWS_GROUP,
  '',
  'multicluster.x-k8s.io',
  'gateway.networking.k8s.io',
];

/** What a reference leads to. */
export type ResolvedBackend =
  | { readonly kind: 'backend'; readonly backend: Backend }
  | { readonly kind: 'invalid'; readonly reason: string };

/** Looks references up, and remembers which Services the input lacks. */
export class Backends {
  readonly #facts: ClusterFacts;
  readonly #report: Report;
  readonly #missing = new Map<string, Origin>();

  constructor(facts: ClusterFacts, report: Report) {
    this.#facts = facts;
    this.#report = report;
  }

  /** The backend that a route refers to; what makes the reference invalid is reported. */
  resolve(ref: RefDraft, route: RouteDraft, reading: Reading): ResolvedBackend {
    const { group, kind, name, port, origin } = ref;
    const namespace = ref.namespace ?? route.namespace;
    const found = this.#kindOf(ref, reading);
    if (found === undefined) {
      this.#report(d['backend-kind-not-read']({ kind: group === '' ? kind : `${group} ${kind}`, name }, origin));
      return { kind: 'invalid', reason: `${kind} ${name} is no Service` };
    }
    if (found === 'Service' && port === undefined) {
      const want = 'the port of the Service';
      this.#report(d['invalid-value']({ field: 'port', value: 'not written', want }, origin));
      return { kind: 'invalid', reason: `the reference to Service ${name} names no port` };
    }
    if (reading === 'specification' && !this.#mayRefer(ref, route.namespace, namespace)) {
      const target = `${kind} ${namespace}/${name}`;
      this.#report(d['reference-not-granted']({ from: route.namespace, target, namespace }, origin));
      return { kind: 'invalid', reason: `no ReferenceGrant lets the route refer to ${target}` };
    }
    if (found === 'Service') this.#lookUp(`${namespace}/${name}`, port, origin);
    const [requestHeaders, responseHeaders] = [NO_HEADER_OPS, NO_HEADER_OPS];
    const backend: Backend =
      port === undefined
        ? { kind: found, namespace, name, requestHeaders, responseHeaders, origin }
        : { kind: found, namespace, name, port, requestHeaders, responseHeaders, origin };
    return { kind: 'backend', backend };
  }

  /** One finding for each Service that is named and not in the input. */
  reportMissing(): void {
    for (const [service, origin] of [...this.#missing].sort(([left], [right]) => (left < right ? -1 : 1))) {
      this.#report(d['service-not-in-input']({ service }, origin));
    }
  }

  #lookUp(key: string, port: number | undefined, origin: Origin): void {
    const service = this.#facts.services.get(key);
    if (service === undefined) {
      if (!this.#missing.has(key)) this.#missing.set(key, origin);
      return;
    }
    // A Service that stands for a name outside of the cluster needs no list of ports.
    if (service.type === 'ExternalName' || service.ports.some((one) => one.port === port)) return;
    const ports = service.ports.map((one) => one.port);
    this.#report(d['port-not-in-service']({ service: key, port: port ?? 0, ports }, origin));
  }

  #kindOf({ group, kind, name, origin }: RefDraft, reading: Reading): Backend['kind'] | undefined {
    if (kind === 'Service' && group === '') return 'Service';
    if (kind !== 'ServiceImport' || !SERVICE_IMPORT_GROUPS.includes(group)) return undefined;
    if (group !== AWS_GROUP && group !== '') {
      const severity = reading === 'lattice' ? 'info' : 'error';
      this.#report(d['service-import-group']({ group, name }, origin, { severity }));
    }
    return 'ServiceImport';
  }

  #mayRefer({ group, kind, name }: RefDraft, own: string, namespace: string): boolean {
    const from = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: own };
    const groups = kind === 'ServiceImport' && group === '' ? ['', AWS_GROUP] : [group];
    return groups.some((one) => isGranted(from, { group: one, kind, namespace, name }, this.#facts));
  }
}
