import type { Origin, SourceDocument } from '../../diagnostics/origin.ts';
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
  /** By document and field: each host may have been given an origin of its own for one and the same rule. */
  readonly #rules = new Map<SourceDocument, Map<string, WrittenRule>>();
  #count = 0;

  add(host: VirtualHost, reached: ReachedRules, isProved: boolean): void {
    const name = host.host.kind === 'exact' ? host.host.name : host.id;
    const found = new Set([...reached.keys()].map(({ origin }) => origin));
    for (const { origin } of host.rules) {
      const rule = this.#ruleAt(origin, name);
      // What was not found may still be there.
      if (!isProved || found.has(origin)) rule.isReached = true;
    }
  }

  #ruleAt(origin: Origin, host: string): WrittenRule {
    const { document, field } = origin;
    let rules = this.#rules.get(document);
    if (rules === undefined) {
      rules = new Map();
      this.#rules.set(document, rules);
    }
    let rule = rules.get(field);
    if (rule === undefined) {
      rule = { origin, host, isReached: false };
      rules.set(field, rule);
      this.#count += 1;
    }
    return rule;
  }

  coverage(): Coverage {
    const rules = [...this.#rules.values()].flatMap((own) => [...own.values()]);
    const left = rules.filter(({ isReached }) => !isReached);
    return { rules: this.#count, unreached: left.map(({ origin, host }) => ({ origin, host })) };
  }
}

interface WrittenRule {
  readonly origin: Origin;
  readonly host: string;
  isReached: boolean;
}
