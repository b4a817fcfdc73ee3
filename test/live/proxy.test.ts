import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { UsageError } from '../../src/cli/errors.ts';
import { makeProxyAgents } from '../../src/cli/live/proxy-agents.ts';

/** A proxy that leads every tunnel to one server, and the places that it was asked for. */
async function openProxy(port: number) {
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (incoming, socket) => {
    asked.push(`${incoming.url} ${incoming.headers['proxy-authorization'] ?? ''}`.trim());
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [upstream, socket]) end.on('error', () => {});
  });
  return { asked, port: await listen(proxy) };
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function get(url: string, env: Readonly<Record<string, string>>): Promise<string> {
  const agents = makeProxyAgents(env);
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
  const port = await listen(createServer((_, answer) => void answer.end('hello')));
  const proxy = await openProxy(port);
  const env = { http_proxy: `http://me:pa%20ss@127.0.0.1:${proxy.port}` };
  expect(await get('http://vpc-lattice.example.com/services', env)).toBe('hello');
  expect(proxy.asked).toEqual([`vpc-lattice.example.com:80 Basic ${Buffer.from('me:pa ss').toString('base64')}`]);
});

test('NO_PROXY and loopback go without', async () => {
  const port = await listen(createServer((_, answer) => void answer.end('hello')));
  const proxy = await openProxy(port);
  const env = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: 'localhost, .nowhere.invalid' };
  expect(await get(`http://127.0.0.1:${port}/`, env)).toBe('hello');
  await expect(get('http://a.nowhere.invalid/', env)).rejects.toThrow(/ENOTFOUND|EAI_AGAIN/);
  expect(proxy.asked).toEqual([]);
});

test('what is no proxy is said without its password', () => {
  expect(makeProxyAgents({})).toBeUndefined();
  const wrong = () => makeProxyAgents({ HTTPS_PROXY: 'socks5://me:secret@host' });
  expect(wrong).toThrow(UsageError);
  expect(wrong).not.toThrow(/secret/);
});
