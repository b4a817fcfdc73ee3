import { assertNever } from '../../ir/assert-never.ts';
import type { Match } from '../../ir/model.ts';
import type { AttributeTest, PathPredicate, StringPredicate } from '../../ir/predicates.ts';
import {
  authorityOf,
  headerOf,
  matchesAttribute,
  matchesPath,
  matchesString,
  type RoutingRequest,
} from '../evaluate.ts';
import { ownValue } from '../own-value.ts';

/** The first condition of a match that a request fails, in words; undefined where it meets all. */
export function findMismatch(match: Match, request: RoutingRequest): string | undefined {
  const { path, method, authority, headers, query, opaque } = match;
  if (!matchesPath(path, request.path)) return `path ${request.path} ${negatePath(path)}`;
  if (!matchesString(method, request.method)) return `method ${request.method} ${negate(method)}`;
  const host = authorityOf(request);
  if (!matchesString(authority, host)) return `host ${host} ${negate(authority)}`;
  for (const test of headers) {
    const value = headerOf(request, test.name);
    if (!matchesAttribute(test, value)) return `header ${test.name} ${negateTest(test, value)}`;
  }
  for (const test of query) {
    const value = ownValue(request.query, test.name);
    if (!matchesAttribute(test, value)) return `query parameter ${test.name} ${negateTest(test, value)}`;
  }
  const [open] = opaque;
  return open === undefined ? undefined : `${open.name} ${open.value} cannot be decided from a request`;
}

function negatePath(path: PathPredicate): string {
  switch (path.kind) {
    case 'any':
      return 'is any';
    case 'exact':
      return `is not ${path.value}${caseNote(path.ignoreCase)}`;
    case 'prefix': {
      const verb = path.reading === 'segment' ? 'is not under prefix' : 'does not start with';
      return `${verb} ${path.value}${caseNote(path.ignoreCase)}`;
    }
    case 'regex':
      return `does not match ${path.pattern}`;
    default:
      return assertNever(path);
  }
}

function negateTest({ value: wanted, absent }: AttributeTest, value: string | undefined): string {
  if (value === undefined) return 'is absent';
  if (wanted.kind === 'none') return 'is present';
  return `${JSON.stringify(value)} ${negate(wanted)}${absent ? ' and not absent' : ''}`;
}

/** What a value is not. */
function negate(predicate: StringPredicate): string {
  switch (predicate.kind) {
    case 'any':
      return 'is any';
    case 'exact':
      return `is not ${print(predicate.value)}${caseNote(predicate.ignoreCase)}`;
    case 'prefix':
      return `does not start with ${print(predicate.value)}${caseNote(predicate.ignoreCase)}`;
    case 'regex':
      return `does not match ${predicate.pattern}`;
    case 'not':
      return affirm(predicate.of);
    case 'all':
      return `fails one of: ${predicate.of.map(affirm).join(', ')}`;
    default:
      return assertNever(predicate);
  }
}

/** What a value is. */
function affirm(predicate: StringPredicate): string {
  switch (predicate.kind) {
    case 'any':
      return 'is any';
    case 'exact':
      return `is ${print(predicate.value)}`;
    case 'prefix':
      return `starts with ${print(predicate.value)}`;
    case 'regex':
      return `matches ${predicate.pattern}`;
    case 'not':
      return negate(predicate.of);
    case 'all':
      return predicate.of.map(affirm).join(' and ');
    default:
      return assertNever(predicate);
  }
}

function caseNote(ignoreCase: boolean): string {
  return ignoreCase ? ' (letter case aside)' : '';
}

/** Plain words as they are, anything else in quotes. */
function print(value: string): string {
  return /^[\w./:@-]+$/.test(value) ? value : JSON.stringify(value);
}
