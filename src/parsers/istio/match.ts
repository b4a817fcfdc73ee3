import type { Origin } from '../../diagnostics/origin.ts';
import type { Match } from '../../ir/model.ts';
import { ANY, type AttributeTest, all, not, type PathPredicate, type StringPredicate } from '../../ir/predicates.ts';
import type { MatchDraft, Placed } from './draft.ts';
import { hasLabels, type IstioProxy } from './istio-proxy.ts';
import { matchConstant } from './match-constant.ts';
import { isPresence, toPathPredicate, toStringPredicate } from './string-match.ts';
import type { StringMatchInput } from './types.ts';

type Opaque = Match['opaque'][number];
type Values = AttributeTest['value'];

const NOTHING: { readonly kind: 'none' } = { kind: 'none' };
/** No conditions: one list for the many matches that have none of a sort. */
export const NONE: readonly never[] = [];

/** Whether Istio stops building routes at this match: every path, and no condition that is tested per request. */
export function isCatchAll(match: MatchDraft): boolean {
  const { uri } = match;
  const everyPath =
    uri === undefined || uri.value.prefix === '/' || uri.value.regex === '.*' || Object.keys(uri.value).length === 0;
  const attributes = match.headers.size + match.withoutHeaders.size + match.query.size;
  return everyPath && attributes === 0 && !match.method && !match.authority && !match.scheme;
}

/** Why a proxy takes no request by a match: it has no route for it, or one that no request can meet. */
export interface Unmet {
  readonly kind: 'no-route' | 'never-met';
  /** Absent where the proxy has another port, scheme, gateway or client than the match asks for. */
  readonly why?: { readonly reason: string; readonly origin: Origin };
}

const NO_ROUTE: Unmet = { kind: 'no-route' };
const NEVER_MET: Unmet = { kind: 'never-met' };

/** The match as this proxy has it. */
export function toMatch(draft: MatchDraft, proxy: IstioProxy): Match | Unmet {
  if (draft.port !== undefined && draft.port.value !== proxy.port) return NO_ROUTE;
  const source = decideSource(draft, proxy);
  if (source === false) return NO_ROUTE;
  const conditions = new Conditions(draft, proxy);
  conditions.read();
  if (conditions.unmet !== undefined) return conditions.unmet;
  return {
    path: conditions.path,
    method: conditions.method,
    headers: sortByName(conditions.headers),
    query: sortByName(conditions.query),
    authority: conditions.authority,
    opaque: source.length + conditions.opaque.length === 0 ? NONE : [...source, ...conditions.opaque],
    origin: draft.origin,
  };
}

/** What is left open of the conditions on the client; false where the client does not meet them. */
function decideSource(draft: MatchDraft, proxy: IstioProxy): readonly Opaque[] | false {
  const { gateways, sourceLabels, sourceNamespace } = draft;
  // Istio looks at the labels and the namespace of the client only where no gateways are named.
  if (gateways !== undefined) return gateways.value.includes(proxy.gateway) ? NONE : false;
  if (sourceNamespace === undefined && sourceLabels === undefined) return NONE;
  const open: Opaque[] = [];
  if (sourceNamespace !== undefined) {
    const { value, origin } = sourceNamespace;
    if (!proxy.namespaceKnown) open.push({ name: 'sourceNamespace', value, origin });
    else if (proxy.namespace !== value) return false;
  }
  if (sourceLabels !== undefined) {
    const met = hasLabels(proxy, sourceLabels.value);
    if (met === false) return false;
    const written = Object.entries(sourceLabels.value).map(([key, value]) => `${key}=${value}`);
    if (met === undefined)
      open.push({ name: 'sourceLabels', value: written.sort().join(','), origin: sourceLabels.origin });
  }
  return open;
}

/** The conditions of one match that are tested per request. */
class Conditions {
  path: PathPredicate = ANY;
  method: StringPredicate = ANY;
  authority: StringPredicate = ANY;
  /** By name; made with the first test. */
  headers: Map<string, AttributeTest> | undefined;
  query: Map<string, AttributeTest> | undefined;
  readonly opaque: Opaque[] = [];
  unmet: Unmet | undefined;

