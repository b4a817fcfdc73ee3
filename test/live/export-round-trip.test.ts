import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LatticeResource, LatticeResources, LatticeRule } from '../../src/emitters/lattice/resources.ts';
import { makeFolder, runCli } from '../cli/fake-world.ts';
import { openSandbox } from '../sandbox/harness.ts';
import { createStack } from './create-stack.ts';
import { certificateArn, vpcId } from './wanted.ts';

type HttpMatch = LatticeRule['match']['httpMatch'];

const to = (...groups: readonly (readonly [string, number])[]) => ({
  forward: { targetGroups: groups.map(([targetGroup, weight]) => ({ targetGroup, weight })) },
});
const fixed = (statusCode: 404 | 500) => ({ fixedResponse: { statusCode } });
const path = (match: { exact: string } | { prefix: string }, caseSensitive = true) => ({ match, caseSensitive });

type Action = ReturnType<typeof to> | ReturnType<typeof fixed>;

/** By name, then by port. */
type Services = Readonly<
  Record<
    string,
    {
      readonly domain?: string;
      readonly listeners: Readonly<
        Record<number, { readonly otherwise: Action; readonly rules: readonly (readonly [HttpMatch, Action])[] }>
      >;
    }
  >
>;

/** Services with their listeners, rules with gaps between the priorities, groups of a service of its own. */
function stackOf(services: Services): LatticeResources {
  const groups = new Set<string>();
  const use = (action: Action) => {
    if ('forward' in action) for (const { targetGroup } of action.forward.targetGroups) groups.add(targetGroup);
    return action;
  };
  const parts = Object.entries(services).map(([name, { domain, listeners }]) => {
    const service: LatticeResource = {
      kind: 'Service',
      name,
      ...(domain === undefined ? {} : { customDomainName: domain }),
      ...(Object.hasOwn(listeners, 443) ? { certificateArn } : {}),
      authType: 'NONE',
      origin: {},
    };
    const inside = Object.entries(listeners).flatMap(([port, { otherwise, rules }]): readonly LatticeResource[] => {
      const listener = `http-${port}`;
      const protocol = port === '443' ? 'HTTPS' : 'HTTP';
      return [
        {
          kind: 'Listener',
          name: listener,
          service: name,
          protocol,
          port: Number(port),
          defaultAction: use(otherwise),
        },
        ...rules.map(
          ([httpMatch, action], index): LatticeResource => ({
            ...{ kind: 'Rule', name: `no-${index}`, service: name, listener },
            // Gaps of every size.
            priority: 3 + index * index * 7,
            match: { httpMatch },
            action: use(action),
          }),
        ),
      ];
    });
    return { service, inside };
  });
  return {
    kind: 'LatticeResources',
    stack: 'shop',
    region: 'us-west-2',
    resources: [
      { kind: 'ServiceNetwork', name: 'net', create: true, authType: 'NONE' },
      ...[...groups].map(
        (name, index): LatticeResource => ({
          kind: 'TargetGroup',
          name,
          type: 'IP',
          config: {
            port: 8080,
            protocol: 'HTTP',
            protocolVersion: 'HTTP1',
            ipAddressType: 'IPV4',
            vpcIdentifier: vpcId,
          },
          targets: [{ id: `10.0.0.${index + 1}`, port: 8080 }],
          origin: { backend: `shop/${name}:80` },
        }),
      ),
      ...parts.map(({ service }) => service),
      ...parts.flatMap(({ inside }) => inside),
      ...Object.keys(services).map(
        (service): LatticeResource => ({
          ...{ kind: 'ServiceNetworkServiceAssociation', name: `net/${service}`, serviceNetwork: 'net', service },
        }),
      ),
    ],
  };
}

const header = (
  name: string,
  match: { exact: string } | { prefix: string } | { contains: string },
  caseSensitive: boolean,
) => ({
  name,
  match,
  caseSensitive,
});

const shop = (listeners: Services[string]['listeners']) => stackOf({ shop: { domain: 'shop.example.com', listeners } });
const one = (otherwise: Action, ...rules: readonly (readonly [HttpMatch, Action])[]) =>
  shop({ 80: { otherwise, rules } });
const on = (test: ReturnType<typeof header>) => one(to(['web', 1]), [{ headerMatches: [test] }, to(['cart', 1])]);
const at = (pathMatch: ReturnType<typeof path>, action: Action = to(['cart', 1])) =>
  one(to(['web', 1]), [{ pathMatch }, action]);
const bare = (name: string, port: 80 | 443) => ({ listeners: { [port]: { otherwise: to([name, 1]), rules: [] } } });

/** What stands in the account, and what the export says in each profile where it is not simply equal. */
const cases: Readonly<
  Record<string, readonly [LatticeResources, { readonly [P in 'lattice' | 'standard']?: string }]>
