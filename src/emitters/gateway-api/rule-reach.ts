import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import { matchDiagnostics } from './legalize-diagnostics.ts';

/** Which written rules decide something: one rule may be dead on one of its virtual hosts and live on another. */
export class RuleReach {
  /** A list, since it is only searched where some rule is dead. */
  readonly #alive: Origin[] = [];
  readonly #dead = new Map<Origin, Origin>();

  /** The rule decides some request of a host. */
  reach(rule: Origin): void {
    this.#alive.push(rule);
  }

  /** On one host an earlier rule, `by`, takes every request of the rule. */
  hide(rule: Origin, by: Origin): void {
    if (!this.#dead.has(rule)) this.#dead.set(rule, by);
  }

  /** Reports the rules that decide nothing anywhere. */
  flush(report: Report): void {
    if (this.#dead.size === 0) return;
    const alive = new Set(this.#alive);
    for (const [rule, by] of this.#dead) {
      if (alive.has(rule)) continue;
      const related = [{ message: 'this rule takes its requests', origin: by }];
      report(matchDiagnostics['rule-never-matches']({}, rule, { related, affects: { kind: 'none' } }));
    }
  }
}
