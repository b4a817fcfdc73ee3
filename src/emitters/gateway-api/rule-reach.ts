import type { Report, Witness } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';
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

  /** Reports the rules that decide nothing anywhere. */
  flush(report: Report): void {
    if (this.#dead.size === 0) return;
    const alive = new Set(this.#alive);
    for (const [rule, { by, witness }] of this.#dead) {
      if (alive.has(rule)) continue;
      const related = [{ message: 'this rule takes its requests', origin: by }];
      report(
        matchDiagnostics['rule-never-matches']({}, rule, { witness: witness(), related, affects: { kind: 'none' } }),
      );
    }
  }
}
