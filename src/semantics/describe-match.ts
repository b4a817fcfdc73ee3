import { assertNever } from '../ir/assert-never.ts';
import type { Match } from '../ir/model.ts';
import type { AttributeTest, PathPredicate, StringPredicate } from '../ir/predicates.ts';

/** What a match asks for, in a few words: `GET /cart* and header x-canary: true`; `any request` for all of them. */
export function describeMatch({ path, method, headers, query, authority, opaque }: Match): string {
  const start = [
    ...(method.kind === 'any' ? [] : [method.kind === 'exact' ? method.value : `method ${describeText(method)}`]),
    ...(path.kind === 'any' ? [] : [describePath(path)]),
  ];
  const conditions = [
    ...(start.length === 0 ? [] : [start.join(' ')]),
    ...headers.map((test) => `header ${describeAttribute(test, ': ')}`),
    ...query.map((test) => `query ${describeAttribute(test, '=')}`),
    ...(authority.kind === 'any' ? [] : [`host ${describeText(authority)}`]),
    ...opaque.map(({ name, value }) => `${name} ${value}`),
  ];
  return conditions.length === 0 ? 'any request' : conditions.join(' and ');
}

function describePath(path: Exclude<PathPredicate, { kind: 'any' }>): string {
  switch (path.kind) {
    case 'exact':
      return `${path.value}${path.ignoreCase ? ' (any case)' : ''}`;
    case 'prefix':
      // A prefix by segment takes the path itself and what lies below it.
      return `${path.value}${path.reading === 'segment' ? '[/*]' : '*'}${path.ignoreCase ? ' (any case)' : ''}`;
    case 'regex':
      return `~ ${path.pattern}`;
    default:
      return assertNever(path);
  }
}

function describeAttribute({ name, absent, value }: AttributeTest, sign: string): string {
  if (value.kind === 'none') return `${name} absent`;
  if (value.kind === 'any') return absent ? `${name} present or absent` : `${name} present`;
  return `${name}${sign}${describeText(value)}${absent ? ' or absent' : ''}`;
}

function describeText(text: StringPredicate): string {
  switch (text.kind) {
    case 'any':
      return '*';
    case 'exact':
      return `${text.value}${text.ignoreCase ? ' (any case)' : ''}`;
    case 'prefix':
      return `${text.value}*${text.ignoreCase ? ' (any case)' : ''}`;
    case 'regex':
      return `~ ${text.pattern}`;
    case 'not':
      return `not ${describeText(text.of)}`;
    case 'all':
      return text.of.map(describeText).join(' and ');
    default:
      return assertNever(text);
  }
}
