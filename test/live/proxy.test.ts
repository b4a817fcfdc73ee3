import { request } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { UsageError } from '../../src/cli/errors.ts';
import { makeProxyAgents } from '../../src/cli/live/proxy-agents.ts';
import { openProxy, openServer } from './open-proxy.ts';

function get(url: string, env: Readonly<Record<string, string>>, timeout = 5000): Promise<string> {
  const agents = makeProxyAgents(env, timeout);
  onTestFinished(() => agents?.httpAgent.destroy());
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent: agents?.httpAgent }, (response) => {
      response.setEncoding('utf8');
      response.on('data', resolve);
    });
    sent.on('error', reject);
    sent.end();
  });
}

test('calls go through the proxy of the environment, with its password', async () => {
  const port = await openServer((_, answer) => void answer.end('hello'));
  const proxy = await openProxy(() => port);
  const env = { http_proxy: `http://me:pa%20ss@127.0.0.1:${proxy.port}` };
  expect(await get('http://vpc-lattice.example.com/services', env)).toBe('hello');
  expect(proxy.asked).toEqual([`vpc-lattice.example.com:80 Basic ${Buffer.from('me:pa ss').toString('base64')}`]);
});

test('NO_PROXY and loopback go without', async () => {
  const port = await openServer((_, answer) => void answer.end('hello'));
  const proxy = await openProxy(() => port);
  const env = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: 'localhost, .nowhere.invalid' };
  expect(await get(`http://127.0.0.1:${port}/`, env)).toBe('hello');
  await expect(get('http://a.nowhere.invalid/', env)).rejects.toThrow(/ENOTFOUND|EAI_AGAIN/);
  expect(proxy.asked).toEqual([]);
});

test('a tunnel that never opens is given up', async () => {
  const proxy = await openProxy(() => undefined);
  const env = { HTTP_PROXY: `http://me:secret@127.0.0.1:${proxy.port}` };
  const failed = get('http://vpc-lattice.example.com/', env, 100);
  const message = `the proxy 127.0.0.1:${proxy.port} cannot be used: no tunnel within 100 ms`;
  await expect(failed).rejects.toMatchObject({ code: 'ETIMEDOUT', message });
});

test('a password that is not well encoded is sent as it stands', async () => {
  const port = await openServer((_, answer) => void answer.end('hello'));
  const proxy = await openProxy(() => port);
  expect(await get('http://example.com/', { http_proxy: `http://me:50%off@127.0.0.1:${proxy.port}` })).toBe('hello');
  expect(proxy.asked).toEqual([`example.com:80 Basic ${Buffer.from('me:50%off').toString('base64')}`]);
});

test('what is no proxy is said without its password', () => {
  expect(makeProxyAgents({}, 5000)).toBeUndefined();
  const wrong = () => makeProxyAgents({ HTTPS_PROXY: 'socks5://me:secret@host' }, 5000);
  expect(wrong).toThrow(UsageError);
  expect(wrong).not.toThrow(/secret/);
});
