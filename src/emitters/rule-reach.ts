import type { Report, Witness } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../diagnostics/origin.ts';
import { matchDiagnostics } from './legalize-diagnostics.ts';

/** What takes the requests of a rule that decides nothing. */
interface Hidden {
  readonly by: Origin;
  /** One of these requests. */
  readonly witness: () => Witness;
}

/** Which written rules decide something: one rule may be dead on one of its virtual hosts and live on another. */
export class RuleReach {
  /** A list, since it is only searched where some rule is dead. */
  readonly #alive: Origin[] = [];
  readonly #dead = new Map<Origin, Hidden>();

  /** The rule decides some request of a host. */
  reach(rule: Origin): void {
    this.#alive.push(rule);
  }

  /** On one host an earlier rule takes every request of the rule. */
  hide(rule: Origin, hidden: Hidden): void {
    if (!this.#dead.has(rule)) this.#dead.set(rule, hidden);
  }

  /** Reports the rules that decide nothing anywhere, each once. */
  flush(report: Report): void {
    if (this.#dead.size === 0) return;
    const known = new Map([...this.#dead.keys()].map((rule) => [rule.document, new Set<string>()]));
    // Each host may have been given an origin of its own for one and the same rule.
    for (const { document, field } of this.#alive) known.get(document)?.add(field);
    for (const [rule, { by, witness }] of this.#dead) {
      const done = known.get(rule.document);
      if (done?.has(rule.field) !== false) continue;
      done.add(rule.field);
      const related = [{ message: 'this rule takes its requests', origin: by }];
      report(
        matchDiagnostics['rule-never-matches']({}, rule, { witness: witness(), related, affects: { kind: 'none' } }),
      );
    }
  }
}
