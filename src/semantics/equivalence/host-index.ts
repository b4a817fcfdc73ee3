import type { VirtualHost } from '../../ir/model.ts';

/** Finds the virtual host of one scope that serves a name: the exact one, else the longest wildcard, else any. */
export class HostIndex {
  readonly #exact = new Map<string, VirtualHost>();
  readonly #suffixes = new Map<string, VirtualHost[]>();
  #any: VirtualHost | undefined;
  readonly hosts: readonly VirtualHost[];

  /** Of several hosts with one pattern the first serves. */
  constructor(hosts: readonly VirtualHost[]) {
    this.hosts = hosts;
    for (const host of hosts) {
      const { host: pattern } = host;
      if (pattern.kind === 'any') this.#any ??= host;
      else if (pattern.kind === 'exact') {
        if (!this.#exact.has(pattern.name)) this.#exact.set(pattern.name, host);
      } else {
        const same = this.#suffixes.get(pattern.suffix);
        if (same === undefined) this.#suffixes.set(pattern.suffix, [host]);
        else same.push(host);
      }
    }
  }

  select(name: string): VirtualHost | undefined {
    const exact = this.#exact.get(name);
    if (exact !== undefined || this.#suffixes.size === 0) return exact ?? this.#any;
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      const isOneLabel = !name.slice(0, dot).includes('.');
      const found = this.#suffixes
        .get(name.slice(dot + 1))
        ?.find(({ host }) => host.kind === 'suffix' && (host.labels === 'many' || isOneLabel));
      if (found !== undefined && dot > 0) return found;
    }
    return this.#any;
  }
}

/** A name that a wildcard takes, with one or two labels in place of the star, and that no other pattern names. */
export function freshName(suffix: string, labels: 1 | 2, isTaken: (name: string) => boolean): string {
  for (let label = 'x'; ; label += 'x') {
    const name = labels === 1 ? `${label}.${suffix}` : `${label}.${label}.${suffix}`;
    if (!isTaken(name)) return name;
  }
}
