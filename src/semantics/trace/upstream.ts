import type { Forward, HeaderOps, PathRewrite, Redirect, Share } from '../../ir/actions.ts';
import { assertNever } from '../../ir/assert-never.ts';
import type { VirtualHost } from '../../ir/model.ts';
import { regexEngine } from '../languages/regex-engine.ts';
import { profileOf, profiles } from '../profiles.ts';
import type { ModelRequest } from '../request-model.ts';
import { rewritePrefix } from '../rewrite-on-path.ts';

/** A request as its backend sees it. */
export interface UpstreamRequest {
  readonly method: string;
  /** The Host header. */
  readonly host: string;
  /** With the query. */
  readonly path: string;
  /** All but Host, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

type Headers = Readonly<Record<string, string>>;

/** The request behind a forward. Changes of a single backend are part of it, those of one among several are not. */
export function toUpstream(action: Forward, request: ModelRequest, host: VirtualHost): UpstreamRequest {
  const [single] = action.shares;
  const own =
    action.shares.length === 1 && single !== undefined ? ownHeaders(single, action, request, host) : undefined;
  return {
    method: request.method,
    host: action.hostRewrite ?? request.authority,
    path: rewritePath(action.rewrite, request.path) + request.search,
    headers: own ?? applyHeaders(action.requestHeaders, request.headers),
  };
}

/** The headers that one backend sees where it changes some itself. */
export function ownHeaders(
  share: Share,
  { requestHeaders }: Forward,
  { headers }: ModelRequest,
  host: VirtualHost,
): Headers | undefined {
  if (share.kind === 'invalid') return undefined;
  const ops = share.backend.requestHeaders;
  if (ops.remove.length + ops.set.length + ops.add.length === 0) return undefined;
  // Envoy makes the changes of a weighted cluster before those of its route.
  const first = profiles[profileOf(host)].backendHeaders === 'before-rule';
  const [earlier, later] = first ? [ops, requestHeaders] : [requestHeaders, ops];
  return applyHeaders(later, applyHeaders(earlier, headers));
}

/** Removals, then values set, then values added behind what is there. */
export function applyHeaders({ remove, set, add }: HeaderOps, headers: Headers): Headers {
  const values = new Map(Object.entries(headers));
  for (const name of remove) values.delete(name);
  for (const { name, value } of set) values.set(name, value);
  for (const { name, value } of add) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(values);
}

/** The path that a rewrite makes of a path. */
export function rewritePath(rewrite: PathRewrite | undefined, path: string): string {
  if (rewrite === undefined) return path;
  switch (rewrite.kind) {
    case 'full':
      return rewrite.path;
    case 'prefix':
      return rewritePrefix(rewrite, path);
    case 'regex':
      return regexEngine().substitute(rewrite.pattern, path, rewrite.substitution);
    default:
      return assertNever(rewrite);
  }
}

const WELL_KNOWN = { http: 80, https: 443 } as const;

/** The Location of a redirect. */
export function toLocation(redirect: Redirect, request: ModelRequest, { scope }: VirtualHost): string {
  const sent = scope.kind === 'gateway' ? (scope.protocol === 'HTTPS' ? 'https' : 'http') : request.scheme;
  const scheme = redirect.scheme ?? sent;
  const port = redirectPort(redirect, request, scope.port);
  // The port that the client wrote is dropped where it is the default of the scheme that is left.
  const isLeft = redirect.port.kind === 'request' && scheme !== sent && port === WELL_KNOWN[sent];
  const shown = port === undefined || port === WELL_KNOWN[scheme] || isLeft ? '' : `:${port}`;
  const host = redirect.host ?? request.host;
  const query = redirect.query === undefined ? request.search : `?${redirect.query}`;
  return `${scheme}://${host}${shown}${rewritePath(redirect.path, request.path)}${query}`;
}

function redirectPort({ port }: Redirect, request: ModelRequest, called: number | undefined): number | undefined {
  switch (port.kind) {
    case 'explicit':
      return port.number;
    case 'listener':
      return called ?? request.port;
    case 'request': {
      const written = /:(\d+)$/.exec(request.authority)?.[1];
      return written === undefined ? undefined : Number(written);
    }
    case 'scheme':
      return undefined;
    default:
      return assertNever(port);
  }
}
