import type { Origin } from '../../src/diagnostics/origin.ts';
import type { ClusterFacts, KubernetesService } from '../../src/ir/facts.ts';
import type { VirtualHost } from '../../src/ir/model.ts';
import { compareModels } from '../../src/semantics/equivalence/compare-models.ts';
import type { Comparison } from './comparison.ts';
import { type Hosts, type HostsPair, patternKey } from './hosts.ts';
import { toVirtualHost } from './to-virtual-host.ts';
import { BACKENDS } from './vocabulary.ts';

/** What a comparison of two sets of hosts says about two of them; -1 where a side has none. */
export interface HostVerdict {
  readonly left: number;
  readonly right: number;
  readonly dimensions: Comparison['dimensions'];
  readonly witnesses: Comparison['witnesses'];
}

export interface HostsComparison {
  readonly hosts: readonly HostVerdict[];
  /** The verdicts of all hosts, and those of a comparison that leaves out what nobody asked for. */
  readonly verdicts: readonly (readonly string[])[];
  readonly quickVerdicts: readonly (readonly string[])[];
  /** Rules that no request reaches, as `host rule`. */
  readonly unreached: { readonly left: ReadonlySet<string>; readonly right: ReadonlySet<string> };
}

/** A Service and the other one of the same pods, see `Pair`. */
const servicesOf = (backend: string): readonly (readonly [string, KubernetesService])[] =>
  [backend, `${backend}-renamed`].map((name) => [
    `shop/${name}`,
    {
      namespace: 'shop',
      name,
      type: 'ClusterIP',
      headless: false,
      ports: [{ port: 80, targetPort: 8_000, protocol: 'TCP' }],
      selector: { app: backend },
      labels: {},
      annotations: {},
      from: 'input',
    },
  ]);

const facts: ClusterFacts = {
  services: new Map(BACKENDS.flatMap(servicesOf)),
  serviceImports: new Map(),
  namespaces: new Map(),
  ingressClasses: new Map(),
  workloads: [],
  grants: [],
};

const toModel = (hosts: Hosts) => ({
  gateways: [],
  virtualHosts: hosts.map(({ list, pattern }) => toVirtualHost(list, { host: pattern, id: patternKey(pattern) })),
  facts,
});

const placesOf = (hosts: readonly VirtualHost[]): ReadonlyMap<Origin, string> =>
  new Map(hosts.flatMap(({ rules }, host) => rules.map(({ origin }, rule) => [origin, `${host} ${rule}`] as const)));

/** What the product says about two sets of hosts. The regex engine must be loaded. */
export const compareHostsByEngine = ({ left, right }: HostsPair): HostsComparison => {
  const [ours, theirs] = [toModel(left), toModel(right)];
  const options = { budget: 1_000_000, seed: 1 };
  const { hosts, coverage } = compareModels(ours, theirs, options);
  const quick = compareModels(ours, theirs, { ...options, coverage: false, closedList: false });
  const indexIn = (all: readonly VirtualHost[], one: VirtualHost | undefined) =>
    one === undefined ? -1 : all.indexOf(one);
  const unreachedOf = (side: 'left' | 'right', all: readonly VirtualHost[]) => {
    const places = placesOf(all);
    return new Set(coverage[side].unreached.map(({ origin }) => places.get(origin) ?? 'nowhere'));
  };
  return {
    verdicts: hosts.map(({ dimensions }) => Object.values(dimensions)),
    quickVerdicts: quick.hosts.map(({ dimensions }) => Object.values(dimensions)),
    hosts: hosts.map(({ pair, dimensions, differences }) => ({
      left: indexIn(ours.virtualHosts, pair.left),
      right: indexIn(theirs.virtualHosts, pair.right),
      dimensions,
      witnesses: differences.map(({ dimension, request, conditions = [] }) => ({
        dimension,
        request: { ...request, conditions: conditions.map((condition) => condition.replace(/=on$/, '')) },
      })),
    })),
    unreached: { left: unreachedOf('left', ours.virtualHosts), right: unreachedOf('right', theirs.virtualHosts) },
  };
};
