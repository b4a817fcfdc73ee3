import type { HostPair } from '../../semantics/equivalence/pair-hosts.ts';
import type { RoutingRequest } from '../../semantics/evaluate.ts';
import { type ModelRequest, readRequest } from '../../semantics/request-model.ts';

/** A request as a person sends it, in the form of the cases. */
export interface ShownRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The namespace of a client in the mesh. */
  readonly fromNamespace?: string;
}

/** Writes down a request to a pair of hosts. */
export function toShownRequest(pair: HostPair, request: RoutingRequest): ShownRequest {
  const scheme = schemeOf(pair);
  const usual = scheme === 'https' ? 443 : 80;
  const port = pair.port === undefined || pair.port === usual ? '' : `:${pair.port}`;
  const query = Object.entries(request.query).map(([name, value]) => `${escapeQuery(name)}=${escapeQuery(value)}`);
  const { authority } = request;
  const shown = `${request.host}${port}`;
  const fromNamespace = namespaceOf(pair);
  return {
    method: request.method,
    url: `${scheme}://${shown}${request.path}${query.length === 0 ? '' : `?${query.join('&')}`}`,
    headers: { ...(authority === undefined || authority === shown ? {} : { host: authority }), ...request.headers },
    ...(fromNamespace === undefined ? {} : { fromNamespace }),
  };
}

/** The request as it would arrive; undefined where what is written down would arrive as another one. */
export function readShownRequest(shown: ShownRequest, meant: RoutingRequest): ModelRequest | undefined {
  const reading = readRequest({
    ...shown,
    headers: Object.entries(shown.headers).map(([name, value]) => ({ name, value })),
  });
  if (reading.kind === 'bad') return undefined;
  const { request } = reading;
  const isSame =
    request.path === meant.path &&
    sameEntries(request.headers, meant.headers) &&
    sameEntries(request.query, meant.query);
  return isSame ? request : undefined;
}

/** One that nothing is lost of, for what cannot be written as a URL. */
export function toModelRequest(pair: HostPair, request: RoutingRequest): ModelRequest {
  const shown = toShownRequest(pair, request);
  const read = readShownRequest(shown, request);
  if (read !== undefined) return read;
  const scheme = schemeOf(pair);
  return {
    ...request,
    scheme,
    dialled: request.host,
    port: pair.port ?? (scheme === 'https' ? 443 : 80),
    authority: request.authority ?? request.host,
    search: /\?.*$/.exec(shown.url)?.[0] ?? '',
    url: shown.url,
  };
}

export function schemeOf({ left, right }: HostPair): 'http' | 'https' {
  const scope = (left ?? right)?.scope;
  return scope?.kind === 'gateway' && scope.protocol === 'HTTPS' ? 'https' : 'http';
}

/** Clients of the mesh that no rule names are taken to stand in the namespace of the Service that they call. */
function namespaceOf({ clients, left, right }: HostPair): string | undefined {
  const scope = (left ?? right)?.scope;
  return scope?.kind === 'mesh' ? (clients ?? scope.target?.namespace ?? 'default') : undefined;
}

/** What cannot stand in a query as it is. */
function escapeQuery(text: string): string {
  return text.replace(/[^!$'()*,\-./0-9:;@A-Z_a-z~]/g, (sign) => encodeURIComponent(sign));
}

function sameEntries(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
