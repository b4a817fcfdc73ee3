import type { Report } from '../../diagnostics/diagnostic.ts';
import type { DestinationRuleDraft } from './destination-rule-fields.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import { compareSpecificity, hostCovers, toServiceRef } from './hosts.ts';
import { hasLabels, type IstioProxy } from './istio-proxy.ts';
import { ROOT_NAMESPACE } from './root-namespace.ts';
import { exportRank } from './virtual-service.ts';

/** What the input says of a subset, seen from one client. */
export type SubsetAnswer =
  | { readonly kind: 'found'; readonly labels: Readonly<Record<string, string>> }
  /** Found, but only where clients of this namespace ask. */
  | { readonly kind: 'elsewhere'; readonly labels: Readonly<Record<string, string>>; readonly namespace: string }
  /** `rule` is the DestinationRule that was asked in vain. */
  | { readonly kind: 'undefined'; readonly rule: string | undefined };

/**
 * The DestinationRules of the input, oldest first. A client asks its own namespace, then that of the Service, then
 * the root namespace; the first of them with a rule for the host answers, by its most specific host alone.
 */
export class DestinationRules {
  readonly #rules: readonly DestinationRuleDraft[];
  readonly #byNamespace = new Map<string, DestinationRuleDraft[]>();
  readonly #clusterDomain: string;
  /** Hosts that a route leads to, and `host|subset`. */
  readonly #used = new Set<string>();

  constructor(rules: readonly DestinationRuleDraft[], clusterDomain: string) {
    this.#rules = rules;
    this.#clusterDomain = clusterDomain;
    for (const rule of rules) {
      const list = this.#byNamespace.get(rule.namespace);
      if (list === undefined) this.#byNamespace.set(rule.namespace, [rule]);
      else list.push(rule);
    }
  }

  /** Notes that a route leads to the host (completed) and gives the labels of its subset. */
  findSubset(host: string, subset: string, proxy: IstioProxy, ownNamespace: string): SubsetAnswer {
    this.#used.add(`${host}|${subset}`);
    const rules = this.#lookUp(host, proxy.namespace, proxy);
    const labels = firstSubset(rules, subset);
    if (labels !== undefined) return { kind: 'found', labels };
    if (proxy.namespace === undefined) {
      const own = firstSubset(this.#lookUp(host, ownNamespace, proxy), subset);
      if (own !== undefined) return { kind: 'elsewhere', labels: own, namespace: ownNamespace };
    }
    const [asked] = rules;
    return { kind: 'undefined', rule: asked === undefined ? undefined : `${asked.namespace}/${asked.source.name}` };
  }

  /**
   * Namespaces whose clients find other pods behind a subset than clients of no namespace in particular do, or none:
   * those with a DestinationRule of their own for the host.
   */
  namespacesApart(host: string, subset: string, ownNamespace: string): readonly string[] {
    const general = this.#labelsFor(host, subset, undefined) ?? this.#labelsFor(host, subset, ownNamespace);
    const owners = [...this.#byNamespace].filter(([, rules]) => rules.some((rule) => hostCovers(rule.host, host)));
    return owners.flatMap(([namespace]) =>
      same(this.#labelsFor(host, subset, namespace), general) ? [] : [namespace],
    );
  }

  #labelsFor(host: string, subset: string, client: string | undefined): Labels | undefined {
    return firstSubset(this.#lookUp(host, client, UNKNOWN_PODS), subset);
  }

  /** Notes that a route leads to the host (completed). */
  use(host: string): void {
    this.#used.add(host);
  }

  /** Reports what the traffic policies of used hosts lose, and the rules of hosts that nothing leads to. */
  reportLosses(report: Report): void {
    const hosts = [...this.#used].filter((key) => !key.includes('|')).sort();
    for (const rule of this.#rules) {
      const reached = hosts.filter((host) => hostCovers(rule.host, host));
      if (reached.length === 0) {
        if (rule.losses.length === 0) continue;
        report(d['destination-rule-unused']({ host: rule.host }, rule.source.origin, { affects: { kind: 'none' } }));
        continue;
      }
      const ref = toServiceRef(rule.host, this.#clusterDomain);
      const affects = ref === undefined ? ({ kind: 'backends' } as const) : ({ kind: 'backends', ...ref } as const);
      for (const { subset, toDiagnostic } of rule.losses) {
        const isUsed = subset === undefined || reached.some((host) => this.#used.has(`${host}|${subset}`));
        if (isUsed) report(toDiagnostic(rule.host, affects));
      }
    }
  }

  #lookUp(
    host: string,
    client: string | undefined,
    proxy: Pick<IstioProxy, 'labels'>,
  ): readonly DestinationRuleDraft[] {
    const ref = toServiceRef(host, this.#clusterDomain);
    const steps = [
      ...(client === undefined || client === ROOT_NAMESPACE ? [] : [client]),
      ...(ref === undefined ? [] : [ref.namespace]),
      ROOT_NAMESPACE,
    ];
    for (const step of steps) {
      const seen = (this.#byNamespace.get(step) ?? []).filter(
        (rule) =>
          hostCovers(rule.host, host) &&
          isVisible(rule, client) &&
          (rule.selector === undefined || (step === client && hasLabels(proxy, rule.selector) === true)),
      );
      const [best] = seen.map((rule) => rule.host).sort(compareSpecificity);
      if (best !== undefined) return seen.filter((rule) => rule.host === best);
    }
    return [];
  }
}

type Labels = Readonly<Record<string, string>>;

/** Which pods of a namespace call is not known. */
const UNKNOWN_PODS: Pick<IstioProxy, 'labels'> = { labels: { kind: 'unknown' } };

function same(left: Labels | undefined, right: Labels | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => left[name] === right[name]);
}

function isVisible({ exportTo, namespace }: DestinationRuleDraft, client: string | undefined): boolean {
  // No namespace is named `*`, so clients of no namespace in particular see what is exported to all.
  return exportRank(exportTo, namespace, client ?? '*') !== undefined;
}

function firstSubset(
  rules: readonly DestinationRuleDraft[],
  subset: string,
): Readonly<Record<string, string>> | undefined {
  for (const { subsets } of rules) {
    const labels = subsets.get(subset);
    if (labels !== undefined) return labels;
  }
  return undefined;
}
