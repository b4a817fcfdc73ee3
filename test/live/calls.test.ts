import { expect, test } from 'vitest';
import type { LatticeResource, LatticeResources } from '../../src/emitters/lattice/resources.ts';
import { openSandbox } from '../sandbox/harness.ts';
import { createStack } from './create-stack.ts';
import { planAgainst } from './plan-against.ts';
import { vpcId } from './wanted.ts';

const SERVICES = 30;
const RULES = 10;

const service = (index: number): readonly LatticeResource[] => {
  const name = `shop-${index}`;
  const fixed = { fixedResponse: { statusCode: 404 } };
  return [
    {
      kind: 'TargetGroup',
      name: `web-${index}`,
      type: 'IP',
      config: { port: 80, protocol: 'HTTP', protocolVersion: 'HTTP1', ipAddressType: 'IPV4', vpcIdentifier: vpcId },
      targets: [{ id: '10.0.0.1', port: 80 }],
      origin: {},
    },
    { kind: 'Service', name, authType: 'NONE', origin: {} },
    { kind: 'Listener', name: 'http-80', service: name, protocol: 'HTTP', port: 80, defaultAction: fixed },
    ...Array.from(
      { length: RULES },
      (_, rule): LatticeResource => ({
        ...{ kind: 'Rule', name: `r-${rule}`, service: name, listener: 'http-80', priority: rule + 1 },
        match: { httpMatch: { pathMatch: { match: { exact: `/${rule}` }, caseSensitive: true } } },
        action: { forward: { targetGroups: [{ targetGroup: `web-${index}`, weight: 1 }] } },
      }),
    ),
    { kind: 'ServiceNetworkServiceAssociation', name: `net/${name}`, serviceNetwork: 'net', service: name },
  ];
};

test('each fact is asked for once', async () => {
  const { url, client, calls } = await openSandbox();
  const wanted: LatticeResources = {
    kind: 'LatticeResources',
    stack: 'shop',
    resources: [
      { kind: 'ServiceNetwork', name: 'net', create: true },
      ...Array.from({ length: SERVICES }, (_, index) => service(index)).flat(),
    ],
  };
  await createStack(client, wanted);
  const total = async () => Object.values(await calls()).reduce((sum, count) => sum + count, 0);
  const before = await total();
  expect((await planAgainst(url, wanted)).plan.changes).toEqual([]);
  // Three lists; of the network details, tags, policy, logs and two lists of associations; of a service details, tags,
  // policy, logs and listeners, of its listener details, tags and rules, of a rule details and tags, of a target group
  // details, tags and targets, of an association its tags.
  const least = 3 + 6 + SERVICES * (5 + 3 + RULES * 2 + 3 + 1);
  expect(((await total()) - before) / least).toBeLessThanOrEqual(1.05);
}, 30_000);
