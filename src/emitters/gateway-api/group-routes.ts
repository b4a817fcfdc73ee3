import type { SourceObject } from '../../ir/model.ts';
import { chunk, compareText, getOrAdd, groupBy } from '../manifest.ts';
import { slug } from '../names.ts';
import type { PrintedRule } from './print-rule.ts';

/** A listener, or a Service of the mesh, that a route attaches to. */
export interface RouteParent {
  /** Unique among parents, and the order in which they are printed. */
  readonly key: string;
  readonly port: number | undefined;
  /** A Service, whose clients are in the mesh. */
  readonly isMesh: boolean;
  /** It stands alone in its route: the schema tells references to one parent apart by their section only. */
  readonly standsAlone: boolean;
  /** For the name of a route that shares its host with another one of the same object. */
  readonly label: string;
}

/** The rules that one object gives one host in one place. */
export interface RouteUnit<Parent extends RouteParent> {
  readonly host: string;
  readonly source: SourceObject;
  readonly hostIndex: number;
  /** As written; absent stays absent. */
  readonly namespace: string | undefined;
  /** Absent: every host, or a Service of the mesh. */
  readonly hostname: string | undefined;
  /** The part of a name that stands for the host. */
  readonly hostLabel: string;
  readonly rules: readonly PrintedRule[];
  readonly parents: readonly Parent[];
}

/** One HTTPRoute to be, before it is split by rules. */
export interface RouteGroup<Parent extends RouteParent> {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly source: SourceObject;
  readonly hosts: readonly string[];
  readonly hostnames: readonly string[];
  readonly parents: readonly Parent[];
  readonly rules: readonly PrintedRule[];
}

const MAX_HOSTNAMES = 16;
const MAX_PARENTS = 32;

interface Entry<Parent extends RouteParent> {
  readonly unit: RouteUnit<Parent>;
  readonly signature: string;
  readonly hosts: Set<string>;
  readonly parents: Map<string, Parent>;
}

/**
 * Groups the units of one object: a host with equal rules in several places is one entry, and entries with equal rules
 * and parents are one route. Names depend on the object and the first host of the route only.
 */
export function groupRoutes<Parent extends RouteParent>(
  units: readonly RouteUnit<Parent>[],
  suffix: string,
): readonly RouteGroup<Parent>[] {
  // Most objects have one unit, which nothing has to be compared with.
  const [only] = units;
  if (only !== undefined && units.length === 1 && only.parents.length <= MAX_PARENTS) return [toGroup(only, suffix)];
  const entries = new Map<string, Entry<Parent>>();
  for (const unit of units) {
    const signature = signatureOf(unit.rules);
    const key = [unit.namespace ?? '', unit.hostname ?? '', unit.hostLabel, lonelyParents(unit), signature].join('\n');
    addTo(
      getOrAdd(entries, key, () => toEntry(unit, signature)),
      unit,
    );
  }
  const groups = [...groupBy(entries.values(), groupKey).values()].flatMap((group) => {
    const sorted = [...group].sort(byHostIndex);
    return chunk(sorted, MAX_HOSTNAMES).flatMap((part) => toGroups(part, suffix));
  });
  return nameApart(groups);
}

function toEntry<Parent extends RouteParent>(unit: RouteUnit<Parent>, signature: string): Entry<Parent> {
  return { unit, signature, hosts: new Set(), parents: new Map() };
}

function addTo<Parent extends RouteParent>(entry: Entry<Parent>, unit: RouteUnit<Parent>): Entry<Parent> {
  entry.hosts.add(unit.host);
  for (const parent of unit.parents) entry.parents.set(parent.key, parent);
  return entry;
}

function lonelyParents<Parent extends RouteParent>({ parents }: RouteUnit<Parent>): string {
  return parents.map(({ standsAlone, key }) => (standsAlone ? key : '')).join('');
}

/** A unit without a host name stays alone: its route takes every host. */
function groupKey<Parent extends RouteParent>({ unit, signature, parents }: Entry<Parent>): string {
  const own = unit.hostname === undefined ? unit.hostLabel : '';
  return [
    unit.namespace ?? '',
    unit.hostname === undefined ? `any ${own}` : 'named',
    signature,
    ...[...parents.keys()].sort(),
  ].join('\n');
}

