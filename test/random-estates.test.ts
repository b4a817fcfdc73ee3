import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printManifests } from '../src/emitters/print-manifest.ts';
import { type ConvertOptions, convert } from '../src/index.ts';
import { gatewayApiEstate } from './estates/gateway-api.ts';
import { ingressEstate } from './estates/ingress.ts';
import { istioEstate } from './estates/istio.ts';
import { type Plain, pick, surroundings } from './estates/parts.ts';

const COUNT = process.env['LATTICECTL_DEEP'] === '1' ? 5_000 : 40;
const SEED = Number(process.env['LATTICECTL_SEED'] ?? 11);

/** What may stand beside an input; the settings name hosts of the estates. */
const settings: fc.Arbitrary<Partial<ConvertOptions>> = fc.record(
  {
    channel: pick('standard', 'experimental'),
    gatewayClass: pick('cilium'),
    gateway: pick({ name: 'named' }, { namespace: 'gateways', name: 'named' }),
    latticePrefix: pick('string', 'segment'),
    inPlace: pick(true),
    explicitTimeouts: pick(true),
    subsetService: pick('{service}-{subset}'),
    hosts: pick<ConvertOptions['hosts'] & object>(
      { 'a.example.com': { customDomain: 'a.example.org' }, web: { customDomain: 'web.example.org' } },
      { '*.example.com': { expand: ['one.example.com', 'b.example.com'] } },
    ),
  },
  { requiredKeys: [] },
);

async function run(estate: readonly Plain[], options: Partial<ConvertOptions>) {
  const bytes = new TextEncoder().encode(printManifests([...surroundings, ...estate]));
  return convert({ ...options, inputs: [{ file: 'estate.yaml', bytes }], partial: true });
}

describe.each([
  ['istio', istioEstate],
  ['ingress', ingressEstate],
  ['gateway-api', gatewayApiEstate],
] as const)('random estates of %s', (_, estate) => {
  test.each(['standard', 'lattice'] as const)(
    'hold what the check asks in the profile %s',
    { timeout: 3_600_000 },
    async (profile) => {
      let compared = 0;
      await fc.assert(
        fc.asyncProperty(estate, settings, async (objects, options) => {
          const all = { ...options, profile };
          const first = await run(objects, all);
          // Accepted losses are written, and the comparison has to explain them, too.
          const accept = first.diagnostics.flatMap(({ code, severity, origin }) => {
            const resource = origin?.document.resource;
            return severity === 'info' || code.startsWith('internal/') || resource === undefined
              ? []
              : [{ code, object: resource, reason: 'tried' }];
          });
          const second = accept.length === 0 ? first : await run(objects, { ...all, accept });
          for (const { checks } of [first, second]) {
            compared += checks.length;
            expect(checks.filter(({ verdict }) => verdict === 'broken').map(describeCheck)).toEqual([]);
            expect(checks.filter(({ verdict, reasons }) => verdict === 'unknown' && reasons.length === 0)).toEqual([]);
          }
        }),
        { numRuns: COUNT, seed: SEED },
      );
      expect(compared).toBeGreaterThan(COUNT);
    },
  );
});

function describeCheck({ id, differences }: Awaited<ReturnType<typeof convert>>['checks'][number]): string {
  const [first] = differences;
  if (first === undefined) return `${id}: not served`;
  const { dimension, request } = first;
  return `${id}: ${dimension} ${request.method} ${request.host}${request.path} ${JSON.stringify([request.headers, request.query])}`;
}
