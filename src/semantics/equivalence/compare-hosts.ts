import type { Dimension } from '../../diagnostics/dimension.ts';
import type { Action } from '../../ir/actions.ts';
import type { VirtualHost } from '../../ir/model.ts';
import { compile, type Entry } from '../decision-list.ts';
import { accepts } from '../languages/language.ts';
import { LanguageTooLarge } from '../languages/language-too-large.ts';
import { anything, oneOf } from '../languages/literal-language.ts';
import type { Identify } from './backend-identity.ts';
import { type ActionComparison, compareActions } from './compare-actions.ts';
import { Attributes, compileTests, conditionTest, type Listed } from './compile-tests.ts';
import { HostFindings } from './host-findings.ts';
import { samePathChange } from './path-change.ts';
import { type PathClass, pathClasses } from './path-classes.ts';
import { ReachedRules } from './reached-rules.ts';
import { sampleRequests } from './sample-requests.ts';
import { Budget, BudgetSpent, type Leaf, searchClass } from './search.ts';
import { takerOf } from './taker-of.ts';
import type { CompareLimits, Difference, HostComparison } from './types.ts';
import { unknownReasons } from './unknown-reasons.ts';
import { ValueSet } from './value-set.ts';
import { type LeafRequest, requestOfLeaf, requestSize } from './witness-request.ts';

export interface CompareContext extends CompareLimits {
  /** The name that requests are sent to. */
  readonly host: string;
  readonly identify: { readonly left: Identify; readonly right: Identify };
  /**
   * The code that explains a difference, where something does. Asked for the smallest request of each region, in which
   * string prefixes are told apart from what they take by whole segments.
   */
  readonly explain?: (difference: Difference) => string | undefined;
  /** Keep the smallest request for each rule that is reached. */
  readonly keepRequests?: boolean;
}

/**
 * Compares what two virtual hosts do to every request for one host name. Exact where it says `equal` or `differs`; each
 * witness is checked against the evaluator. The regex engine must be loaded where a host has patterns.
 */
export function compareHosts(left: VirtualHost, right: VirtualHost, context: CompareContext): HostComparison {
  return new HostComparer(left, right, context).compare();
}

class HostComparer {
  readonly #context: CompareContext;
  readonly #hosts: { readonly left: VirtualHost; readonly right: VirtualHost };
  readonly #attributes = new Attributes();
  readonly #lists: { readonly left: readonly Listed[]; readonly right: readonly Listed[] };
  readonly #budget: Budget;
  readonly #start = new Map<number, ValueSet>();
  readonly #counter: { next: number; spend: (steps: number) => void };
  readonly #compared = new Map<Action, Map<Action, ActionComparison>>();
  readonly #findings = new HostFindings();
  /** Attributes that stand for a condition no automaton can tell, with the reason. */
  readonly #standIns = new Map<number, string>();
  readonly #written: number;
  readonly #reached = { left: new ReachedRules(), right: new ReachedRules() };

  constructor(left: VirtualHost, right: VirtualHost, context: CompareContext) {
    this.#context = context;
    this.#hosts = { left, right };
    this.#budget = new Budget(context.budget);
    this.#counter = { next: 0, spend: (steps) => this.#budget.spend(steps) };
    this.#lists = { left: this.#list(left), right: this.#list(right) };
    this.#written = this.#attributes.names.length;
  }

