import type { Operation } from '../port.ts';

/** What an answer must have, by field: a type, a list of shapes, or a shape. A `?` behind the type allows absence. */
export interface Shape {
  readonly [field: string]: FieldShape;
}

type FieldShape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'string?'
  | 'number?'
  | 'boolean?'
  | 'texts?'
  | Shape
  | readonly [Shape];

const summary: Shape = { id: 'string', arn: 'string', name: 'string' };
const lifecycle: Shape = { ...summary, status: 'string' };
const listener: Shape = { ...summary, protocol: 'string', port: 'number' };
const action: Shape = {};

interface Binding {
  readonly shape: Shape;
  /** The part that is the answer; `items` for a list. Absent = all of it. */
  readonly take?: 'items' | 'tags';
}

const list = (item: Shape): Binding => ({ shape: { items: [item] }, take: 'items' });

/**
 * What is relied on in each answer. Without these fields an answer is garbage, and a plan that was made from it would be
 * wrong.
 */
export const shapes: Readonly<Record<Operation, Binding>> = {
  ListServiceNetworks: list(summary),
  ListServices: list(lifecycle),
  ListTargetGroups: list(lifecycle),
  ListTagsForResource: { shape: { tags: 'texts?' }, take: 'tags' },
  GetServiceNetwork: { shape: { ...summary, authType: 'string' } },
  ListServiceNetworkServiceAssociations: list({
    ...{ id: 'string', arn: 'string', status: 'string', serviceId: 'string' },
    customDomainName: 'string?',
  }),
  ListServiceNetworkVpcAssociations: list({ id: 'string', arn: 'string', status: 'string', vpcId: 'string' }),
  GetServiceNetworkVpcAssociation: {
    shape: { id: 'string', arn: 'string', status: 'string', vpcId: 'string', privateDnsEnabled: 'boolean?' },
  },
  GetService: {
    shape: { ...lifecycle, authType: 'string', certificateArn: 'string?', idleTimeoutSeconds: 'number?' },
  },
  GetAuthPolicy: { shape: { policy: 'string?' } },
  ListAccessLogSubscriptions: list({ id: 'string', arn: 'string', destinationArn: 'string' }),
  ListListeners: list(listener),
  GetListener: { shape: { ...listener, defaultAction: action } },
  ListRules: list({ ...summary, isDefault: 'boolean' }),
  GetRule: { shape: { ...summary, priority: 'number', match: { httpMatch: {} }, action } },
  GetTargetGroup: { shape: { ...lifecycle, type: 'string' } },
  ListTargets: list({ id: 'string', port: 'number?' }),
};

/** What an answer lacks, as a path; undefined where nothing is missing. */
export function findFault(value: unknown, shape: Shape, path = 'the answer'): string | undefined {
  if (!isRecord(value)) return `${path} is no object`;
  for (const [field, expected] of Object.entries(shape)) {
    const fault = findFieldFault(value[field], expected, path === 'the answer' ? field : `${path}.${field}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function findFieldFault(value: unknown, expected: FieldShape, path: string): string | undefined {
  if (typeof expected !== 'string') {
    if (!isList(expected)) return findFault(value, expected, path);
    if (!Array.isArray(value)) return `${path} is no list`;
    const [item] = expected;
    for (const [index, one] of value.entries()) {
      const fault = findFault(one, item, `${path}[${index}]`);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
  const isFree = expected.endsWith('?');
  if (value === undefined || value === null) return isFree ? undefined : `${path} is missing`;
  if (expected === 'texts?') {
    const areTexts = isRecord(value) && Object.values(value).every((text) => typeof text === 'string');
    return areTexts ? undefined : `${path} holds no texts`;
  }
  const type = isFree ? expected.slice(0, -1) : expected;
  return typeof value === type ? undefined : `${path} is no ${type}`;
}

function isList(shape: Shape | readonly [Shape]): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
