import { describe, expect, test } from 'vitest';
import { convert } from '../../src/index.ts';
import { findDifference } from './compare.ts';
import { anyList, type RuleList, sampleLists } from './generate.ts';
import { evaluatePriorities, type Resource } from './lattice-priorities.ts';
import { BACKENDS, hostOf, printManifests, type Request } from './manifests.ts';
import { randomFrom, requestsFor } from './requests.ts';
import { shrink } from './shrink.ts';

const COUNT = process.env['LATTICECTL_DEEP'] === '1' ? 5_000 : 400;
const BATCH = 100;
const REQUESTS = 60;
const SEED = 11;
const TIMEOUT = COUNT * 150;

/** Each Service has one target of its own, so that an answer names its backend without any help of ours. */
const addressOf = (name: (typeof BACKENDS)[number]): string => `10.0.0.${BACKENDS.indexOf(name) + 1}`;
const backendOf = (address: string): string => `shop/${BACKENDS[Number(address.slice('10.0.0.'.length)) - 1]}:80`;
const backends = Object.fromEntries(
  BACKENDS.map((name) => [`shop/${name}:80`, { ips: [addressOf(name)], port: 8080, vpcId: 'vpc-0123456789abcdef0' }]),
);
const limits = { rulesPerListener: 2000, targetGroupsPerService: 100, servicesPerRegion: 10_000 };

interface Converted {
  readonly resources: readonly Resource[];
  readonly findings: readonly {
    readonly code: string;
    readonly severity: string;
    readonly message: string;
    readonly list: string;
  }[];
}

const convertAll = async (lists: readonly RuleList[], latticePrefix: 'unknown' | 'string'): Promise<Converted> => {
  const bytes = new TextEncoder().encode(printManifests(lists));
  const { resources, diagnostics } = await convert({
    inputs: [{ file: 'lists.yaml', bytes }],
    to: 'lattice',
    lattice: { stack: 'test', serviceNetwork: { name: 'net', create: true }, backends },
    limits,
    latticePrefix,
    partial: true,
  });
  const findings = diagnostics.map(({ code, severity, message, origin }) => {
    if (code.startsWith('internal/')) throw new Error(`${code}: ${message}`);
    return { code, severity, message, list: origin?.document.resource?.name ?? '' };
  });
  return { resources: (resources[0]?.['resources'] ?? []) as readonly Resource[], findings };
};

const refusals = ({ findings }: Converted, index: number) =>
  findings.filter(({ list, severity }) => list === `list-${index}` && severity === 'error');

const differenceOf = (
  list: RuleList,
  converted: Converted,
  index: number,
  readings: readonly ('string' | 'segment')[],
) => {
  const host = hostOf(index);
  const findings = converted.findings.filter((one) => one.list === `list-${index}`);
  const answers = (request: Request) =>
    readings.map((reading) => evaluatePriorities(converted.resources, request, reading, backendOf));
  return findDifference(list, { host, findings }, answers, requestsFor(list, host, REQUESTS, randomFrom(index)));
};

describe.each([
  ['unknown', ['string', 'segment']],
  ['string', ['string']],
] as const)('resources of VPC Lattice with prefixes read as %s', (latticePrefix, readings) => {
  test(`answer as Istio did for ${COUNT} lists, and 95 % of the lists convert`, { timeout: TIMEOUT }, async () => {
    const lists = sampleLists(anyList.lattice, COUNT, SEED);
    let converts = 0;
    for (let start = 0; start < lists.length; start += BATCH) {
      const batch = lists.slice(start, start + BATCH);
      const converted = await convertAll(batch, latticePrefix);
      for (const [index, list] of batch.entries()) {
        if (refusals(converted, index).length > 0) continue;
        converts += 1;
        if (differenceOf(list, converted, index, readings) === undefined) continue;
        const fails = async (candidate: RuleList) => {
          const one = await convertAll([candidate], latticePrefix);
          return refusals(one, 0).length === 0 ? differenceOf(candidate, one, 0, readings) : undefined;
        };
        const smallest = await shrink(list, async (candidate) => (await fails(candidate)) !== undefined);
        expect.fail(JSON.stringify({ list: smallest, ...(await fails(smallest)) }));
      }
    }
    expect(converts).toBeGreaterThanOrEqual(0.95 * COUNT);
  });
});
