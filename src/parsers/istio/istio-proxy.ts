/**
 * A kind of proxy that a rule list is built for: Istio decides some conditions before a request comes, by what is
 * known of the proxy. Undefined fields are not known.
 */
export interface IstioProxy {
  /** `mesh`, or the Gateway as `namespace/name`. */
  readonly gateway: string;
  /** The port that is called. */
  readonly port: number | undefined;
  readonly protocol: 'HTTP' | 'HTTPS';
  /** Where DestinationRules are looked up first; undefined for clients of no namespace in particular. */
  readonly namespace: string | undefined;
  /** Whether `namespace` is sure, so that `sourceNamespace` can be decided. */
  readonly namespaceKnown: boolean;
  readonly labels:
    | { readonly kind: 'known'; readonly sets: readonly Readonly<Record<string, string>>[] }
    /** The pods have at least these. */
    | { readonly kind: 'at-least'; readonly labels: Readonly<Record<string, string>> }
    | { readonly kind: 'unknown' };
  /** Names that requests of the virtual host carry in Host; undefined where it has a wildcard. */
  readonly hosts: readonly string[] | undefined;
  /** Whether requests for a name may come to the virtual host of a wildcard; undefined for other hosts. */
  readonly mayServe?: ((name: string) => boolean) | undefined;
}

/** Whether pods of the proxy have the labels; undefined when that is not known or differs between them. */
export function hasLabels(
  { labels }: Pick<IstioProxy, 'labels'>,
  wanted: Readonly<Record<string, string>>,
): boolean | undefined {
  const entries = Object.entries(wanted);
  switch (labels.kind) {
    case 'known': {
      const hits = labels.sets.filter((set) => entries.every(([key, value]) => set[key] === value)).length;
      return hits === labels.sets.length ? true : hits === 0 ? false : undefined;
    }
    case 'at-least':
      if (entries.every(([key, value]) => labels.labels[key] === value)) return true;
      return entries.some(([key, value]) => (labels.labels[key] ?? value) !== value) ? false : undefined;
    case 'unknown':
      return undefined;
  }
}
