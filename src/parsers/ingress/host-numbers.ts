import type { IngressDraft } from './draft.ts';

/** Numbers the hosts of each Ingress: those of its rules in their order, then those that it serves besides. */
export class HostNumbers {
  readonly #taken = new Map<string, Map<string, number>>();

  of(ingress: IngressDraft, host: string): number {
    let numbers = this.#taken.get(ingress.key);
    if (numbers === undefined) {
      numbers = new Map();
      for (const rule of ingress.rules) if (!numbers.has(rule.host)) numbers.set(rule.host, numbers.size);
      this.#taken.set(ingress.key, numbers);
    }
    const known = numbers.get(host);
    if (known !== undefined) return known;
    numbers.set(host, numbers.size);
    return numbers.size - 1;
  }
}
