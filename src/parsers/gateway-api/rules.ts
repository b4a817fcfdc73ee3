import type { Action } from '../../ir/actions.ts';
import type { Match, Rule } from '../../ir/model.ts';
import { type ActionContext, toAction } from './action.ts';
import type { RouteDraft, RuleDraft } from './draft.ts';
import { orderLatticeRules, toLatticeAction } from './lattice-rules.ts';
import { toMatch } from './match.ts';
import type { Reading } from './reading.ts';

interface BuiltRule {
  readonly draft: RuleDraft;
  readonly matches: readonly Match[];
  readonly action: Action;
}

/** Builds the rules of a route once for each reading; only the number of the host differs between its hosts. */
export class Rules {
  readonly #context: ActionContext;
  readonly #built = new Map<RouteDraft, Map<Reading, readonly BuiltRule[]>>();

  constructor(context: ActionContext) {
    this.#context = context;
  }

  /** The rules of a route for its host of this number. */
  of(route: RouteDraft, reading: Reading, hostIndex: number): readonly Rule[] {
    let known = this.#built.get(route);
    if (known === undefined) {
      known = new Map();
      this.#built.set(route, known);
    }
    let built = known.get(reading);
    if (built === undefined) {
      built = this.#build(route, reading);
      known.set(reading, built);
    }
    const { source } = route;
    return built.map(({ draft: { name, index, origin }, matches, action }) =>
      name === undefined
        ? { source, hostIndex, index, matches, action, origin }
        : { name, source, hostIndex, index, matches, action, origin },
    );
  }

  #build(route: RouteDraft, reading: Reading): readonly BuiltRule[] {
    const { report } = this.#context;
    const drafts = reading === 'lattice' ? orderLatticeRules(route, report) : route.rules;
    const actionOf = reading === 'lattice' ? toLatticeAction : toAction;
    return drafts.map((draft) => ({
      draft,
      matches: draft.matches.map((match) => toMatch(match, reading, report)),
      action: actionOf(draft, route, this.#context),
    }));
  }
}
