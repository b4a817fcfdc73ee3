import { LanguageTooLarge } from '../languages/language-too-large.ts';
import type { Listed } from './compile-tests.ts';
import type { PathClass } from './path-classes.ts';
import type { Split, Test, ValueSet } from './value-set.ts';

/** Requests that both lists treat alike from now on: what takes them, and what is known of them. */
export interface Leaf {
  readonly left: Listed | undefined;
  readonly right: Listed | undefined;
  readonly at: PathClass;
  /** By attribute; undefined = not asked, so anything. */
  readonly known: readonly (ValueSet | undefined)[];
}

/** Thrown when the budget of a comparison is spent. */
export class BudgetSpent extends Error {}

/** Pays for the work of one comparison. */
export class Budget {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new BudgetSpent();
  }
}

export interface SearchPlan {
  /** What an attribute may be before anything is known. */
  readonly start: (attribute: number) => ValueSet;
  readonly budget: Budget;
  /** How many attributes the entries ask for; stand-ins come after them. */
  readonly written: number;
  /** Gives whether both sides answer alike there. */
  readonly visit: (leaf: Leaf) => boolean;
  /** What stands for a condition that no automaton can tell: it holds or not, whatever else is known. */
  readonly standIn: (test: Test, reason: string) => Test;
}

/** Where a list stands: the entry that takes the requests, none, or the condition that has to be known first. */
type Step = { readonly index: number; readonly taker: Listed | undefined; readonly open: Test | undefined };

/**
 * Walks two lists over the paths of a class side by side. Conditions are decided one after the other and only where a
 * list waits for them, so that the work follows the entries and not the combinations of all values.
 * Throws BudgetSpent.
 */
export function searchClass(at: PathClass, plan: SearchPlan): boolean {
  return new Search(at, plan).run();
}

class Search {
  readonly #at: PathClass;
  readonly #plan: SearchPlan;
  readonly #known: (ValueSet | undefined)[] = [];
  /** States whose requests are all treated alike. */
  readonly #alike = new Set<string>();
  #live: readonly [readonly Set<number>[], readonly Set<number>[]] | undefined;

  constructor(at: PathClass, plan: SearchPlan) {
    this.#at = at;
    this.#plan = plan;
  }

  run(): boolean {
    return this.#search(0, 0, 0);
  }

  #search(fromLeft: number, fromRight: number, depth: number): boolean {
    let [left, right] = [fromLeft, fromRight];
    // A loop for the requests that fail a condition and a call for those that meet it: long lists nest no deeper than
    // the conditions that one request meets.
    const trail: { attribute: number; before: ValueSet | undefined; state: string | undefined; met: boolean }[] = [];
    let alike: boolean;
    for (;;) {
      const one = this.#walk(this.#at.left, left);
      const other = one.open === undefined ? this.#walk(this.#at.right, right) : undefined;
      const open = one.open ?? other?.open;
      if (open === undefined) {
        alike = this.#plan.visit({ left: one.taker, right: other?.taker, at: this.#at, known: this.#known });
        break;
      }
      left = one.index;
      right = other?.index ?? right;
      const state = depth + trail.length < REMEMBERED_DEPTH ? undefined : this.#key(left, right);
      if (state !== undefined && this.#alike.has(state)) {
        alike = true;
        break;
      }
      const { attribute } = open;
      const before = this.#known[attribute];
      const { inside, outside } = this.#valuesOf(attribute).split(open);
      this.#known[attribute] = inside;
      const met = this.#search(left, right, depth + trail.length + 1);
      this.#known[attribute] = outside;
      trail.push({ attribute, before, state, met });
    }
    for (let step = trail.pop(); step !== undefined; step = trail.pop()) {
      this.#known[step.attribute] = step.before;
      alike &&= step.met;
      if (alike && step.state !== undefined) this.#alike.add(step.state);
    }
    return alike;
  }

  #walk(list: readonly Listed[], from: number): Step {
    for (let index = from; index < list.length; index++) {
      const listed = list[index];
      if (listed === undefined) break;
      this.#plan.budget.spend(1);
      const open = this.#ask(listed);
      if (open === 'fails') continue;
      return { index, taker: open === undefined ? listed : undefined, open };
    }
    return { index: list.length, taker: undefined, open: undefined };
  }

  /** The first condition that is open, `fails` where one is not met, undefined where all are. */
  #ask({ tests }: Listed): Test | 'fails' | undefined {
    let open: Test | undefined;
    for (const written of tests) {
      const { test, inside, outside } = this.#split(written);
      if (inside === undefined) return 'fails';
      if (outside !== undefined) open ??= test;
    }
    return open;
  }

  #split(test: Test): Split & { readonly test: Test } {
    try {
      const { inside, outside } = this.#valuesOf(test.attribute).split(test);
      return { test, inside, outside };
    } catch (error) {
      if (!(error instanceof LanguageTooLarge)) throw error;
      const standIn = this.#plan.standIn(test, error.message);
      return { test: standIn, ...this.#valuesOf(standIn.attribute).split(standIn) };
    }
  }

  #valuesOf(attribute: number): ValueSet {
    return this.#known[attribute] ?? this.#plan.start(attribute);
  }

  /** What the rest of the search depends on: the entries that are left, and what is known that they ask for. */
  #key(left: number, right: number): string {
    this.#live ??= [liveFrom(this.#at.left), liveFrom(this.#at.right)];
    const [ofLeft, ofRight] = [this.#live[0][left], this.#live[1][right]];
    let key = `${left},${right}`;
    for (const [attribute, values] of this.#known.entries()) {
      if (values === undefined) continue;
      // A stand-in is asked for by no entry under its own name.
      const isLive =
        attribute >= this.#plan.written || ofLeft?.has(attribute) === true || ofRight?.has(attribute) === true;
      if (isLive) key += ` ${attribute}:${values.id}`;
    }
    return key;
  }
}

/** Shallow searches are done sooner than remembered. */
const REMEMBERED_DEPTH = 3;

/** For each place of a list the attributes that it and the later ones ask for. */
function liveFrom(list: readonly Listed[]): readonly Set<number>[] {
  const live: Set<number>[] = [];
  let later = new Set<number>();
  for (let index = list.length - 1; index >= 0; index--) {
    const own = list[index]?.tests ?? [];
    if (own.some(({ attribute }) => !later.has(attribute))) {
      later = new Set(later);
      for (const { attribute } of own) later.add(attribute);
    }
    live[index] = later;
  }
  return live;
}
