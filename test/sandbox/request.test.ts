import * as lattice from '@aws-sdk/client-vpc-lattice';
import { describe, expect, test } from 'vitest';
import { openSandbox } from './harness.ts';
import { forward, scene } from './world.ts';

const network = 'net';

/** A service shop.example.com with rules by priority, each of which answers to a group of its own name. */
async function openShop(matches: Readonly<Record<string, lattice.RuleMatch>>) {
  const sandbox = await openSandbox({ limits: { rulesPerListener: 100, targetGroupsPerService: 100 } });
  const make = scene(sandbox.client);
  const service = await make.service('shop', { customDomainName: 'Shop.example.com' });
  const listener = await make.listener(service.id);
  await make.associate((await make.network(network)).id, service.id);
  const place = { serviceIdentifier: service.id, listenerIdentifier: listener.id };
  // Made from the last to the first, so that the order of creation is not the order of priority.
  for (const [index, [name, match]] of [...Object.entries(matches).entries()].reverse()) {
    await make.rule(place, index + 1, { name, match, action: forward([(await make.group(name)).id]) });
  }
  const ask = async (method: string, path: string, headers: Readonly<Record<string, string>> = {}, more = {}) => {
    const answer = await sandbox.ask({ network, host: 'shop.example.com', method, path, headers, ...more });
    return (answer as { readonly rule: string }).rule;
  };
  return { ...sandbox, make, service, place, ruleFor: ask };
}

const path = (match: lattice.PathMatchType, caseSensitive?: boolean): lattice.RuleMatch => ({
  httpMatch: { pathMatch: { match, ...(caseSensitive === undefined ? {} : { caseSensitive }) } },
});
const header = (match: lattice.HeaderMatchType, caseSensitive?: boolean): lattice.RuleMatch => ({
  httpMatch: {
    headerMatches: [{ name: 'X-Who', match, ...(caseSensitive === undefined ? {} : { caseSensitive }) }],
  },
});

