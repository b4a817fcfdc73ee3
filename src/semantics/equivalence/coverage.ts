import type { Origin } from '../../diagnostics/origin.ts';
import type { VirtualHost } from '../../ir/model.ts';
import type { ReachedRules } from './types.ts';

/** The rules of one side, by the place where they are written. */
export interface Coverage {
  readonly rules: number;
  /** Rules that no request reaches on any host; those of hosts whose proof is not complete are left out. */
  readonly unreached: readonly { readonly origin: Origin; readonly host: string }[];
}

/** Which written rules some request reaches, over all hosts. */
export class RuleCoverage {
  readonly #all = new Map<Origin, string>();
  readonly #reached = new Set<Origin>();

  add(host: VirtualHost, reached: ReachedRules, isProved: boolean): void {
    const name = host.host.kind === 'exact' ? host.host.name : host.id;
    for (const { origin } of host.rules) {
      if (!this.#all.has(origin)) this.#all.set(origin, name);
      // What was not found may still be there.
      if (!isProved) this.#reached.add(origin);
    }
    for (const { origin } of reached.keys()) this.#reached.add(origin);
  }

  coverage(): Coverage {
    const left = [...this.#all].filter(([origin]) => !this.#reached.has(origin));
    return { rules: this.#all.size, unreached: left.map(([origin, host]) => ({ origin, host })) };
  }
}
