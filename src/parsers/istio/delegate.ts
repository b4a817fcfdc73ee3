import type { Report } from '../../diagnostics/diagnostic.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import type { MatchDraft, Placed, RouteDraft, VirtualServiceDraft } from './draft.ts';
import type { StringMatchInput } from './types.ts';
import { exportRank } from './virtual-service.ts';

/** The VirtualServices of the input by `namespace/name`, and those without hosts that some rule delegates to. */
export class Delegates {
  readonly #services: readonly VirtualServiceDraft[];
  #byName: ReadonlyMap<string, VirtualServiceDraft> | undefined;
  readonly #used = new Set<VirtualServiceDraft>();
  readonly #report: Report;

  constructor(services: readonly VirtualServiceDraft[], report: Report) {
    this.#services = services;
    this.#report = report;
  }

  /** The rules of a VirtualService, those of its delegates in the place of the rules that name them. */
  expand(root: VirtualServiceDraft): readonly RouteDraft[] {
    if (root.http.every(({ delegate }) => delegate === undefined)) return root.http;
    const routes = root.http.flatMap((route) => (route.delegate === undefined ? [route] : this.#resolve(root, route)));
    return routes.map((route, index) => ({ ...route, index }));
  }

  reportUnused(): void {
    for (const service of this.#services) {
      if (!service.isDelegate || this.#used.has(service)) continue;
      this.#report(d['delegate-unused']({}, service.source.origin, { affects: { kind: 'none' } }));
    }
  }

  /** Looks an object up by `namespace/name`; the index is made for the first rule that delegates. */
  #find(name: string): VirtualServiceDraft | undefined {
    this.#byName ??= new Map(this.#services.map((one) => [`${one.namespace}/${one.source.name}`, one]));
    return this.#byName.get(name);
  }

  #resolve(root: VirtualServiceDraft, route: RouteDraft): readonly RouteDraft[] {
    const { delegate, ...rest } = route;
    // A rule with another action beside is reported where actions are built.
    if (delegate === undefined || rest.route || rest.redirect || rest.directResponse) return [route];
    const name = `${delegate.value.namespace ?? root.namespace}/${delegate.value.name ?? ''}`;
    const target = this.#find(name);
    const problem = target === undefined ? 'is not in the input' : whyNot(target, root);
    if (target === undefined || problem !== undefined) {
      this.#report(d['delegate-not-found']({ delegate: name, problem: problem ?? '' }, delegate.origin));
      return [];
    }
    this.#used.add(target);
    return target.http.flatMap((leaf) => {
      if (leaf.delegate !== undefined) {
        const args = { delegate: name, problem: 'delegates further, and Istio follows one step only' };
        this.#report(d['delegate-not-found'](args, leaf.delegate.origin, { affects: rootDocument(root) }));
        return [];
      }
      const merged = mergeRoutes(route, leaf);
      if (merged === undefined) {
        const parent = `${root.namespace}/${root.source.name}`;
        const related = [{ message: 'the rule that delegates', origin: route.origin }];
        this.#report(d['delegate-match-dropped']({ parent }, leaf.origin, { affects: { kind: 'none' }, related }));
      }
      return merged ?? [];
    });
  }
}

const rootDocument = ({ hosts }: VirtualServiceDraft) =>
  ({ kind: 'hostnames', names: hosts.map(({ value }) => value) }) as const;

function whyNot(target: VirtualServiceDraft, root: VirtualServiceDraft): string | undefined {
  if (!target.isDelegate) return 'has hosts of its own, so that nothing can be delegated to it';
  return exportRank(target.exportTo, target.namespace, root.namespace) === undefined
    ? `is not exported to namespace ${root.namespace}`
    : undefined;
}

/**
 * A rule of a delegate under the rule that names it: the conditions of both, and of everything else what the
 * delegate says, or else the root. Undefined when their conditions contradict each other.
 */
export function mergeRoutes(root: RouteDraft, leaf: RouteDraft): RouteDraft | undefined {
  const matches = mergeMatchLists(root.matches, leaf.matches);
  if (matches === undefined) return undefined;
  const { delegate: _, ...defaults } = root;
  const name = [root.name, leaf.name].filter((one) => one !== undefined).join('-');
  return { ...defaults, ...leaf, matches, ...(name === '' ? {} : { name }) };
}

function mergeMatchLists(
  roots: readonly MatchDraft[],
  leaves: readonly MatchDraft[],
): readonly MatchDraft[] | undefined {
  if (roots.length === 0) return leaves;
  if (leaves.length === 0) return roots;
  const merged: MatchDraft[] = [];
  for (const leaf of leaves) {
    const fitting = roots.filter((root) => !contradict(root, leaf));
    // One match that fits nowhere takes its whole rule along.
    if (fitting.length === 0) return undefined;
    merged.push(...fitting.map((root) => mergeMatches(root, leaf)));
  }
  return merged;
}

function mergeMatches(root: MatchDraft, leaf: MatchDraft): MatchDraft {
  const labels = leaf.sourceLabels ?? root.sourceLabels;
  return {
    ...root,
    ...leaf,
    headers: new Map([...root.headers, ...leaf.headers]),
    withoutHeaders: new Map([...root.withoutHeaders, ...leaf.withoutHeaders]),
    query: new Map([...root.query, ...leaf.query]),
    ...(labels === undefined
      ? {}
      : { sourceLabels: { ...labels, value: { ...root.sourceLabels?.value, ...leaf.sourceLabels?.value } } }),
  };
}

type Test = Placed<StringMatchInput> | undefined;

function contradict(root: MatchDraft, leaf: MatchDraft): boolean {
  const tests: readonly (readonly [Test, Test])[] = [
    [root.uri, leaf.uri],
    [root.scheme, leaf.scheme],
    [root.method, leaf.method],
    [root.authority, leaf.authority],
    ...pairs(root.headers, leaf.headers),
    ...pairs(root.withoutHeaders, leaf.withoutHeaders),
    ...pairs(root.query, leaf.query),
  ];
  return (
    tests.some(([upper, lower]) => testsContradict(upper?.value, lower?.value)) ||
    root.ignoreUriCase !== leaf.ignoreUriCase ||
    (root.port !== undefined && leaf.port !== undefined && root.port.value !== leaf.port.value) ||
    // A delegate that names no namespace is not narrowed to that of its root: Istio drops the pair.
    (root.sourceNamespace !== undefined && root.sourceNamespace.value !== leaf.sourceNamespace?.value) ||
    labelsContradict(root, leaf) ||
    gatewaysContradict(root, leaf)
  );
}

function* pairs(roots: ReadonlyMap<string, Test>, leaves: ReadonlyMap<string, Test>): Iterable<readonly [Test, Test]> {
  for (const [name, leaf] of leaves) yield [roots.get(name), leaf];
}

function testsContradict(root: StringMatchInput | undefined, leaf: StringMatchInput | undefined): boolean {
  if (root === undefined || leaf === undefined) return false;
  if (root.regex || leaf.regex) return true;
  if (root.exact) return Boolean(leaf.prefix) || leaf.exact !== root.exact;
  const under = leaf.prefix || leaf.exact;
  return !root.prefix || !under?.startsWith(root.prefix);
}

function labelsContradict(root: MatchDraft, leaf: MatchDraft): boolean {
  const upper = root.sourceLabels?.value ?? {};
  return Object.entries(leaf.sourceLabels?.value ?? {}).some(([key, value]) => (upper[key] ?? value) !== value);
}

function gatewaysContradict(root: MatchDraft, leaf: MatchDraft): boolean {
  const upper = root.gateways?.value ?? [];
  return upper.length > 0 && (leaf.gateways?.value ?? []).some((gateway) => !upper.includes(gateway));
}