  compare(): HostComparison {
    try {
      for (const at of pathClasses(this.#lists.left, this.#lists.right, this.#context.explain !== undefined))
        this.#search(at);
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
      this.#findings.addReason(unknownReasons.budget.message({ steps: this.#context.budget }));
    }
    const sampled = this.#findings.isOpen ? this.#sample() : 0;
    const { left, right } = this.#reached;
    return this.#findings.result({ sampled, reached: { left: left.requests, right: right.requests } });
  }

  #list(host: VirtualHost): readonly Listed[] {
    return compile(host).map((entry, order) => ({ entry, order, tests: compileTests(entry.match, this.#attributes) }));
  }

  #search(at: PathClass): void {
    let path: ValueSet | undefined;
    searchClass(at, {
      budget: this.#budget,
      start: (attribute) => {
        if (attribute !== 0) return this.#valuesAtStart(attribute);
        path ??= this.#pathsOf(at);
        return path;
      },
      visit: (leaf) => this.#visit(leaf),
      written: this.#written,
      standIn: ({ attribute, key }, problem) => {
        const place = this.#attributes.place(`pattern ${attribute} ${key}`);
        this.#standIns.set(place, unknownReasons.pattern.message({ problem }));
        return conditionTest(place);
      },
    });
  }

  #pathsOf({ key, kind, language }: PathClass): ValueSet {
    return new ValueSet(this.#counter, 'path', { absent: false, language, ...(kind === 'at' ? { word: key } : {}) });
  }

  #valuesAtStart(attribute: number): ValueSet {
    let values = this.#start.get(attribute);
    if (values === undefined) {
      const name = this.#attributes.names[attribute] ?? '';
      const language = name === 'authority' ? () => oneOf(this.#authorities()) : anything;
      const absent = name !== 'method' && name !== 'authority';
      values = new ValueSet(this.#counter, 'value', { absent, language });
      this.#start.set(attribute, values);
    }
    return values;
  }

  /** Clients write the port where it is not the usual one. */
  #authorities(): readonly string[] {
    const { host } = this.#context;
    const { port } = this.#hosts.left.scope;
    return port === undefined || port === 80 || port === 443 ? [host] : [host, `${host}:${port}`];
  }

  #visit(leaf: Leaf): boolean {
    const [left, right] = [leaf.left?.entry, leaf.right?.entry];
    const witness = this.#context.keepRequests === true ? this.#realRequest(leaf) : undefined;
    if (left !== undefined) this.#reached.left.add(left.rule, witness);
    if (right !== undefined) this.#reached.right.add(right.rule, witness);
    const comparison = this.#actionsOf(left, right);
    let alike = true;
    for (const { dimension, gravity } of comparison.differences) {
      this.#keep(dimension, gravity, leaf);
      alike = false;
    }
    for (const { dimension, reason } of comparison.unknown) this.#findings.addUnknown(dimension, reason);
    const { paths } = comparison;
    if (paths === undefined) return alike && comparison.unknown.length === 0;
    const differing = this.#differingPaths(leaf, paths);
    if (differing !== undefined) this.#keep(paths.dimension, 'routing', differing);
    return alike && differing === undefined && !this.#findings.isUnknown(paths.dimension);
  }

  /** The leaf with the paths only that the sides change otherwise; undefined where there are none, or none is known. */
  #differingPaths(leaf: Leaf, { dimension, left, right }: NonNullable<ActionComparison['paths']>): Leaf | undefined {
    const { key, kind } = leaf.at;
    const sample = () => requestOfLeaf(leaf, this.#attributes.names, this.#context.host).request.path;
    try {
      const same = samePathChange(left, right, { key, kind, sample });
      if (same === 'unknown') this.#findings.addUnknown(dimension, unknownReasons.substitution.message({}));
      if (typeof same !== 'object') return same === 'differs' ? leaf : undefined;
      const { outside } = (leaf.known[0] ?? this.#pathsOf(leaf.at)).split({
        attribute: 0,
        key: `changed alike ${JSON.stringify([left, right])}`,
        absent: false,
        accepts: (path) => accepts(same, path),
        language: () => same,
      });
      return outside && { ...leaf, known: [outside, ...leaf.known.slice(1)] };
    } catch (error) {
      if (!(error instanceof LanguageTooLarge)) throw error;
      this.#findings.addUnknown(dimension, unknownReasons.pattern.message({ problem: error.message }));
      return undefined;
    }
  }

  #actionsOf(left: Entry | undefined, right: Entry | undefined): ActionComparison {
    const { left: one, right: other } = this.#hosts;
    const [a, b] = [left?.rule.action ?? one.otherwise, right?.rule.action ?? other.otherwise];
    let known = this.#compared.get(a);
    if (known === undefined) {
      known = new Map();
      this.#compared.set(a, known);
    }
    let comparison = known.get(b);
    if (comparison === undefined) {
      const { identify } = this.#context;
      comparison = compareActions(a, b, {
        left: { scope: one.scope, identify: identify.left },
        right: { scope: other.scope, identify: identify.right },
      });
      known.set(b, comparison);
    }
    return comparison;
  }

  #keep(dimension: Dimension, gravity: Difference['gravity'], leaf: Leaf): void {
    const witness = requestOfLeaf(leaf, this.#attributes.names, this.#context.host);
    const [left, right] = [leaf.left?.entry, leaf.right?.entry];
    if (this.#isReal(witness, left, right)) {
      this.#offer(toDifference(dimension, gravity, witness, left, right), requestSize(witness));
      return;
    }
    // Whether any request is such is what could not be told.
    const open = [...this.#standIns].filter(([place]) => leaf.known[place] !== undefined);
    const { method, path } = witness.request;
    if (open.length === 0) throw new Error(`the request ${method} ${path} is not taken as proved`);
    for (const [, reason] of open) this.#findings.addReason(reason);
  }

  #offer(difference: Difference, size: readonly number[]): void {
    const known = this.#context.explain?.(difference);
    this.#findings.offer(known === undefined ? difference : { ...difference, known }, size);
  }

  /** A request of the leaf that anybody can send. */
  #realRequest(leaf: Leaf): LeafRequest | undefined {
    const found = requestOfLeaf(leaf, this.#attributes.names, this.#context.host);
    return found.conditions.length === 0 && this.#isReal(found, leaf.left?.entry, leaf.right?.entry)
      ? found
      : undefined;
  }

  /** The evaluator has the last word, once it is told which of the conditions hold that it cannot evaluate. */
  #isReal({ request, conditions }: LeafRequest, left: Entry | undefined, right: Entry | undefined): boolean {
    const { left: ofLeft, right: ofRight } = this.#lists;
    return takerOf(ofLeft, request, conditions) === left && takerOf(ofRight, request, conditions) === right;
  }

  /** Tries requests where the proof gave up; what they show is certain, what they do not show is not. */
  #sample(): number {
    const { left, right } = this.#lists;
    let tried = 0;
    for (const request of sampleRequests([...left, ...right], { ...this.#context, authorities: this.#authorities() })) {
      tried += 1;
      const [one, other] = [takerOf(left, request), takerOf(right, request)];
      const { differences, paths } = this.#actionsOf(one, other);
      const size = requestSize({ request, conditions: [] });
      const offer = (dimension: Dimension, gravity: Difference['gravity']) =>
        this.#offer(toDifference(dimension, gravity, { request, conditions: [] }, one, other), size);
      for (const { dimension, gravity } of differences) offer(dimension, gravity);
      const at = { key: request.path, kind: 'at', sample: () => request.path } as const;
      if (paths !== undefined && samePathChange(paths.left, paths.right, at) === 'differs')
        offer(paths.dimension, 'routing');
    }
    return tried;
  }
}

function toDifference(
  dimension: Dimension,
  gravity: Difference['gravity'],
  { request, conditions }: LeafRequest,
  left: Entry | undefined,
  right: Entry | undefined,
): Difference {
  return { dimension, gravity, request, left, right, ...(conditions.length === 0 ? {} : { conditions }) };
}
