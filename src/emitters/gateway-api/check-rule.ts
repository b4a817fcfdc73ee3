import type { EmitOptions } from '../emitter.ts';
import type { LegalMatch } from '../legal-host.ts';
import type { Manifest } from '../manifest.ts';
import { arrayOf, listOf, recordOf, textOf, textsOf } from '../read-manifest.ts';

/** A value of a rule that the schema of HTTPRoute, or one of its CEL rules, refuses. */
export interface RuleProblem {
  readonly field: string;
  readonly reason: string;
}

const TOKEN = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/;
const HOSTNAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const PATH = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/;
const DURATION = /^([0-9]{1,5}(h|m|s|ms)){1,4}$/;
// The schema's own pattern backtracks without end on long values; this one takes the same texts.
const VISIBLE = /^[!-~]+([\t ][!-~]+)*$/;
const ORIGIN = /(^\*$)|(^(http(s)?):\/\/(((\*\.)?([a-zA-Z0-9-]+\.)*[a-zA-Z0-9-]+|\*)(:([0-9]{1,5}))?)$)/;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];
const REDIRECT_CODES = [301, 302, 303, 307, 308];

type Problems = (field: string, reason: string) => void;

/**
 * What the API server would refuse about a printed match. The limits are those of HTTPRoute v1; a source may hold
 * values beyond them (a header value of 5000 characters, a path with `//`).
 */
export function findMatchProblems(match: LegalMatch, channel: EmitOptions['channel']): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  checkMatch(match, channel, (field, reason) => problems.push({ field, reason }));
  return problems;
}

/** What the API server would refuse about a printed rule apart from its matches. */
export function findRuleProblems(rule: Manifest, channel: EmitOptions['channel']): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  const add: Problems = (field, reason) => problems.push({ field, reason });
  const refs = listOf(rule['backendRefs']);
  if (refs.length > 16) add('backendRefs', `${refs.length} backends; a rule holds at most 16`);
  for (const ref of refs) {
    checkRef(ref, add);
    checkFilters(listOf(ref['filters']), channel, add);
  }
  checkFilters(listOf(rule['filters']), channel, add);
  if (rule['timeouts'] !== undefined)
    checkDurations(recordOf(rule['timeouts']), ['request', 'backendRequest'], 'timeouts', add);
  if (rule['retry'] !== undefined) checkRetry(recordOf(rule['retry']), add);
  if (rule['sessionPersistence'] !== undefined) checkSession(recordOf(rule['sessionPersistence']), add);
  return problems;
}

function checkMatch(
  { path, method, headers, query }: LegalMatch,
  channel: EmitOptions['channel'],
  add: Problems,
): void {
  checkPath(path.value, add);
  if (method !== undefined && !METHODS.includes(method))
    add(`the method ${method}`, 'it is not one of the known methods');
  if (headers.length > 0) checkTests(headers, { field: 'headers', noun: 'header', longest: 4096 }, add);
  for (const test of headers) checkVisible(test, channel, add);
  if (query.length > 0) checkTests(query, { field: 'queryParams', noun: 'query parameter', longest: 1024 }, add);
}

function checkTests(
  tests: LegalMatch['headers'],
  { field, noun, longest }: { readonly field: string; readonly noun: string; readonly longest: number },
  add: Problems,
): void {
  if (tests.length > 16) add(field, `${tests.length} ${noun}s in one match; at most 16`);
  checkNames(tests, noun, add);
  for (const { name, value } of tests) checkText(`the value of the ${noun} ${name}`, value, longest, add);
}

/** The experimental channel takes visible ASCII only in values of headers. */
function checkVisible(
  { name, value }: { readonly name?: unknown; readonly value?: unknown },
  channel: EmitOptions['channel'],
  add: Problems,
): void {
  if (channel === 'standard' || textOf(value) === '' || VISIBLE.test(textOf(value))) return;
  add(`the value of the header ${textOf(name)}`, 'it holds characters beyond visible ASCII');
}

const FORBIDDEN_IN_PATH = ['//', '/./', '/../', '%2f', '%2F', '#'];

function checkPath(path: string, add: Problems): void {
  const field = `the path ${path}`;
  if (path.length > 1024) add(field, 'it is longer than 1024 characters');
  if (!path.startsWith('/')) add(field, 'it does not start with /');
  const forbidden = FORBIDDEN_IN_PATH.find((part) => path.includes(part));
  if (forbidden !== undefined) add(field, `it contains ${forbidden}`);
  else if (path.endsWith('/..') || path.endsWith('/.')) add(field, 'it ends with a dot segment');
  else if (path !== '' && !PATH.test(path)) add(field, 'it holds characters that a path must escape');
}

function checkRef(ref: Manifest, add: Problems): void {
  const name = textOf(ref['name']);
  if (ref['kind'] === undefined && ref['port'] === undefined) add(`the backend ${name}`, 'a Service needs a port');
  checkPort(ref['port'], `the port of the backend ${name}`, add);
  if (name === '' || name.length > 253) add(`the backend ${name}`, 'its name is empty or longer than 253 characters');
}

function checkFilters(filters: readonly Manifest[], channel: EmitOptions['channel'], add: Problems): void {
  if (filters.length > 16) add('filters', `${filters.length} filters; a rule holds at most 16`);
  for (const filter of filters) {
    const value = (name: string) => recordOf(filter[name]);
    checkHeaderModifier(value('requestHeaderModifier'), channel, add);
    checkHeaderModifier(value('responseHeaderModifier'), channel, add);
    if (filter['requestRedirect'] !== undefined) checkRedirect(value('requestRedirect'), add);
    if (filter['urlRewrite'] !== undefined) checkRewrite(value('urlRewrite'), 'rewritten', add);
    if (filter['requestMirror'] !== undefined) checkRef(recordOf(value('requestMirror')['backendRef']), add);
    if (filter['cors'] !== undefined) checkCors(value('cors'), add);
  }
}

