import { assertNever } from '../ir/assert-never.ts';
import type { HostPattern, Match, Rule, VirtualHost } from '../ir/model.ts';
import type { AttributeTest, PathPredicate, StringPredicate } from '../ir/predicates.ts';
import { compile } from './decision-list.ts';
import { foldAscii } from './fold-ascii.ts';
import { regexEngine } from './languages/regex-engine.ts';
import { ownValue } from './own-value.ts';

/** A request as the routing model sees it. Header names in lower case, the path normalised and without its query. */
export interface RoutingRequest {
  /** Lower case, without port and trailing dot. */
  readonly host: string;
  /** The Host header as sent, port included; absent = `host`. */
  readonly authority?: string;
  readonly method: string;
  readonly path: string;
  /** Repeated headers joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** The first value of each parameter, as sent. */
  readonly query: Readonly<Record<string, string>>;
}

/**
 * The rule that takes a request on a virtual host, or undefined where none does and the host's
 * `otherwise` answers. Conditions that the model cannot evaluate (`opaque`) count as not met.
 * The regex engine must be loaded when the host has patterns.
 */
export function decide(host: VirtualHost, request: RoutingRequest): Rule | undefined {
  return compile(host).find(({ match }) => matches(match, request))?.rule;
}

/** The virtual host of a set that serves a host name: the exact name, else the longest wildcard, else any. */
export function selectHost<H extends VirtualHost>(hosts: readonly H[], name: string): H | undefined {
  return hosts
    .filter(({ host }) => servesHost(host, name))
    .sort((a, b) => specificity(b.host) - specificity(a.host))[0];
}

/** Whether a pattern takes a host name (no port, compared in lower case). */
export function servesHost(pattern: HostPattern, name: string): boolean {
  const text = name.toLowerCase();
  switch (pattern.kind) {
    case 'any':
      return true;
    case 'exact':
      return pattern.name === text;
    case 'suffix': {
      if (!text.endsWith(`.${pattern.suffix}`)) return false;
      const rest = text.slice(0, -pattern.suffix.length - 1);
      return rest !== '' && (pattern.labels === 'many' || !rest.includes('.'));
    }
    default:
      return assertNever(pattern);
  }
}

function specificity(pattern: HostPattern): number {
  return pattern.kind === 'any' ? 0 : pattern.kind === 'suffix' ? pattern.suffix.length : Number.MAX_SAFE_INTEGER;
}

/** Whether a request meets all conditions of a match. */
export function matches(match: Match, request: RoutingRequest): boolean {
  return (
    match.opaque.length === 0 &&
    matchesPath(match.path, request.path) &&
    matchesString(match.method, request.method) &&
    matchesString(match.authority, authorityOf(request)) &&
    match.headers.every((test) => matchesAttribute(test, headerOf(request, test.name))) &&
    match.query.every((test) => matchesAttribute(test, ownValue(request.query, test.name)))
  );
}

/** The Host header as sent. */
export function authorityOf({ authority, host }: RoutingRequest): string {
  return authority ?? host;
}

/** The value of a header by its name in lower case; `host` stands apart from the others in a request. */
export function headerOf(request: RoutingRequest, name: string): string | undefined {
  return ownValue(request.headers, name) ?? (name === 'host' ? authorityOf(request) : undefined);
}

export function matchesPath(predicate: PathPredicate, path: string): boolean {
  switch (predicate.kind) {
    case 'any':
      return true;
    case 'exact':
      return matchesString(predicate, path);
    case 'prefix': {
      if (!matchesString({ kind: 'prefix', value: predicate.value, ignoreCase: predicate.ignoreCase }, path))
        return false;
      // A `lattice` prefix is read as a string here; the service does not document its reading.
      return (
        predicate.reading !== 'segment' ||
        path.length === predicate.value.length ||
        path[predicate.value.length] === '/'
      );
    }
    case 'regex':
      return regexEngine().matches(predicate.pattern, path);
    default:
      return assertNever(predicate);
  }
}

export function matchesAttribute(test: AttributeTest, value: string | undefined): boolean {
  if (value === undefined) return test.absent;
  return test.value.kind !== 'none' && matchesString(test.value, value);
}

export function matchesString(predicate: StringPredicate, value: string): boolean {
  switch (predicate.kind) {
    case 'any':
      return true;
    case 'exact':
      return predicate.ignoreCase ? foldAscii(predicate.value) === foldAscii(value) : predicate.value === value;
    case 'prefix':
      return predicate.ignoreCase
        ? foldAscii(value).startsWith(foldAscii(predicate.value))
        : value.startsWith(predicate.value);
    case 'regex':
      return regexEngine().matches(predicate.pattern, value);
    case 'not':
      return !matchesString(predicate.of, value);
    case 'all':
      return predicate.of.every((one) => matchesString(one, value));
    default:
      return assertNever(predicate);
  }
}
