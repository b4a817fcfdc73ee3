import type { Affects } from '../../diagnostics/diagnostic.ts';
import type { KubernetesDocument } from '../../documents/read-documents.ts';
import type { Gateway, Guard, VirtualHost } from '../../ir/model.ts';
import { type Loose, mapping, mappings, text } from '../loose.ts';
import { toSpecObject } from '../source-object.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import { gatewayId } from './gateways.ts';

/** What a policy may be attached to, by group and kind. */
const kinds: ReadonlyMap<string, Target['kind']> = new Map([
  ['gateway.networking.k8s.io/Gateway', 'Gateway'],
  ['gateway.networking.k8s.io/HTTPRoute', 'HTTPRoute'],
  ['/Service', 'Service'],
  ['core/Service', 'Service'],
]);

/** Words in the kind or the keys of a policy that speak of who may call: login, addresses, rates, TLS, code of its own. */
const GUARDS =
  /auth|jwt|oidc|security|acl$|allow|deny|denied|block|ratelimit|iap$|waf|firewall|apikey|tls|cors|extproc|lua$|wasm|snippet|rbac|clientvalidation|intention/i;

/** Kinds with such a word that turn nobody away: Kuadrant's orders for certificates. */
const harmlessKinds: ReadonlySet<string> = new Set(['kuadrant.io/TLSPolicy']);
/** Keys of that sort: how far the load balancer of a Gateway is reached. */
const harmlessKeys: ReadonlySet<string> = new Set(['allowGlobalAccess']);

/** Whom a policy is attached to, as far as it is something of ours. */
interface Target {
  readonly kind: 'Gateway' | 'HTTPRoute' | 'Service';
  readonly namespace: string;
  /** Absent where labels select. */
  readonly name: string | undefined;
}

/**
 * Whether an object of a kind that nobody reads is a policy of an implementation of Gateway API (`targetRefs`) that may
 * guard access. Others are told by their kind alone.
 */
export function guardsByTarget({ object, resource }: KubernetesDocument): boolean {
  const spec = mapping(object['spec']);
  const { kind, apiVersion } = resource;
  if (harmlessKinds.has(`${apiVersion.replace(/\/.*/, '')}/${kind}`)) return false;
  return targetsOf(spec, '').length > 0 && (GUARDS.test(kind) || hasGuardingKey(spec));
}

/** What is lost with such a policy; it goes on guarding gateways that keep their class, and routes that keep their name. */
export function toGuard(
  document: KubernetesDocument,
  defaultNamespace: string,
  { gateways, hosts }: { readonly gateways: readonly Gateway[]; readonly hosts: readonly VirtualHost[] },
): Guard {
  const { source, namespace, spec } = toSpecObject<Loose>(document, defaultNamespace);
  const { kind, origin } = source;
  const targets = targetsOf(spec, namespace);
  const guarded = targets.map((target) => guardedBy(target, hosts, defaultNamespace));
  const [only] = guarded;
  const affects: Affects = guarded.length === 1 && only !== undefined ? only : { kind: 'each-of', of: guarded };
  const lost = d['access-policy-not-read']({ kind }, origin, { affects });
  const classes = [...new Set(gateways.map(({ className }) => className))];
  const [className] = classes;
  const keepsNames = targets.every((target, index) => target.kind !== 'HTTPRoute' || isOneHost(guarded[index], hosts));
  if (className === undefined || className === '' || classes.length > 1 || !keepsNames) return { lost };
  return {
    lost,
    kept: { className, finding: d['access-policy-stays']({ kind }, origin, { affects: { kind: 'none' } }) },
  };
}

function targetsOf(spec: Loose, namespace: string): readonly Target[] {
  const named = [...mappings(spec['targetRefs']), ...mappings([spec['targetRef']])];
  const selected = mappings(spec['targetSelectors']).map((selector) => ({ ...selector, name: undefined }));
  return [...named, ...selected].flatMap((target: Loose): readonly Target[] => {
    // What scales workloads names them by apiVersion, and never a Service.
    const kind = kinds.get(`${text(target['group']) ?? ''}/${text(target['kind'])}`);
    if (kind === undefined) return [];
    return [{ kind, namespace: text(target['namespace']) ?? namespace, name: text(target['name']) }];
  });
}

function hasGuardingKey(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasGuardingKey);
  return Object.entries(mapping(value)).some(
    ([key, inner]) => (GUARDS.test(key) && !harmlessKeys.has(key)) || hasGuardingKey(inner),
  );
}

function guardedBy(
  { kind, namespace, name }: Target,
  hosts: readonly VirtualHost[],
  defaultNamespace: string,
): Affects {
  if (kind === 'Service') return { kind: 'backends', namespace, ...(name === undefined ? {} : { service: name }) };
  const isGuarded = ({ scope, rules }: VirtualHost): boolean => {
    if (kind === 'HTTPRoute') {
      return rules.some(
        ({ source }) =>
          source.kind === 'HTTPRoute' &&
          (source.namespace ?? defaultNamespace) === namespace &&
          (name === undefined || source.name === name),
      );
    }
    if (scope.kind !== 'gateway') return false;
    const workload = scope.workload.replace(/#.*/, '');
    const prefix = gatewayId(namespace, name ?? '');
    return name === undefined ? workload.startsWith(prefix) : workload === prefix;
  };
  return { kind: 'hosts', ids: hosts.filter(isGuarded).map(({ id }) => id) };
}

/** Whether a route serves one host only: of several, the further ones get routes of other names. */
function isOneHost(guarded: Affects | undefined, hosts: readonly VirtualHost[]): boolean {
  if (guarded?.kind !== 'hosts') return false;
  const ids = new Set(guarded.ids);
  return new Set(hosts.filter(({ id }) => ids.has(id)).map(({ host }) => JSON.stringify(host))).size <= 1;
}
