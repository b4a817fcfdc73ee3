import type { State } from './state.ts';

/** The account and the region that a call comes from. */
export interface Caller {
  readonly account: string;
  readonly region: string;
}

/** Kinds of resources with the prefix of their ids. */
export const idPrefixes = {
  ServiceNetwork: 'sn',
  Service: 'svc',
  Listener: 'listener',
  Rule: 'rule',
  TargetGroup: 'tg',
  ServiceAssociation: 'snsa',
  VpcAssociation: 'snva',
  AccessLogSubscription: 'als',
} as const;

export type ResourceTable = keyof typeof idPrefixes;

/**
 * The id of a new resource. It follows from what identifies the resource and from how often such a one was made before,
 * so that the same calls give the same ids in any order, and a replacement another one.
 */
export function makeId(table: ResourceTable, natural: string, generation: number): string {
  return `${idPrefixes[table]}-${hash(`${table} ${natural} ${generation}`)}`;
}

/** The rule that a listener always has. It is not kept, since it says what the listener says. */
export function defaultRuleId(listenerId: string): string {
  return `rule-${hash(`default ${listenerId}`)}`;
}

/** Under which key the number of earlier resources of this kind and identity is kept. */
export function generationKey(table: ResourceTable, natural: string): string {
  return `${table} ${natural}`;
}

export function generationOf(state: State, table: ResourceTable, natural: string): number {
  return state.Generation.get(generationKey(table, natural)) ?? 0;
}

/** The ARN of a resource of the caller; `path` is what comes behind the account. */
export function arnOf({ account, region }: Caller, path: string): string {
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return `arn:${partition}:vpc-lattice:${region}:${account}:${path}`;
}

/** The account and the region in an ARN of Lattice. */
export function ownerOf(arn: string): Caller {
  const [, , , region = '', account = ''] = arn.split(':');
  return { account, region };
}

/** The id at the end of an identifier, which is an id or an ARN. */
export function idIn(identifier: string): string {
  return identifier.slice(identifier.lastIndexOf('/') + 1);
}

/** 17 digits of base 16, the first one 0, as the ids of the service look. */
export function hash(text: string): string {
  return `0${hash32(text, 0x811c9dc5, 0x01000193)}${hash32(text, 0x9e3779b9, 0x27d4eb2f)}`;
}

/** FNV-1a with a final mix, over UTF-16 units. */
function hash32(text: string, seed: number, factor: number): string {
  let value = seed;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), factor);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return ((value ^ (value >>> 16)) >>> 0).toString(16).padStart(8, '0');
}
