import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resourceKey } from '../src/emitters/lattice/resources.ts';
import { convert, type InputFile, type LatticeResource } from '../src/index.ts';

const runs = process.env['LATTICECTL_DEEP'] === '1' ? 200 : 15;
const hosts = ['a.example.com', 'b.example.com', 'c.example.com'];
const paths = ['/x', '/y', '/z'];
const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }]
`;
const target = { ips: ['10.0.0.1'], port: 80, vpcId: 'vpc-0123456789abcdef0' };
const lattice = { serviceNetwork: { name: 'net', create: true }, backends: { 'shop/api:80': target } };

interface Route {
  readonly host: string;
  readonly paths: readonly string[];
}

const printRoute = ({ host, paths: exact }: Route): string => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${host.split('.')[0]}, namespace: shop }
spec:
  hosts: [${host}]
  gateways: [edge]
  http:
${exact.map((path) => `    - { match: [{ uri: { exact: ${path} } }], route: [{ destination: { host: api, port: { number: 80 } } }] }\n`).join('')}`;

const toInput = (file: string, documents: readonly string[]): InputFile => ({
  file,
  bytes: new TextEncoder().encode(documents.join('---\n')),
});

const convertAll = (inputs: readonly InputFile[]) => convert({ inputs, to: 'lattice', lattice });

async function keysOf(routes: readonly Route[]): Promise<readonly string[]> {
  const { resources } = await convertAll([toInput('in.yaml', [gateway, ...routes.map(printRoute)])]);
  const held = (resources[0]?.['resources'] ?? []) as readonly LatticeResource[];
  return held.map(resourceKey);
}

const routes = fc
  .subarray(hosts, { minLength: 1 })
  .chain((some) =>
    fc.tuple(
      ...some.map((host) => fc.shuffledSubarray(paths, { minLength: 1 }).map((exact) => ({ host, paths: exact }))),
    ),
  );

describe('resources of VPC Lattice', () => {
  it('have the same bytes for shuffled files and documents', async () => {
    const documents = [gateway, ...hosts.map((host) => printRoute({ host, paths }))];
    const { text } = await convertAll([toInput('in.yaml', documents)]);
    expect(text).toContain('kind: LatticeResources');
    const shuffled = fc.tuple(fc.shuffledSubarray(documents, { minLength: documents.length }), fc.nat({ max: 4 }));
    await fc.assert(
      fc.asyncProperty(shuffled, async ([order, cut]) => {
        const inputs = [toInput('z.yaml', order.slice(0, cut)), toInput('a.yaml', order.slice(cut))];
        expect((await convertAll(inputs)).text).toBe(text);
      }),
      { numRuns: runs },
    );
  });

  it('keep their keys when a host or a rule is added', async () => {
    await fc.assert(
      fc.asyncProperty(routes, fc.constantFrom(...hosts), async (before, host) => {
        const others = before.filter((one) => one.host !== host);
        const own = before.find((one) => one.host === host)?.paths ?? [];
        const after = [...others, { host, paths: ['/added', ...own] }];
        expect(await keysOf(after)).toEqual(expect.arrayContaining([...(await keysOf(before))]));
      }),
      { numRuns: runs },
    );
  });

  it('are skipped as input', async () => {
    const inputs = [toInput('in.yaml', [gateway, printRoute({ host: 'a.example.com', paths })])];
    const { text } = await convertAll(inputs);
    const again = await convertAll([...inputs, toInput('out.yaml', [text])]);
    expect(again.text).toBe(text);
    expect(again.diagnostics.map(({ code }) => code)).toContain('input/own-output');
  });
});