describe('a request', () => {
  test('meets the first rule by priority', async () => {
    const { ruleFor } = await openShop({
      post: { httpMatch: { method: 'POST', pathMatch: { match: { prefix: '/a' } } } },
      exact: path({ exact: '/a/b' }, true),
      prefix: path({ prefix: '/a' }, true),
    });
    expect(await ruleFor('POST', '/a/b')).toBe('post');
    expect(await ruleFor('post', '/a/b')).toBe('exact');
    expect(await ruleFor('GET', '/a/b?x=/c')).toBe('exact');
    expect(await ruleFor('GET', '/a/b/')).toBe('prefix');
    expect(await ruleFor('GET', '/A/b')).toBe('default');
    expect(await ruleFor('GET', '/')).toBe('default');
  });

  test('compares paths and header values without case unless a rule says so', async () => {
    const { ruleFor } = await openShop({
      'strict-path': path({ exact: '/Strict' }, true),
      'loose-path': path({ exact: '/Loose' }),
      'strict-header': header({ exact: 'Bob' }, true),
      'loose-header': header({ exact: 'Ann' }, false),
      'header-prefix': header({ prefix: 'pre-' }),
      'header-contains': header({ contains: 'mid' }),
    });
    expect(await ruleFor('GET', '/strict')).toBe('default');
    expect(await ruleFor('GET', '/Strict')).toBe('strict-path');
    expect(await ruleFor('GET', '/lOOSE')).toBe('loose-path');
    expect(await ruleFor('GET', '/', { 'x-who': 'bob' })).toBe('default');
    expect(await ruleFor('GET', '/', { 'x-WHO': 'Bob' })).toBe('strict-header');
    expect(await ruleFor('GET', '/', { 'x-who': 'ANN' })).toBe('loose-header');
    expect(await ruleFor('GET', '/', { 'x-who': 'PRE-fix' })).toBe('header-prefix');
    expect(await ruleFor('GET', '/', { 'x-who': 'a MIDdle' })).toBe('header-contains');
    expect(await ruleFor('GET', '/', { 'x-else': 'Ann' })).toBe('default');
  });

  test('needs every condition of a rule', async () => {
    const match = {
      httpMatch: {
        headerMatches: [
          { name: 'a', match: { exact: '1' } },
          { name: 'b', match: { exact: '2' } },
        ],
      },
    };
    const { ruleFor } = await openShop({ both: match });
    expect(await ruleFor('GET', '/', { a: '1', b: '2' })).toBe('both');
    expect(await ruleFor('GET', '/', { a: '1' })).toBe('default');
  });

  test('reads a prefix by characters, or by segments where it is told to', async () => {
    const { ruleFor } = await openShop({ prefix: path({ prefix: '/p' }) });
    expect(await ruleFor('GET', '/px')).toBe('prefix');
    expect(await ruleFor('GET', '/px', {}, { prefix: 'segment' })).toBe('default');
    expect(await ruleFor('GET', '/p/x', {}, { prefix: 'segment' })).toBe('prefix');
  });

  test('goes to weighted groups with their targets', async () => {
    const { make, place, ask, client } = await openShop({});
    const [one, two] = [await make.group('one'), await make.group('two')];
    const targets = [{ id: '10.0.0.1' }];
    await client.send(new lattice.RegisterTargetsCommand({ targetGroupIdentifier: one.id, targets }));
    await make.rule(place, 1, { name: 'split', action: forward([one.id, 90], [two.id, 10]) });
    expect(await ask({ network, host: 'shop.example.com', path: '/1' })).toEqual({
      service: 'shop',
      listener: 'http',
      rule: 'split',
      targets: [
        { targetGroup: 'one', targetGroupArn: one.arn, weight: 90, targets: [{ id: '10.0.0.1', port: 8080 }] },
        { targetGroup: 'two', targetGroupArn: two.arn, weight: 10, targets: [] },
      ],
    });
  });

  test('finds its service by host, in this network only, and its listener by port', async () => {
    const { make, ask, client, service } = await openShop({});
    await make.listener(service.id, {
      name: 'tls',
      protocol: 'HTTPS',
      defaultAction: { fixedResponse: { statusCode: 500 } },
    });
    await make.network('other');
    const { dnsEntry } = await client.send(new lattice.GetServiceCommand({ serviceIdentifier: service.id }));
    const to = (host: string, name = network) => ask({ network: name, host });
    const plain = { service: 'shop', listener: 'http', rule: 'default', status: 404 };
    const nobody = { service: null, listener: null, rule: null, status: 404 };
    expect(await to('SHOP.example.com')).toEqual(plain);
    expect(await to(dnsEntry?.domainName ?? '')).toEqual(plain);
    expect(await to('shop.example.com:443')).toEqual({ ...plain, listener: 'tls', status: 500 });
    expect(await to('shop.example.com:8080')).toEqual({ ...plain, listener: null, rule: null });
    expect(await to('example.com')).toEqual(nobody);
    expect(await to('shop.example.com', 'other')).toEqual(nobody);
    expect(await to('shop.example.com', 'none')).toMatchObject({ message: 'There is no service network none' });
  });

  test('with a key that is none is refused, since it would go unheard', async () => {
    const { ask } = await openShop({});
    const { message } = (await ask({ network, host: 'shop.example.com', metod: 'POST' })) as { message: string };
    expect(message).toBe('unknown key metod; a request has network, host, method, path, headers, prefix');
  });

  test('is denied where a policy is asked for and there is none', async () => {
    const { ask, client, service } = await openShop({});
    const { id: serviceIdentifier } = service;
    await client.send(new lattice.UpdateServiceCommand({ serviceIdentifier, authType: 'AWS_IAM' }));
    expect(await ask({ network, host: 'shop.example.com' })).toMatchObject({ rule: null, status: 403 });
    const policy = '{"Statement":[{"Effect":"Allow"}]}';
    await client.send(new lattice.PutAuthPolicyCommand({ resourceIdentifier: serviceIdentifier, policy }));
    expect(await ask({ network, host: 'shop.example.com' })).toMatchObject({ rule: 'default', status: 404 });
  });
});