function checkHeaderModifier(modifier: Manifest, channel: EmitOptions['channel'], add: Problems): void {
  const [set, added] = [listOf(modifier['set']), listOf(modifier['add'])];
  const removed = textsOf(modifier['remove']);
  for (const list of [set, added, removed])
    if (list.length > 16) add('headers', `${list.length} changed headers of one sort; at most 16`);
  checkNames([...set, ...added, ...removed.map((name) => ({ name }))], 'changed header', add);
  for (const one of [...set, ...added]) {
    checkText(`the value of the changed header ${textOf(one['name'])}`, textOf(one['value']), 4096, add);
    checkVisible(one, channel, add);
  }
}

function checkRedirect(redirect: Manifest, add: Problems): void {
  checkRewrite(redirect, 'redirected', add);
  checkPort(redirect['port'], 'the port of the redirect', add);
  const status = redirect['statusCode'];
  if (typeof status !== 'number' || !REDIRECT_CODES.includes(status))
    add(`the redirect status ${String(status)}`, `it is none of ${REDIRECT_CODES.join(', ')}`);
}

function checkRewrite(change: Manifest, verb: string, add: Problems): void {
  const host = change['hostname'];
  if (host !== undefined && (!HOSTNAME.test(textOf(host)) || textOf(host).length > 253)) {
    add(`the ${verb} host ${textOf(host)}`, 'it is no host name in lower case without a port');
  }
  if (change['path'] === undefined) return;
  const path = recordOf(change['path']);
  const value = path['replaceFullPath'] ?? path['replacePrefixMatch'];
  if (typeof value !== 'string') add(`the ${verb} path`, 'it depends on the request');
  else if (value.length > 1024) add(`the ${verb} path`, 'it is longer than 1024 characters');
}

function checkCors(cors: Manifest, add: Problems): void {
  const lists = [
    ['allowOrigins', 64],
    ['allowHeaders', 64],
    ['exposeHeaders', 64],
    ['allowMethods', 9],
  ] as const;
  for (const [field, most] of lists) {
    const values = textsOf(cors[field]);
    const isValid = (value: string) => {
      if (field === 'allowOrigins') return value.length <= 253 && ORIGIN.test(value);
      return field === 'allowMethods'
        ? value === '*' || METHODS.includes(value)
        : value.length <= 256 && TOKEN.test(value);
    };
    if (values.length > most) add(`cors.${field}`, `${values.length} entries; at most ${most}`);
    if (values.length > 1 && values.includes('*') && field !== 'exposeHeaders')
      add(`cors.${field}`, '* stands beside other entries');
    for (const value of values)
      if (!isValid(value)) add(`cors.${field}`, `${JSON.stringify(value)} is not of the allowed form`);
  }
  const maxAge = cors['maxAge'];
  if (
    maxAge !== undefined &&
    !(typeof maxAge === 'number' && Number.isInteger(maxAge) && maxAge >= 1 && maxAge < 2 ** 31)
  ) {
    add('cors.maxAge', `${String(maxAge)} is not a number of seconds above zero`);
  }
}

function checkRetry(retry: Manifest, add: Problems): void {
  for (const code of arrayOf(retry['codes'])) {
    if (typeof code !== 'number' || code < 400 || code > 599)
      add(`the retried status ${String(code)}`, 'it is not between 400 and 599');
  }
  checkDurations(retry, ['backoff'], 'retry', add);
}

function checkSession(session: Manifest, add: Problems): void {
  checkDurations(session, ['absoluteTimeout'], 'sessionPersistence', add);
  const cookie = recordOf(session['cookie']);
  if (cookie['lifetimeType'] === 'Permanent' && session['absoluteTimeout'] === undefined) {
    add('the session cookie', 'a permanent cookie needs a timeout');
  }
  const name = cookie['name'] ?? recordOf(session['header'])['name'];
  if (session['header'] !== undefined && name === undefined) add('the session header', 'it has no name');
  if (name !== undefined && (!TOKEN.test(textOf(name)) || textOf(name).length > 256))
    add(`the session name ${textOf(name)}`, 'it is no token');
}

function checkDurations(holder: Manifest, names: readonly string[], field: string, add: Problems): void {
  for (const name of names) {
    const value = holder[name];
    if (value !== undefined && !DURATION.test(textOf(value)))
      add(`${field}.${name} ${textOf(value)}`, 'it is longer than a duration can be');
  }
}

function checkNames(entries: readonly { readonly name?: unknown }[], noun: string, add: Problems): void {
  const seen = new Set<string>();
  for (const entry of entries) {
    const name = textOf(entry.name);
    if (!TOKEN.test(name) || name.length > 256)
      add(`the ${noun} ${name}`, 'its name is no token of at most 256 characters');
    // Header names are one whatever their case; of query parameters the schema wants unlike names in any case.
    const key = noun === 'query parameter' ? name : name.toLowerCase();
    if (seen.has(key)) add(`the ${noun} ${name}`, 'its name occurs twice');
    seen.add(key);
  }
}

function checkText(field: string, value: string, longest: number, add: Problems): void {
  if (value === '') add(field, 'it is empty');
  if (value.length > longest) add(field, `it is longer than ${longest} characters`);
}

function checkPort(port: unknown, field: string, add: Problems): void {
  if (port !== undefined && !(typeof port === 'number' && port >= 1 && port <= 65535))
    add(field, 'it is not between 1 and 65535');
}
