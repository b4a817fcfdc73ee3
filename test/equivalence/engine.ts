import { compareHosts } from '../../src/semantics/equivalence/compare-hosts.ts';
import type { Comparison } from './comparison.ts';
import type { Pair } from './lists.ts';
import { toVirtualHost } from './to-virtual-host.ts';
import { HOST } from './universe.ts';

/** Steps that no pair of small lists needs. */
const BUDGET = 1_000_000;

const indexesOf = <Rule>(rules: readonly Rule[], reached: ReadonlySet<Rule>): ReadonlySet<number> =>
  new Set([...rules.keys()].filter((index) => [...reached].includes(rules[index] as Rule)));

/** What the product says about a pair, within a budget. The regex engine must be loaded. */
export const compareByEngine = ({ left, right }: Pair, budget = BUDGET): Comparison => {
  const [ours, theirs] = [toVirtualHost(left), toVirtualHost(right)];
  const { dimensions, differences, reached, reasons } = compareHosts(ours, theirs, {
    host: HOST,
    budget,
    seed: 1,
    identify: {
      left: ({ name }) => ({ key: name, isKnown: true }),
      right: ({ name }) => ({ key: name.replace(/-renamed$/, ''), isKnown: true }),
    },
  });
  return {
    dimensions,
    witnesses: differences.map(({ dimension, request, conditions = [] }) => ({
      dimension,
      request: {
        ...request,
        host: request.authority ?? request.host,
        conditions: conditions.map((condition) => condition.replace(/=on$/, '')),
      },
    })),
    reached: {
      left: indexesOf(ours.rules, new Set(reached.left.keys())),
      right: indexesOf(theirs.rules, new Set(reached.right.keys())),
    },
    reasons,
  };
};
