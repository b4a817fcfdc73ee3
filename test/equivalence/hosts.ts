import type { List } from './lists.ts';

/** Which names a host serves: one, or all below a suffix with one label or any number in place of the star, or all. */
export type NamePattern =
  | { readonly kind: 'any' }
  | { readonly kind: 'exact'; readonly name: string }
  | { readonly kind: 'suffix'; readonly suffix: string; readonly labels: 'one' | 'many' };

export interface Host {
  readonly pattern: NamePattern;
  readonly list: List;
}

/** The hosts of one side; no two have the same names, and of two wildcards one is the longer. */
export type Hosts = readonly Host[];

export interface HostsPair {
  readonly left: Hosts;
  readonly right: Hosts;
}

export const PATTERNS: readonly NamePattern[] = [
  { kind: 'any' },
  { kind: 'exact', name: 'a.t' },
  { kind: 'exact', name: 'b.a.t' },
  { kind: 'exact', name: 'c.t' },
  { kind: 'suffix', suffix: 't', labels: 'many' },
  { kind: 'suffix', suffix: 'a.t', labels: 'many' },
  { kind: 'suffix', suffix: 'a.t', labels: 'one' },
  { kind: 'suffix', suffix: 'b.a.t', labels: 'many' },
  { kind: 'suffix', suffix: 'b.a.t', labels: 'one' },
];

const below = (label: string): readonly string[] =>
  ['t', 'a.t', 'b.a.t', 'c.t'].flatMap((suffix) => [`${label}.${suffix}`, `${label}.${label}.${suffix}`]);

/** Names that may get a host of their own. */
export const NAMED: readonly string[] = ['t', 'a.t', 'b.a.t', 'c.t', 'other', ...below('y')];

/** A name of every sort that hosts can tell apart: the named ones, and one and two other labels below every suffix. */
export const NAMES: readonly string[] = [...NAMED, ...below('z'), 'at', 'nobody'];

/** What makes a pattern the only one of its kind on a side. */
export const patternKey = (pattern: NamePattern): string =>
  pattern.kind === 'any' ? '*' : pattern.kind === 'exact' ? pattern.name : `*.${pattern.suffix}`;

/** How well a pattern fits a name: not at all, the exact name best, else by the length of the wildcard. */
const closeness = (pattern: NamePattern, name: string): number => {
  switch (pattern.kind) {
    case 'any':
      return 0;
    case 'exact':
      return pattern.name === name ? 1_000 : -1;
    case 'suffix': {
      const labels = name.split('.');
      const own = pattern.suffix.split('.');
      const more = labels.length - own.length;
      const isBelow = more > 0 && labels.slice(more).join('.') === pattern.suffix;
      return isBelow && (pattern.labels === 'many' || more === 1) ? pattern.suffix.length : -1;
    }
  }
};

/** The index of the host that serves a name; -1 where none does. Requests do not fall to a less specific host. */
export const servingHost = (hosts: Hosts, name: string): number => {
  let [best, index] = [-1, -1];
  for (const [at, { pattern }] of hosts.entries()) {
    const own = closeness(pattern, name);
    if (own > best) [best, index] = [own, at];
  }
  return index;
};

/** What stands for the hosts that a side does not have. */
export const UNSERVED: List = { order: 'first-match', rules: [], otherwise: { kind: 'respond', status: 404 } };
