import type { Gateway } from '../ir/model.ts';
import { NAME_LENGTHS } from './lattice-limits.ts';

/** The longest name of a Kubernetes Service, and of every name that this emitter makes up. */
export const MAX_NAME = 63;

/** A host or other text as a part of an object's name: `*.a.com` → `wildcard-a-com`. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('*', 'wildcard')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** A gateway as a message names it. */
export function gatewayName({ namespace, name }: Pick<Gateway, 'namespace' | 'name'>): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** Eight hexadecimal digits that depend on the text alone (FNV-1a): names must be equal on every machine. */
export function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const char of new TextEncoder().encode(text)) hash = Math.imul(hash ^ char, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

/** A name of at most `max` characters; the cut part lives on as a hash. */
export function fitName(name: string, max: number = MAX_NAME): string {
  return name.length <= max ? name : withHash(name, name, max);
}

/** A name that ends in the hash of `seed`, of at most `max` characters. */
export function withHash(name: string, seed: string, max: number = MAX_NAME): string {
  return `${name.slice(0, max - 9).replace(/[-.]+$/, '')}-${shortHash(seed)}`;
}

/** The name of the Lattice service that the AWS controller makes for a route. */
export function latticeServiceName(route: string, namespace: string): string {
  return `${trimDashes(route.slice(0, 20))}-${trimDashes(namespace.slice(0, 18))}`;
}

/** Whether VPC Lattice takes a text as the name of a service. */
export function isLatticeServiceName(name: string): boolean {
  return name.length >= 3 && name.length <= NAME_LENGTHS.service && /^(?!svc-)[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
}

function trimDashes(text: string): string {
  return text.replace(/^-+|-+$/g, '');
}
