import { Agent as HttpAgent, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import { UsageError } from '../errors.ts';
import type { World } from '../world.ts';

/** Agents of Node that take connections through the proxies of the environment. */
export interface ProxyAgents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
}

interface Target {
  readonly host: string;
  readonly port: number;
  readonly servername?: string;
}

type Done = (error: Error | null, socket?: Socket) => void;

/**
 * Undefined where the environment names no proxy: then connections go out as usual. `timeout` is the milliseconds until a
 * proxy has opened a tunnel. Throws a UsageError for no URL.
 */
export function makeProxyAgents(env: World['env'], timeout: number): ProxyAgents | undefined {
  const forHttps = readProxy(env, 'HTTPS_PROXY');
  const forHttp = readProxy(env, 'HTTP_PROXY');
  if (forHttps === undefined && forHttp === undefined) return undefined;
  const isDirect = readExceptions(env);
  const options = { keepAlive: true, maxSockets: 50 };
  const open = (proxy: URL | undefined, isSecure: boolean) => (target: Target, done: Done) => {
    if (proxy === undefined || isDirect(target)) return void done(null, connectTo(target, isSecure));
    openTunnel(proxy, target, { isSecure, timeout, done });
  };
  // `createConnection` is how Node lets an agent make its own sockets; the types of Node 20 lack it.
  return {
    httpAgent: Object.assign(new HttpAgent(options), { createConnection: open(forHttp, false) }),
    httpsAgent: Object.assign(new HttpsAgent(options), { createConnection: open(forHttps, true) }),
  };
}

function connectTo(target: Target, isSecure: boolean): Socket {
  return isSecure ? connectSecure(target) : connectPlain(target);
}

/** Both spellings are usual; the small one wins, as with curl. */
function readVariable(env: World['env'], name: string): string {
  return env[name.toLowerCase()] || env[name] || '';
}

function readProxy(env: World['env'], name: string): URL | undefined {
  const text = readVariable(env, name) || readVariable(env, 'ALL_PROXY');
  if (text === '') return undefined;
  try {
    const url = new URL(text.includes('://') ? text : `http://${text}`);
    if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  } catch {
    // Not a URL; the text may hold a password and is not repeated.
  }
  throw new UsageError(`${name} does not hold the URL of an HTTP proxy`);
}

/** NO_PROXY: host names with everything below them, with a port or without, or `*`. Loopback never needs a proxy. */
function readExceptions(env: World['env']): (target: Target) => boolean {
  const names = readVariable(env, 'NO_PROXY')
    .split(/[\s,]+/)
    .filter((name) => name !== '')
    .map((name) => name.toLowerCase().replace(/^\*?\./, ''));
  return ({ host, port }) => {
    const own = host.toLowerCase();
    if (own === 'localhost' || own === '::1' || /^127\./.test(own)) return true;
    return names.some((name) => {
      const [, bare = name, onPort] = /^([^:]+):(\d+)$/.exec(name) ?? [];
      if (onPort !== undefined && Number(onPort) !== port) return false;
      return bare === '*' || own === bare || own.endsWith(`.${bare}`);
    });
  };
}

interface TunnelOptions {
  readonly isSecure: boolean;
  readonly timeout: number;
  readonly done: Done;
}

function openTunnel(proxy: URL, target: Target, { isSecure, timeout, done }: TunnelOptions): void {
  const { host, port, servername = host } = target;
  const place = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const credentials = `${decode(proxy.username)}:${decode(proxy.password)}`;
  const request = (proxy.protocol === 'https:' ? requestHttps : requestHttp)({
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port === '' ? (proxy.protocol === 'https:' ? 443 : 80) : Number(proxy.port),
    method: 'CONNECT',
    path: place,
    agent: false,
    headers: {
      host: place,
      ...(credentials === ':' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }),
    },
  });
  // Nobody else ends a tunnel that never opens, and the process would wait for it.
  const timer = setTimeout(() => {
    request.destroy(Object.assign(new Error(`no tunnel within ${timeout} ms`), { code: 'ETIMEDOUT' }));
  }, timeout);
  request.once('connect', ({ statusCode }, socket) => {
    clearTimeout(timer);
    if (statusCode === 200) {
      done(null, isSecure ? connectSecure({ ...target, socket, servername }) : socket);
      return;
    }
    socket.destroy();
    done(new Error(`the proxy ${proxy.host} answers ${statusCode} for ${place}`));
  });
  request.once('error', (error) => {
    clearTimeout(timer);
    // The code says whether it may go better next time.
    const code = 'code' in error ? { code: error.code } : {};
    done(Object.assign(new Error(`the proxy ${proxy.host} cannot be used: ${error.message}`, { cause: error }), code));
  });
  request.end();
}

/** What is not well encoded stands for itself. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
