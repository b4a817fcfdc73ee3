import { fullMatch } from '../order/pattern-language.ts';
import type { Condition, Fields, FieldTest, List, PathTest, Request, Rewrite, TextTest } from './lists.ts';
import { substitute } from './substitute.ts';

/** ASCII letters only, as a proxy compares. */
const fold = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Whether a text passes a test. */
export const textPasses = (test: TextTest, text: string): boolean => {
  switch (test.kind) {
    case 'any':
      return true;
    case 'exact':
      return test.fold ? fold(text) === fold(test.text) : text === test.text;
    case 'prefix':
      return test.fold ? fold(text).startsWith(fold(test.text)) : text.startsWith(test.text);
    case 'regex':
      return fullMatch(test.source, text);
    case 'not':
      return !textPasses(test.of, text);
    case 'all':
      return test.of.every((one) => textPasses(one, text));
  }
};

/** Whether a path passes a test. */
export const pathPasses = (test: PathTest, path: string): boolean => {
  if (test.kind === 'any') return true;
  if (test.kind === 'regex') return fullMatch(test.source, path);
  const [own, asked] = test.fold ? [fold(test.text), fold(path)] : [test.text, path];
  if (asked === own) return true;
  return test.kind !== 'exact' && asked.startsWith(test.kind === 'segment' ? `${own}/` : own);
};

/** Whether a header or query parameter passes a test; undefined = it is not sent. */
export const fieldPasses = (test: FieldTest, value: string | undefined): boolean =>
  value === undefined ? test.absent : test.value !== undefined && textPasses(test.value, value);

/** A header may be called like something that every object has. */
const ownValue = (values: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined;

const fieldsPass = (fields: Fields, find: (name: string) => string | undefined): boolean => {
  for (const name in fields) {
    const test = fields[name];
    if (test !== undefined && !fieldPasses(test, find(name))) return false;
  }
  return true;
};

/** Whether a request meets all of a condition. */
export const conditionHolds = (condition: Condition, request: Request): boolean =>
  pathPasses(condition.path, request.path) &&
  textPasses(condition.method, request.method) &&
  textPasses(condition.authority, request.host) &&
  fieldsPass(condition.headers, (name) => (name === 'host' ? request.host : ownValue(request.headers, name))) &&
  fieldsPass(condition.query, (name) => ownValue(request.query, name)) &&
  (condition.opaque ?? []).every((name) => request.conditions?.includes(name) === true);

/** The rank of a condition, best first when compared number by number. */
const rankOf = (condition: Condition, order: List['order']): readonly number[] => {
  if (order === 'first-match') return [];
  const { path } = condition;
  // A match of all paths stands for the prefix `/`; a regex comes last, the longer the earlier.
  const byPath =
    path.kind === 'any'
      ? [1, 1]
      : path.kind === 'regex'
        ? [0, path.source.length]
        : [path.kind === 'exact' ? 2 : 1, path.text.length];
  if (order === 'ingress') return byPath;
  return [
    ...byPath,
    condition.method.kind === 'any' ? 0 : 1,
    Object.keys(condition.headers).length,
    Object.keys(condition.query).length,
  ];
};

const isBetter = (rank: readonly number[], than: readonly number[]): boolean => {
  const at = rank.findIndex((value, index) => value !== than[index]);
  return at >= 0 && (rank[at] ?? 0) > (than[at] ?? 0);
};

/** A condition of a list with the index of its rule. */
interface Ranked {
  readonly condition: Condition;
  readonly rule: number;
}

/** The conditions in the order in which they are asked: each is put before the first one that it beats. */
export const inOrder = (list: List): readonly Ranked[] => {
  const sorted: (Ranked & { readonly rank: readonly number[] })[] = [];
  for (const [rule, { conditions }] of list.rules.entries()) {
    for (const condition of conditions) {
      const rank = rankOf(condition, list.order);
      const at = sorted.findIndex((other) => isBetter(rank, other.rank));
      sorted.splice(at < 0 ? sorted.length : at, 0, { condition, rule, rank });
    }
  }
  return sorted;
};

/** The index of the rule that takes a request, or -1 where none does. */
export const takerOf = (ranked: readonly Ranked[], request: Request): number =>
  ranked.find(({ condition }) => conditionHolds(condition, request))?.rule ?? -1;

/** The path that a rewrite makes of one that its rule takes. */
export const rewritten = (rewrite: Rewrite | undefined, path: string): string => {
  switch (rewrite?.kind) {
    case undefined:
      return path;
    case 'full':
      return rewrite.path;
    case 'string':
      return rewrite.to + path.slice(rewrite.from.length);
    case 'segment': {
      // Whole segments: one slash between the replacement and what follows, and never an empty path.
      const rest = path.slice(rewrite.from.replace(/\/$/, '').length);
      return rest === '' ? rewrite.to : rewrite.to.replace(/\/$/, '') + rest;
    }
    case 'regex':
      return substitute(rewrite, path);
  }
};
