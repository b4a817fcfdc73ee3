import type { Condition, Fields, List, Order, PathTest, Rule, TextTest } from './lists.ts';

/** A test that nothing passes. */
export const never: TextTest = {
  kind: 'all',
  of: [
    { kind: 'exact', text: 'a' },
    { kind: 'exact', text: 'b' },
  ],
};

export const isFirstMatch = ({ order }: List): boolean => order === 'first-match';

const disjointTexts = (a: TextTest | undefined, b: TextTest | undefined): boolean =>
  a?.kind === 'exact' && b?.kind === 'exact' && a.text.toLowerCase() !== b.text.toLowerCase();

const disjointFields = (a: Fields, b: Fields): boolean =>
  Object.entries(a).some(([name, one]) => {
    const other = Object.hasOwn(b, name) ? b[name] : undefined;
    if (other === undefined || (one.absent && other.absent)) return false;
    return one.value === undefined || other.value === undefined || disjointTexts(one.value, other.value);
  });

const disjointPaths = (a: PathTest, b: PathTest): boolean => {
  if (!('text' in a) || !('text' in b)) return false;
  const [left, right] = [a.text.toLowerCase(), b.text.toLowerCase()];
  if (a.kind === 'exact' && b.kind === 'exact') return left !== right;
  const [long, short] = left.length > right.length ? [left, right] : [right, left];
  return !long.startsWith(short);
};

const areDisjoint = (a: Condition, b: Condition): boolean =>
  disjointPaths(a.path, b.path) ||
  disjointTexts(a.method, b.method) ||
  disjointFields(a.headers, b.headers) ||
  disjointFields(a.query, b.query);

/** Whether a precedence puts both in an order of its own whatever order they are written in. */
const areRanked = (a: Condition, b: Condition, order: Order): boolean => {
  if (order === 'first-match') return false;
  const [one, other] = [a.path, b.path];
  const sort = ({ kind }: PathTest) => (kind === 'exact' || kind === 'regex' ? kind : 'prefix');
  if (sort(one) !== sort(other)) return true;
  if ('text' in one && 'text' in other && one.text.length !== other.text.length) return true;
  return (
    order === 'gateway-api' &&
    JSON.stringify(one) === JSON.stringify(other) &&
    (a.method.kind === 'any') !== (b.method.kind === 'any')
  );
};

/** Whether two rules may change places: every two of their conditions share no request or are ordered by their ranks. */
export const inSameOrder = (first: Rule, second: Rule, order: Order): boolean =>
  first.conditions.every((a) => second.conditions.every((b) => areDisjoint(a, b) || areRanked(a, b, order)));