> = {
  weights: [
    one(to(['web', 90], ['next', 10]), [{ pathMatch: path({ exact: '/cart' }) }, to(['cart', 1], ['web', 2])]),
    {},
  ],
  'methods, and gaps between priorities': [
    one(
      to(['web', 1]),
      [{ method: 'POST' }, to(['cart', 1])],
      [{ method: 'GET', pathMatch: path({ exact: '/x' }) }, to(['exes', 1])],
      [{ pathMatch: path({ prefix: '/x' }) }, to(['web', 3], ['exes', 1])],
    ),
    { standard: 'lattice/prefix-reading-assumed' },
  ],
  'a default of 500': [one(fixed(500), [{ pathMatch: path({ exact: '/cart' }) }, to(['cart', 1])]), {}],
  'a default of 404': [one(fixed(404), [{ pathMatch: path({ exact: '/cart' }) }, to(['cart', 1])]), {}],
  'a fixed 500': [at(path({ exact: '/cart' }), fixed(500)), {}],
  'a fixed 404': [
    at(path({ exact: '/cart' }), fixed(404)),
    { lattice: 'gateway-api/fixed-response-lost', standard: 'gateway-api/fixed-response-lost' },
  ],
  'a header, with case': [on(header('x-user', { exact: 'Ann' }, true)), { lattice: 'lattice/header-value-case' }],
  'a header': [on(header('x-user', { exact: 'Ann' }, false)), {}],
  'the beginning of a header': [
    on(header('x-user', { prefix: 'Ann' }, true)),
    { lattice: 'gateway-api/header-not-expressible' },
  ],
  'a part of a header': [
    on(header('x-user', { contains: 'a.b' }, false)),
    { lattice: 'gateway-api/header-not-expressible' },
  ],
  'a path in any case': [at(path({ exact: '/Up' }, false)), {}],
  // Gateway API reads by segment what Lattice may read by text.
  'a prefix': [at(path({ prefix: '/up' })), { standard: 'lattice/prefix-reading-assumed' }],
  HTTPS: [shop({ 443: { otherwise: to(['web', 1]), rules: [] } }), { standard: 'lattice/certificate-not-in-force' }],
  'HTTP and HTTPS': [
    shop({ 80: { otherwise: to(['web', 1]), rules: [] }, 443: { otherwise: to(['web', 1]), rules: [] } }),
    { standard: 'lattice/certificate-not-in-force' },
  ],
  'HTTP and HTTPS that differ': [
    shop({ 80: { otherwise: to(['web', 1]), rules: [] }, 443: { otherwise: to(['cart', 1]), rules: [] } }),
    { lattice: 'lattice/host-in-two-scopes', standard: 'lattice/certificate-not-in-force' },
  ],
  'several services': [
    stackOf({
      api: { domain: 'api.example.com', ...bare('api', 80) },
      shop: { domain: 'shop.example.com', ...bare('web', 80) },
    }),
    {},
  ],
  'a service without a domain': [stackOf({ inner: bare('inner', 80) }), {}],
  'services without a domain': [
    stackOf({ inner: bare('inner', 80), outer: bare('outer', 80) }),
    { standard: 'gateway-api/hosts-overlap' },
  ],
  'more services than a Gateway has listeners': [
    stackOf(Object.fromEntries(numbered((name) => ({ domain: `${name}.example.com`, ...bare(`for-${name}`, 80) })))),
    {},
  ],
  'more certificates than a Gateway has listeners': [
    stackOf(Object.fromEntries(numbered((name) => ({ domain: `${name}.example.com`, ...bare(`for-${name}`, 443) })))),
    { lattice: 'gateway-api/too-many-listeners' },
  ],
};

function numbered<Value>(make: (name: string) => Value): readonly (readonly [string, Value])[] {
  return Array.from({ length: 65 }, (_, index) => `shop-${index}`).map((name) => [name, make(name)]);
}

describe.each(['lattice', 'standard'] as const)('an export to Gateway API, profile %s', (profile) => {
  // Large stacks take seconds, and only the AWS controller has one Gateway for all.
  const names = Object.keys(cases).filter((name) => profile === 'lattice' || !name.startsWith('more '));
  test.each(names)('of %s routes alike, or says why not', async (name) => {
    const [stack, { [profile]: said }] = cases[name] ?? [stackOf({}), {}];
    const sandbox = await openSandbox();
    await createStack(sandbox.client, stack);
    const mapped = stack.resources.flatMap((resource) =>
      resource.kind === 'TargetGroup'
        ? [`  ${resource.origin?.backend}: {ips: [${resource.targets?.[0]?.id}], port: 8080, vpcId: ${vpcId}}\n`]
        : [],
    );
    const cwd = makeFolder({ 'latticectl.yaml': `stack: shop\nbackends:\n${mapped.join('')}` });
    const run = (...argv: readonly string[]) => runCli(argv, { cwd });
    const exportAs = async (file: string, ...flags: readonly string[]) => {
      const done = await run('export', '--endpoint-url', sandbox.url, ...flags);
      writeFileSync(join(cwd, file), done.stdout);
      return done;
    };
    await exportAs('lattice.yaml', '--to', 'lattice');
    expect((await exportAs('model.yaml', '--to', 'ir')).exitCode).toBe(0);
    const className = profile === 'lattice' ? 'amazon-vpc-lattice' : 'istio';
    const { exitCode, stderr } = await exportAs('routes.yaml', '--profile', profile, '--gateway-class', className);
    if (said !== undefined) expect(stderr).toContain(`[${said}]`);
    expect(stderr).not.toContain('[internal/');
    if (exitCode !== 0) return expect(said).toBeDefined();
    const verified = await run('verify', 'lattice.yaml', '--against', 'routes.yaml', '-o', 'json');
    expect(verified.exitCode).toBe(0);
    const { result } = JSON.parse(verified.stdout);
    expect(result.verdict).toBe(said === undefined ? 'equal' : 'differs');
  });
});