  readonly #draft: MatchDraft;
  readonly #proxy: IstioProxy;

  constructor(draft: MatchDraft, proxy: IstioProxy) {
    this.#draft = draft;
    this.#proxy = proxy;
  }

  read(): void {
    const { uri, ignoreUriCase, method, scheme, authority, headers, withoutHeaders, query } = this.#draft;
    if (uri !== undefined) this.#testPath(uri, ignoreUriCase);
    if (method !== undefined) this.#testMethod(method, false);
    if (scheme !== undefined) this.#testScheme(scheme, false);
    if (authority !== undefined) this.#testAuthority(authority, false);
    for (const [name, test] of headers) this.#testHeader(name.toLowerCase(), test, false);
    for (const [name, test] of withoutHeaders) this.#testHeader(name.toLowerCase(), test, true);
    for (const [name, test] of query) this.#add('query', name, test, false);
  }

  #testPath(uri: Placed<StringMatchInput>, ignoreCase: boolean): void {
    this.path = toPathPredicate(uri.value, ignoreCase);
    const text = uri.value.exact ?? uri.value.prefix;
    if (text === undefined || this.path.kind === 'any') return;
    if (!text.startsWith('/')) this.#die(`a path starts with a slash, and ${JSON.stringify(text)} does not`, uri);
    else if (/[?#]/.test(text)) this.#die(`a path is compared without its query, and ${text} has one`, uri);
  }

  #testHeader(name: string, test: Placed<StringMatchInput>, inverted: boolean): void {
    if (name === ':method') this.#testMethod(test, inverted);
    else if (name === ':scheme') this.#testScheme(test, inverted);
    else if (name === ':authority' || name === 'host') this.#testAuthority(test, inverted);
    else if (name.startsWith('@') || name.startsWith(':')) this.#leaveOpen(name, test, inverted);
    else this.#add('headers', name, test, inverted);
  }

  #testMethod(test: Placed<StringMatchInput>, inverted: boolean): void {
    const value = toRequired(test, inverted);
    if (value === undefined) this.unmet ??= NEVER_MET;
    else this.method = all([this.method, value]);
  }

  #testScheme(test: Placed<StringMatchInput>, inverted: boolean): void {
    const scheme = this.#proxy.protocol === 'HTTPS' ? 'https' : 'http';
    const passes = accepts(toStringPredicate(test.value), scheme);
    if (passes === undefined) this.#leaveOpen('scheme', test, inverted);
    else if (passes === inverted) this.unmet ??= NEVER_MET;
  }

  #testAuthority(test: Placed<StringMatchInput>, inverted: boolean): void {
    const predicate = toStringPredicate(test.value);
    const passes = acceptsHost(predicate, this.#proxy);
    if (passes === undefined) this.authority = all([this.authority, inverted ? not(predicate) : predicate]);
    else if (passes === inverted) this.#die(describeMismatch(predicate, this.#proxy, inverted), test);
  }

  #add(of: 'headers' | 'query', name: string, test: Placed<StringMatchInput>, inverted: boolean): void {
    const own = inverted ? invert(test.value) : { absent: false, value: toStringPredicate(test.value) };
    if (own === undefined) {
      this.#leaveOpen(name, test, inverted);
      return;
    }
    this[of] ??= new Map();
    const before = this[of].get(name);
    const both =
      before === undefined ? own : { absent: before.absent && own.absent, value: joinValues(before.value, own.value) };
    if (!both.absent && both.value.kind === 'none') this.#die(`nothing passes the tests of ${name}`, test);
    this[of].set(name, { name, absent: both.absent, value: both.value });
  }

  #leaveOpen(name: string, { value, origin }: Placed<StringMatchInput>, inverted: boolean): void {
    this.opaque.push({ name, value: `${inverted ? 'not ' : ''}${JSON.stringify(value)}`, origin });
  }

  #die(reason: string, { origin }: Placed<StringMatchInput>): void {
    if (this.unmet?.why === undefined) this.unmet = { kind: 'never-met', why: { reason, origin } };
  }
}