function toGroup<Parent extends RouteParent>(unit: RouteUnit<Parent>, suffix: string): RouteGroup<Parent> {
  const { host, hostname, namespace, source, rules } = unit;
  const parents = unit.parents.length < 2 ? unit.parents : [...unit.parents].sort(byKey);
  const hostnames = hostname === undefined ? [] : [hostname];
  return { name: `${nameOf(unit)}${suffix}`, namespace, source, hosts: [host], hostnames, parents, rules };
}

/** The name of a route before it is told apart from others: the first host of an object keeps the object's name. */
function nameOf<Parent extends RouteParent>({ source, hostIndex, hostLabel }: RouteUnit<Parent>): string {
  return `${source.name}${hostIndex === 0 || hostLabel === '' ? '' : `-${hostLabel}`}`;
}

function byKey(a: RouteParent, b: RouteParent): number {
  return compareText(a.key, b.key);
}

function toGroups<Parent extends RouteParent>(
  entries: readonly Entry<Parent>[],
  suffix: string,
): readonly RouteGroup<Parent>[] {
  const [first] = entries;
  if (first === undefined) return [];
  const { source, namespace, rules } = first.unit;
  const name = nameOf(first.unit);
  const parents = [...first.parents.values()].sort(byKey);
  const hosts = [...new Set(entries.flatMap((entry) => [...entry.hosts]))].sort();
  const hostnames = entries.flatMap(({ unit }) => unit.hostname ?? []);
  return chunk(parents, MAX_PARENTS).map((part, index) => ({
    name: `${name}${index === 0 ? '' : `-part-${index + 1}`}${suffix}`,
    namespace,
    source,
    hosts,
    hostnames,
    parents: part,
    rules,
  }));
}

function byHostIndex<Parent extends RouteParent>({ unit: a }: Entry<Parent>, { unit: b }: Entry<Parent>): number {
  return a.hostIndex - b.hostIndex || compareText(a.hostname ?? '', b.hostname ?? '');
}

function signatureOf(rules: readonly PrintedRule[]): string {
  return JSON.stringify(rules.map(({ rule, matches, body }) => [rule.name ?? '', matches, body]));
}

/**
 * Routes of one host in several places: that of a gateway keeps the name over that of the mesh, and the one of the
 * highest port over the others, so that HTTPS keeps it over HTTP.
 */
function nameApart<Parent extends RouteParent>(groups: readonly RouteGroup<Parent>[]): readonly RouteGroup<Parent>[] {
  if (groups.length < 2) return groups;
  const renamed = new Map<RouteGroup<Parent>, string>();
  for (const same of groupBy(groups, ({ namespace, name }) => `${namespace ?? ''}/${name}`).values()) {
    const sorted = [...same].sort(
      (a, b) =>
        Number(isMesh(a)) - Number(isMesh(b)) || portOf(b) - portOf(a) || compareText(parentKeys(a), parentKeys(b)),
    );
    const taken = new Set<string>();
    for (const group of sorted) {
      const base = isMesh(group) ? `${group.name}-mesh` : group.name;
      const byPort = `${base}-${portOf(group)}`;
      const byParent = `${base}-${slug(group.parents[0]?.label ?? '')}`;
      const name = [group.name, base, byPort, byParent].find((one) => !taken.has(one)) ?? `${byParent}-${taken.size}`;
      taken.add(name);
      renamed.set(group, name);
    }
  }
  return groups.map((group) => ({ ...group, name: renamed.get(group) ?? group.name }));
}

function portOf<Parent extends RouteParent>({ parents }: RouteGroup<Parent>): number {
  return Math.max(...parents.map(({ port }) => port ?? 0));
}

function parentKeys<Parent extends RouteParent>({ parents }: RouteGroup<Parent>): string {
  return parents.map(({ key }) => key).join('\n');
}

function isMesh<Parent extends RouteParent>({ parents }: RouteGroup<Parent>): boolean {
  return parents.some((parent) => parent.isMesh);
}
