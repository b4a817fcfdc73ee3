import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convert, type InputFile } from '../src/index.ts';

const examples = ['istio-shop', 'ingress', 'gateway-api'] as const;
const profiles = ['standard', 'lattice'] as const;
const runs = process.env['LATTICECTL_DEEP'] === '1' ? 200 : 12;

/** The documents of an example; comments above a document stay with it. */
function documentsOf(example: string): readonly string[] {
  const folder = join('examples', example);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') && name !== 'latticectl.yaml')
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split(/^---\n/m));
}

function toInput(file: string, documents: readonly string[]): InputFile {
  return { file, bytes: new TextEncoder().encode(documents.join('---\n')) };
}

/** A shuffle of the documents, cut into files. */
function shuffled(documents: readonly string[]): fc.Arbitrary<readonly InputFile[]> {
  return fc
    .tuple(
      fc.shuffledSubarray([...documents], { minLength: documents.length }),
      fc.integer({ min: 0, max: documents.length }),
    )
    .map(([order, cut]) => [toInput('z.yaml', order.slice(0, cut)), toInput('a.yaml', order.slice(cut))]);
}

describe.for(examples)('%s', (example) => {
  const documents = documentsOf(example);

  it.for(profiles)('gives the same bytes for shuffled files and documents (%s)', async (profile) => {
    const { text } = await convert({ inputs: [toInput('in.yaml', documents)], profile, partial: true });
    expect(text).not.toBe('');
    await fc.assert(
      fc.asyncProperty(shuffled(documents), async (inputs) => {
        expect((await convert({ inputs, profile, partial: true })).text).toBe(text);
      }),
      { numRuns: runs },
    );
  });

  it.for(profiles)('skips its own output as input (%s)', async (profile) => {
    const inputs = [toInput('in.yaml', documents)];
    const { text } = await convert({ inputs, profile, partial: true });
    const again = await convert({ inputs: [...inputs, toInput('out.yaml', [text])], profile, partial: true });
    expect(again.text).toBe(text);
    const alone = await convert({ inputs: [toInput('out.yaml', [text])], profile, partial: true });
    expect(alone.resources).toEqual([]);
  });
});

const hosts = fc.uniqueArray(
  fc.constantFrom('a', 'b', 'c', 'd').map((label) => `${label}.example.com`),
  { minLength: 1, maxLength: 4 },
);
const rules = fc.uniqueArray(fc.constantFrom('/x', '/y', '/z'), { maxLength: 3 });
const services = fc.uniqueArray(fc.record({ name: fc.constantFrom('one', 'two', 'three'), hosts, rules }), {
  selector: ({ name }) => name,
  minLength: 1,
  maxLength: 3,
});

interface Written {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly rules: readonly string[];
}

function print(objects: readonly Written[]): readonly string[] {
  const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
    - {port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}
`;
  const route = (name: string) => `route: [{destination: {host: ${name}.shop.svc.cluster.local, port: {number: 80}}}]`;
  return [
    gateway,
    ...objects.map(
      ({ name, hosts, rules }, age) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: shop, creationTimestamp: "2024-01-0${age + 1}T00:00:00Z"}
spec:
  hosts: [${hosts.join(', ')}]
  gateways: [gw]
  http:
${rules.map((path) => `    - {match: [{uri: {exact: ${path}}}], ${route(`${name}-path`)}}\n`).join('')}    - {${route(name)}}
`,
    ),
  ];
}

/** `namespace/name` of the routes by the object they come from and the hosts they serve. */
async function namesOf(
  objects: readonly Written[],
  profile: 'standard' | 'lattice',
): Promise<ReadonlyMap<string, string>> {
  const { resources } = await convert({ inputs: [toInput('in.yaml', print(objects))], profile, partial: true });
  const routes = resources.filter(({ kind }) => kind === 'HTTPRoute') as unknown as readonly {
    readonly metadata: { readonly name: string };
    readonly spec: { readonly hostnames?: readonly string[] };
  }[];
  return new Map(
    routes.flatMap(({ metadata, spec }) =>
      (spec.hostnames ?? []).map((host) => [`${host} ${metadata.name}`, metadata.name]),
    ),
  );
}

describe('names', () => {
  it.for(profiles)('stay when a rule, a host or an object is added (%s)', async (profile) => {
    await fc.assert(
      fc.asyncProperty(services, async (objects) => {
        const [first, ...others] = objects;
        if (first === undefined) return;
        // Only hosts of one object: a second object on a host makes a merged route on Lattice by design.
        const own = {
          ...first,
          hosts: first.hosts.filter((host) => others.every((other) => !other.hosts.includes(host))),
        };
        if (own.hosts.length === 0) return;
        const before = await namesOf([own], profile);
        const ruled = await namesOf([{ ...own, rules: ['/new', ...own.rules] }], profile);
        const hosted = await namesOf([{ ...own, hosts: [...own.hosts, 'new.example.com'] }], profile);
        const joined = await namesOf([own, ...others], profile);
        for (const key of before.keys()) {
          expect([...ruled.keys()], 'with a new rule').toContain(key);
          expect([...hosted.keys()], 'with a new host').toContain(key);
          expect([...joined.keys()], 'with more objects').toContain(key);
        }
      }),
      { numRuns: runs * 3 },
    );
  });
});
