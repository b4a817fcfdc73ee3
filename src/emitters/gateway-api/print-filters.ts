import type { Cors, Forward, HeaderOps, Mirror, PathRewrite, Redirect } from '../../ir/actions.ts';
import type { VirtualHost } from '../../ir/model.ts';
import type { LegalMatch } from '../legal-host.ts';
import { fields, listOrNone, type Manifest } from '../manifest.ts';

/**
 * A header modifier, or nothing where there is nothing to change. A removed header that is appended again is set:
 * Gateway API takes one action for each name.
 */
export function printHeaderOps(
  type: 'RequestHeaderModifier' | 'ResponseHeaderModifier',
  { remove, set, add }: HeaderOps,
): Manifest | undefined {
  if (remove.length + set.length + add.length === 0) return undefined;
  const removed = new Set(remove);
  const replaced = add.filter(({ name }) => removed.has(name) && !set.some((one) => one.name === name));
  const isSet = new Set([...set, ...replaced].map(({ name }) => name));
  const ops = fields({
    set: listOrNone([...set, ...replaced].map(({ name, value }) => ({ name, value }))),
    add: listOrNone(add.filter((one) => !replaced.includes(one)).map(({ name, value }) => ({ name, value }))),
    remove: listOrNone(remove.filter((name) => !isSet.has(name))),
  });
  return { type, [type === 'RequestHeaderModifier' ? 'requestHeaderModifier' : 'responseHeaderModifier']: ops };
}

/** A redirect with its status and port written out: the defaults of implementations differ. */
export function printRedirect(redirect: Redirect, scope: VirtualHost['scope'], match: LegalMatch): Manifest {
  const { scheme, host, path, status } = redirect;
  const requestRedirect = fields({
    scheme,
    hostname: host,
    path: path && printPathRewrite(path, match),
    port: redirectPort(redirect, scope),
    statusCode: status,
  });
  return { type: 'RequestRedirect', requestRedirect };
}

/** The port that the Location of the source names; a client's Host is taken to name the port that it reached. */
function redirectPort({ port, scheme }: Redirect, scope: VirtualHost['scope']): number {
  const requestScheme = scope.kind === 'gateway' && scope.protocol === 'HTTPS' ? 'https' : 'http';
  const reached = scope.port ?? wellKnownPort(requestScheme);
  switch (port.kind) {
    case 'explicit':
      return port.number;
    case 'listener':
      return reached;
    case 'request':
      return reached === wellKnownPort(requestScheme) ? wellKnownPort(scheme ?? requestScheme) : reached;
    case 'scheme':
      return wellKnownPort(scheme ?? requestScheme);
  }
}

function wellKnownPort(scheme: 'http' | 'https'): number {
  return scheme === 'https' ? 443 : 80;
}

/** A rewrite of path and Host, or nothing. */
export function printRewrite({ rewrite, hostRewrite }: Forward, match: LegalMatch): Manifest | undefined {
  if (rewrite === undefined && hostRewrite === undefined) return undefined;
  return {
    type: 'URLRewrite',
    urlRewrite: fields({ hostname: hostRewrite, path: rewrite && printPathRewrite(rewrite, match) }),
  };
}

/** Whether the printed form of a change depends on the path of the match that it stands under. */
export function dependsOnMatch(path: PathRewrite | undefined): boolean {
  return path?.kind === 'prefix';
}

function printPathRewrite(path: PathRewrite, match: LegalMatch): Manifest {
  if (path.kind === 'full') return { type: 'ReplaceFullPath', replaceFullPath: path.path };
  if (path.kind === 'regex') return { type: 'ReplaceFullPath', replaceFullPath: undefined };
  const replaced = replacePrefix(path, match.path.value);
  return match.path.kind === 'exact'
    ? { type: 'ReplaceFullPath', replaceFullPath: replaced === '' ? '/' : replaced }
    : { type: 'ReplacePrefixMatch', replacePrefixMatch: replaced };
}

/** What the matched path becomes when it is longer than the prefix that the source replaces. */
function replacePrefix({ from, to, reading }: Extract<PathRewrite, { kind: 'prefix' }>, matched: string): string {
  if (matched === from) return to;
  const prefix = reading === 'segment' ? from.replace(/\/+$/, '') : from;
  const rest = matched.slice(prefix.length);
  return reading === 'segment' && rest !== '' ? `${to.replace(/\/+$/, '')}${rest}` : `${to}${rest}`;
}

/** A mirror; a share is a percentage where it is a whole one. Nothing where no request is copied. */
export function printMirror({ fraction }: Mirror, backendRef: Manifest): Manifest | undefined {
  if (fraction === 0) return undefined;
  const million = 1_000_000;
  if (fraction === million) return { type: 'RequestMirror', requestMirror: { backendRef } };
  if (fraction % 10_000 === 0)
    return { type: 'RequestMirror', requestMirror: { backendRef, percent: fraction / 10_000 } };
  const divisor = greatestCommonDivisor(fraction, million);
  const share = { numerator: fraction / divisor, denominator: million / divisor };
  return { type: 'RequestMirror', requestMirror: { backendRef, fraction: share } };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** A CORS policy. Lists are sets in the schema, so repeats go. */
export function printCors(cors: Cors): Manifest {
  const unique = (values: readonly string[]) => listOrNone([...new Set(values)]);
  return {
    type: 'CORS',
    cors: fields({
      allowOrigins: unique(cors.origins.map(({ value }) => value)),
      allowCredentials: cors.credentials ? true : undefined,
      allowMethods: unique(cors.methods),
      allowHeaders: unique(cors.requestHeaders),
      exposeHeaders: unique(cors.exposeHeaders),
      maxAge: cors.maxAge,
    }),
  };
}
