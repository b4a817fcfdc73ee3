import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exitCodeOf } from '../src/cli/run-translation.ts';
import type { InputFile, Translation } from '../src/pipeline.ts';
import { actionFaults } from './faults/action-faults.ts';
import { convertSpoilt } from './faults/convert-spoilt.ts';
import { wideFaults } from './faults/everywhere.ts';
import { matchFaults } from './faults/faults.ts';
import { objectFaults } from './faults/object-faults.ts';

/** Estates as they are, for the faults that any route can have. */
const ESTATES = [
  'examples/istio-shop',
  'examples/ingress',
  'examples/gateway-api',
  'examples/order',
  'fixtures/istio/subset-canary-keeps-both-subsets',
  'fixtures/istio/redirects-keep-status-port-and-path',
  'fixtures/istio/delegate-rules-are-inlined',
  'fixtures/istio/mesh-route-of-one-namespace-stays-there',
  'fixtures/ingress/default-backend-serves-hosts-and-paths-that-no-rule-takes',
  'fixtures/ingress/seventy-hosts-need-few-listeners',
  'fixtures/gateway-api/mesh-routes-keep-their-service',
  'fixtures/gateway-api/routes-of-the-controller-keep-list-order',
  'fixtures/lattice/named-gateway-takes-all-routes',
];
const estate = readFolder('test/faults');

describe.each(['standard', 'lattice'] as const)('in the profile %s', (profile) => {
  test('an output without a fault is written', async () => {
    const { checks = [], diagnostics, resources } = await convertSpoilt({ inputs: estate, profile, partial: true }, {});
    expect(checks.filter(({ verdict }) => verdict === 'broken' || verdict === 'unknown')).toEqual([]);
    expect(new Set(resources.flatMap(({ hosts }) => hosts)).size).toBeGreaterThanOrEqual(4);
    expect(diagnostics.some(({ code }) => code.startsWith('internal/'))).toBe(false);
  });

  const all = [...matchFaults, ...actionFaults, ...objectFaults];
  test.each(all.filter(({ profiles }) => profiles.includes(profile)))('$name is caught', async (fault) => {
    const translation = await convertSpoilt({ inputs: estate, profile, partial: true }, fault);
    expectCaught(translation);
    const { hosts, resources } = translation;
    const harmed = hosts.filter(({ id, withheldBy }) => id.endsWith(fault.host) && withheldBy.length > 0);
    expect(harmed).not.toEqual([]);
    expect(resources.flatMap((one) => one.hosts).filter((id) => id.endsWith(fault.host))).toEqual([]);
  });

  test('a fault keeps everything from being written where no part was asked for', async () => {
    const examples = { inputs: readFolder('examples/istio-shop'), profile, partial: false };
    expect((await convertSpoilt(examples, {})).writable).toBe(true);
    const spoilt = await convertSpoilt(examples, {
      plant: (objects) => {
        for (const object of objects) if (object.kind === 'HTTPRoute') object.spec.rules?.pop();
      },
    });
    expectCaught(spoilt);
    expect(spoilt.writable).toBe(false);
  });

  describe.each(ESTATES)('of %s', (folder) => {
    test.each(wideFaults)('$name is caught', async ({ harm }) => {
      const input = { inputs: readFolder(folder), profile, partial: true };
      const sound = new Set((await convertSpoilt(input, {})).resources.flatMap(({ hosts }) => hosts));
      let harmed: readonly string[] = [];
      const translation = await convertSpoilt(input, {
        plant: (objects, hosts) => {
          const routes = objects.filter((object) => object.kind === 'HTTPRoute' && harm(object));
          if (harmed.length === 0) harmed = routes.flatMap((route) => hosts.get(route) ?? []);
        },
      });
      harmed = harmed.filter((id) => sound.has(id));
      if (harmed.length === 0) return;
      expectCaught(translation);
      const written = translation.resources
        .filter(({ object }) => object['kind'] === 'HTTPRoute')
        .flatMap(({ hosts }) => hosts);
      expect(written.filter((id) => harmed.includes(id))).toEqual([]);
    });
  });
});

function expectCaught({ checks = [], diagnostics, hosts }: Translation): void {
  const broken = checks.filter(({ verdict }) => verdict === 'broken').map(({ id }) => id);
  expect(broken).not.toEqual([]);
  expect(diagnostics.map(({ code }) => code)).toContain('internal/output-differs');
  const written = hosts.filter(({ withheldBy }) => withheldBy.length === 0).map(({ id }) => id);
  expect(written.filter((id) => broken.includes(id))).toEqual([]);
  expect(exitCodeOf(diagnostics, { failOn: 'error' })).toBe(1);
}

function readFolder(folder: string): readonly InputFile[] {
  const golden = /^(standard|lattice|latticectl)\./;
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml') && !golden.test(file));
  return files.map((file) => ({ file, bytes: readFileSync(join(folder, file)) }));
}
