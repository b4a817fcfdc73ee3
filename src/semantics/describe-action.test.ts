import { expect, test } from 'vitest';
import { modelOf } from '../../test/model-of.ts';
import { describeChange } from './describe-action.ts';

const actions = async (...rules: readonly string[]) => {
  const spec = `{hosts: [s], http: [${rules.map((rule, index) => `{match: [{uri: {exact: /${index}}}], ${rule}}`).join(', ')}]}`;
  const metadata = '{name: a, namespace: shop}';
  const { virtualHosts } = await modelOf(
    `{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: ${metadata}, spec: ${spec}}`,
  );
  return virtualHosts[0]?.rules.map(({ action }) => action) ?? [];
};
const to = (name: string) => `route: [{destination: {host: ${name}, port: {number: 80}}}]`;

async function changeOf(first: string, second: string) {
  const [before, after] = await actions(first, second);
  if (before === undefined || after === undefined) throw new Error('there are no rules');
  return Object.values(describeChange(before, after));
}

test('backends say enough where they differ', async () => {
  expect(await changeOf(`${to('one')}, timeout: 1s`, to('two'))).toEqual(['shop/one:80', 'shop/two:80']);
});

test('with the same backends, what else differs is said', async () => {
  const first = `${to('one')}, rewrite: {uri: /x}, timeout: 1s, headers: {request: {set: {a: secret}}}`;
  expect(await changeOf(first, `${to('one')}, timeout: 1s`)).toEqual([
    'shop/one:80 (path to /x, request headers changed: a)',
    'shop/one:80',
  ]);
  expect(await changeOf(`${to('one')}, timeout: 1s`, `${to('one')}, timeout: 2s`)).toEqual([
    'shop/one:80 (timeout 1000 ms)',
    'shop/one:80 (timeout 2000 ms)',
  ]);
});

test('redirects to one host differ in path, scheme or port', async () => {
  expect(await changeOf('redirect: {uri: /a}', 'redirect: {uri: /b}')).toEqual([
    'redirect 301 (path to /a)',
    'redirect 301 (path to /b)',
  ]);
});