/** The predicate of a test that is about something every request has; undefined where nothing passes. */
function toRequired({ value: written }: Placed<StringMatchInput>, inverted: boolean): StringPredicate | undefined {
  const value = toStringPredicate(written);
  if (!inverted) return value;
  return value.kind === 'any' ? undefined : not(value);
}

/**
 * What `withoutHeaders` lets through. Envoy compares a missing header as the empty text, so its absence passes
 * unless the test takes the empty text; a test of mere presence passes on absence only. Undefined where it cannot be
 * told whether the test takes the empty text.
 */
function invert(written: StringMatchInput): { readonly absent: boolean; readonly value: Values } | undefined {
  if (isPresence(written)) return { absent: true, value: NOTHING };
  const value = toStringPredicate(written);
  if (value.kind === 'any') return { absent: false, value: NOTHING };
  const takesEmpty = accepts(value, '');
  return takesEmpty === undefined ? undefined : { absent: !takesEmpty, value: not(value) };
}

function joinValues(left: Values, right: Values): Values {
  return left.kind === 'none' || right.kind === 'none' ? NOTHING : all([left, right]);
}

/**
 * Whether a test of the Host header takes the host that this proxy serves. Clients send it without its port where that
 * is the port of the scheme, and with it elsewhere. Undefined where several hosts differ, or where the port may be what
 * is asked for.
 */
function acceptsHost(predicate: StringPredicate, { hosts, port, protocol, mayServe }: IstioProxy): boolean | undefined {
  if (predicate.kind === 'any') return true;
  const [host, ...others] = hosts ?? [];
  const [name = ''] = predicate.kind === 'exact' ? predicate.value.toLowerCase().split(':') : [];
  if (host === undefined) return predicate.kind === 'exact' && mayServe?.(name) === false ? false : undefined;
  const isPortSent = port !== undefined && port !== (protocol === 'HTTPS' ? 443 : 80);
  if (predicate.kind === 'exact') {
    if (!(hosts ?? []).includes(name)) return false;
    return others.length === 0 && predicate.value === host && !isPortSent ? true : undefined;
  }
  if (others.length > 0) return undefined;
  const passes = accepts(predicate, host);
  if (passes === true && isPortSent) return accepts(predicate, `${host}:${port}`) === true ? true : undefined;
  if (passes !== false) return passes;
  const asksForPort = predicate.kind === 'prefix' ? predicate.value.includes(':') : namesPort(predicate);
  return asksForPort || accepts(predicate, `${host}:${port ?? 80}`) !== false ? undefined : false;
}

/** Whether a pattern has a colon that is no part of its syntax. */
function namesPort(predicate: StringPredicate): boolean {
  return predicate.kind === 'regex' && predicate.pattern.replace(/\(\?\w*:|\[:\^?\w+:\]/g, '').includes(':');
}

function describeMismatch(predicate: StringPredicate, { hosts }: IstioProxy, inverted: boolean): string {
  if (predicate.kind === 'any') return 'every request has a host';
  if (hosts === undefined) return 'the host that it asks for has rules of its own';
  const host = `the host is ${hosts[0] ?? ''}`;
  if (inverted) return `${host}, which it excludes`;
  return predicate.kind === 'exact' ? `${host} and not ${predicate.value}` : `${host}, which its test does not take`;
}

/** Whether a test as Istio writes it takes a text that is known now; undefined where that cannot be told. */
function accepts(predicate: StringPredicate, text: string): boolean | undefined {
  switch (predicate.kind) {
    case 'any':
      return true;
    case 'exact':
      return text === predicate.value;
    case 'prefix':
      return text.startsWith(predicate.value);
    case 'regex':
      return matchConstant(predicate.pattern, text);
    default:
      return undefined;
  }
}

function sortByName(tests: ReadonlyMap<string, AttributeTest> | undefined): readonly AttributeTest[] {
  if (tests === undefined) return NONE;
  if (tests.size < 2) return [...tests.values()];
  return [...tests.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}
