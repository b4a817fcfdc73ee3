import type { RoutingRequest } from './evaluate.ts';

/** A request as a person writes it. */
export interface WrittenRequest {
  readonly method: string;
  readonly url: string;
  /** In the order in which they are sent; a name may stand several times. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** The port that is dialled; absent = as the URL says. */
  readonly port?: number;
  /** The namespace of a mesh client; absent = it may come from outside. */
  readonly fromNamespace?: string;
}

/** A request by the request model (docs/request-model.md), with what only its answer needs. */
export interface ModelRequest extends RoutingRequest {
  readonly scheme: 'http' | 'https';
  /** The host that is dialled; `host` is the one that the Host header names. */
  readonly dialled: string;
  /** The port that is dialled. */
  readonly port: number;
  readonly authority: string;
  /** With its question mark, as sent; empty without a query. */
  readonly search: string;
  readonly fromNamespace?: string;
  /** For people: the URL as it was written. */
  readonly url: string;
}

export type RequestReading =
  | { readonly kind: 'request'; readonly request: ModelRequest }
  | { readonly kind: 'bad'; readonly problem: string };

const DEFAULT_PORTS = { http: 80, https: 443 } as const;

/** Turns a written request into what is routed, or says what is wrong with it. */
export function readRequest(written: WrittenRequest): RequestReading {
  const bad = (problem: string): RequestReading => ({ kind: 'bad', problem });
  const { method, url } = written;
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(method)) return bad(`${JSON.stringify(method)} is no method`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a URL must not hold
  if (/[\u0000-\u0020\u007f]/.test(url)) return bad('a URL holds no spaces and no control characters');
  const parts = /^(https?):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(?:#.*)?$/s.exec(url);
  if (parts === null) return bad('a URL starts with http:// or https://');
  const [, scheme = '', place = '', path = '', search = ''] = parts;
  if (scheme !== 'http' && scheme !== 'https') return bad('a URL starts with http:// or https://');
  const dialled = readAuthority(place);
  if (typeof dialled === 'string') return bad(dialled);
  const headers = joinHeaders(written.headers);
  if (typeof headers === 'string') return bad(headers);
  const { host: hostHeader, ...others } = headers;
  const named = hostHeader === undefined ? dialled : readAuthority(hostHeader);
  if (typeof named === 'string') return bad(`header host: ${named}`);
  const port = written.port ?? dialled.port ?? DEFAULT_PORTS[scheme];
  if (!isPort(port)) return bad(`${port} is no port`);
  // A client leaves the port of the scheme out of the Host that it sends.
  const shown = named.port === undefined || named.port === DEFAULT_PORTS[scheme] ? '' : `:${named.port}`;
  const query = encodeOther(search);
  return {
    kind: 'request',
    request: {
      scheme,
      dialled: dialled.host,
      port,
      host: named.host,
      authority: `${named.host}${shown}`,
      method,
      path: normalisePath(encodeOther(path)),
      search: query === '?' ? '' : query,
      query: readQuery(query),
      headers: others,
      ...(written.fromNamespace === undefined ? {} : { fromNamespace: written.fromNamespace }),
      url,
    },
  };
}

/** `host[:port]` in lower case, without a trailing dot; a text says what is wrong with it. */
function readAuthority(text: string): { readonly host: string; readonly port?: number } | string {
  if (text.includes('@')) return 'a URL with a user name is not understood';
  const match = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(\d+))?$/i.exec(text);
  const host = match?.[1]?.toLowerCase().replace(/\.$/, '');
  if (match === null || host === undefined || host === '') return `${JSON.stringify(text)} is no host`;
  if (!/^(?:\[.*\]|[\w.-]+)$/.test(host)) return `${JSON.stringify(text)} is no host name in ASCII`;
  if (match[2] === undefined) return { host };
  const port = Number(match[2]);
  return isPort(port) ? { host, port } : `${port} is no port`;
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

/** Names in lower case; what is sent several times is one value joined with commas. A text says what is wrong. */
function joinHeaders(headers: WrittenRequest['headers']): Readonly<Record<string, string>> | string {
  const joined = new Map<string, string>();
  for (const { name, value } of headers) {
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) return `${JSON.stringify(name)} is no name of a header`;
    const key = name.toLowerCase();
    const before = joined.get(key);
    if (key === 'host' && before !== undefined) return 'a request has one Host header';
    joined.set(key, before === undefined ? value.trim() : `${before},${value.trim()}`);
  }
  return Object.fromEntries(joined);
}

/** The first value of each parameter, as sent. */
function readQuery(search: string): Readonly<Record<string, string>> {
  const values = new Map<string, string>();
  for (const part of search.slice(1).split('&')) {
    if (part === '') continue;
    const cut = part.indexOf('=');
    const name = cut < 0 ? part : part.slice(0, cut);
    if (!values.has(name)) values.set(name, cut < 0 ? '' : part.slice(cut + 1));
  }
  return Object.fromEntries(values);
}

/** What is not ASCII travels percent-encoded. */
function encodeOther(text: string): string {
  const whole = text.replace(/\p{Surrogate}/gu, '\ufffd');
  return whole.replace(/\P{ASCII}+/gu, (other) => encodeURIComponent(other));
}

/**
 * A path as a proxy normalises it before it matches: backslashes as slashes, unreserved characters decoded (RFC 3986,
 * section 6.2.2.2), dot segments removed (5.2.4). Doubled slashes and `%2F` stay.
 */
export function normalisePath(path: string): string {
  const decoded = path.replaceAll('\\', '/').replace(/%([0-9a-f]{2})/gi, (escaped, digits: string) => {
    const sign = String.fromCharCode(Number.parseInt(digits, 16));
    return /[\w.~-]/.test(sign) ? sign : escaped;
  });
  const kept: string[] = [];
  const segments = decoded.split('/').slice(1);
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
    // `/a/.` and `/a/b/..` end in the slash of the folder that they name.
    if (isLast && (segment === '.' || segment === '..')) kept.push('');
  }
  return `/${kept.join('/')}`;
}
