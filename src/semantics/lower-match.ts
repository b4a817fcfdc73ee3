import type { Match } from '../ir/model.ts';
import type { AttributeTest, StringPredicate } from '../ir/predicates.ts';
import { type Atom, type AtomTests, type AtomValue, sortTests } from './atom.ts';
import { mergeSpellings, readLiteral, toLiterals } from './literal-value.ts';
import { lowerPath } from './lower-path.ts';
import { type LoweredTest, lowerTest, lowerValues, PRESENT } from './lower-value.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A match as a union of positive conjunctions minus a union of positive conjunctions. */
export interface Lowered {
  readonly plus: readonly Atom[];
  /** `slash`: the bare path under a prefix that ends in a slash. */
  readonly minus: readonly { readonly atom: Atom; readonly slash: boolean }[];
  /** String prefixes of the match that the target may read by segment. */
  readonly bySegment: readonly string[];
}

/** Why a match has no form in a vocabulary. */
export interface NotExpressible {
  readonly part: 'path' | 'method' | 'header' | 'query' | 'authority' | 'condition' | 'size';
  /** The header, query parameter or condition. */
  readonly name: string;
  readonly why: string;
  /** The pattern is no legal RE2. */
  readonly illegal: boolean;
}

/** More alternatives than this in one match are refused. */
const MAX_ATOMS = 256;

/** Turns a match into positive conjunctions of a vocabulary; a match is never widened or narrowed. */
export function lowerMatch(match: Match, vocabulary: Vocabulary): Lowered | NotExpressible {
  const [opaque] = match.opaque;
  if (opaque !== undefined) return refuse('condition', opaque.name, `the target has no condition on ${opaque.name}`);
  if (match.authority.kind !== 'any')
    return refuse('authority', 'authority', 'the target has no condition on the Host header beside the host names');
  const path = lowerPath(match.path, vocabulary);
  if (path.kind !== 'paths') {
    return path.kind === 'illegal'
      ? { part: 'path', name: 'path', why: path.message, illegal: true }
      : refuse('path', 'path', path.why);
  }
  const method = lowerMethod(match.method, vocabulary);
  if ('part' in method) return method;
  const headers = lowerTests('header', match.headers, vocabulary);
  if ('part' in headers) return headers;
  const query = lowerTests('query', match.query, vocabulary);
  if ('part' in query) return query;

  const plus = combine(path.plus, method.plus, headers.plus, query.plus);
  const minus: { atom: Atom; slash: boolean }[] = [];
  for (const { path: left, slash } of path.minus) {
    for (const atom of combine([left], method.plus, headers.plus, query.plus)) minus.push({ atom, slash });
  }
  const cut = (atoms: readonly Atom[]) => {
    for (const atom of atoms) minus.push({ atom, slash: false });
  };
  if (method.minus.length > 0) cut(combine(path.plus, method.minus, headers.plus, query.plus));
  if (headers.minus.length > 0) cut(combine(path.plus, method.plus, headers.minus, query.plus));
  if (query.minus.length > 0) cut(combine(path.plus, method.plus, headers.plus, query.minus));
  if (plus.length + minus.length > MAX_ATOMS)
    return refuse('size', 'match', `it stands for ${plus.length + minus.length} alternatives`);
  return { plus, minus, bySegment: path.bySegment };
}

function combine(
  paths: readonly Atom['path'][],
  methods: readonly (string | undefined)[],
  headerTests: readonly AtomTests[],
  queryTests: readonly AtomTests[],
): readonly Atom[] {
  const [path, method, headers, query] = [paths[0], methods[0], headerTests[0], queryTests[0]];
  const count = paths.length * methods.length * headerTests.length * queryTests.length;
  // Most matches are one conjunction, and V8 makes a list 17 wide with the first item that is pushed.
  if (count === 1 && path !== undefined && headers !== undefined && query !== undefined)
    return [toAtom(path, method, headers, query)];
  return paths.flatMap((path) =>
    methods.flatMap((method) =>
      headerTests.flatMap((headers) => queryTests.map((query) => toAtom(path, method, headers, query))),
    ),
  );
}

function toAtom(path: Atom['path'], method: string | undefined, headers: AtomTests, query: AtomTests): Atom {
  return method === undefined ? { path, headers, query } : { path, method, headers, query };
}

interface Alternatives<T> {
  readonly plus: readonly T[];
  readonly minus: readonly T[];
}

const ANY_METHOD: Alternatives<string | undefined> = { plus: [undefined], minus: [] };
const NO_TESTS: Alternatives<AtomTests> = { plus: [[]], minus: [] };

/** A method test as verbs that the target knows; a test that other verbs pass too is refused. */
function lowerMethod(
  method: StringPredicate,
  vocabulary: Vocabulary,
): Alternatives<string | undefined> | NotExpressible {
  if (method.kind === 'any') return ANY_METHOD;
  const { methods, maxMethodLength } = vocabulary;
  const values = lowerValues(method);
  if (typeof values === 'string') return refuse('method', 'method', values);
  const verbs = (list: readonly AtomValue[]): readonly string[] | undefined =>
    list.every(({ kind, value }) => kind === 'exact' && (methods === 'any' || methods.includes(value)))
      ? list.map(({ value }) => value)
      : undefined;
  if (methods === 'any') {
    const named = [...(values.plus === 'any' ? [] : values.plus), ...values.minus];
    const long = named.find(({ value }) => value.length > maxMethodLength)?.value;
    const why = `${long} is longer than the ${maxMethodLength} characters that the target takes`;
    if (long !== undefined) return refuse('method', 'method', why);
  }
  const plus = values.plus === 'any' ? [undefined] : verbs(values.plus);
  const minus = verbs(values.minus);
  if (plus === undefined || minus === undefined)
    return refuse(
      'method',
      'method',
      methods === 'any' ? 'it takes more than a few verbs' : `it takes verbs other than ${methods.join(', ')}`,
    );
  return { plus, minus };
}

function lowerTests(
  part: 'header' | 'query',
  tests: readonly AttributeTest[],
  vocabulary: Vocabulary,
): Alternatives<AtomTests> | NotExpressible {
  if (tests.length === 0) return NO_TESTS;
  if (part === 'query' && tests.length > 0 && !vocabulary.queries) {
    return refuse('query', tests[0]?.name ?? 'query', 'the target cannot match query parameters');
  }
  let plus: AtomTests[] = [[]];
  let minus: AtomTests[] = [];
  for (const test of tests) {
    const said = part === 'header' && vocabulary.foldsHeaderValues ? foldTest(test) : test;
    const lowered = (vocabulary.values === 'literals' ? lowerInAnyCase(test) : undefined) ?? lowerTest(said);
    if (lowered.kind === 'not-expressible') return refuse(part, test.name, lowered.why);
    const asked = lowered.plus === 'any' ? (lowered.required ? [PRESENT] : undefined) : lowered.plus;
    const [some, excluded] = [asked && sayValues(asked, vocabulary), sayValues(lowered.minus, vocabulary)];
    for (const values of [some ?? [], excluded]) {
      for (const value of values) {
        const problem = refuseValue(part, test.name, value, vocabulary);
        if (problem !== undefined) return problem;
      }
    }
    const cut = withEach(plus, test.name, excluded);
    if (some !== undefined) {
      minus = minus.flatMap((others) => withEach([others], test.name, some));
      plus = plus.flatMap((others) => withEach([others], test.name, some));
    }
    minus.push(...cut);
  }
  const most = part === 'header' ? vocabulary.maxHeaders : vocabulary.maxQueries;
  const size = Math.max(longest(plus), longest(minus));
  if (size > most) return refuse('size', part, `it tests ${size} at once, the target takes ${most}`);
  return { plus: plus.map(sortTests), minus: minus.map(sortTests) };
}

/** Each conjunction with each of the values, value by value. */
function withEach(conjunctions: readonly AtomTests[], name: string, values: readonly AtomValue[]): AtomTests[] {
  return values.flatMap((value) => conjunctions.map((others) => [...others, { name, value }]));
}

function longest(conjunctions: readonly AtomTests[]): number {
  return conjunctions.reduce((most, { length }) => Math.max(most, length), 0);
}

/** A value whose letter case does not count, for a target that does not count it anyway. */
function foldTest(test: AttributeTest): AttributeTest {
  const { value } = test;
  return value.kind === 'exact' && value.ignoreCase ? { ...test, value: { ...value, ignoreCase: false } } : test;
}

/** A pattern in any letter case as tests without letter case, before its spellings are listed. */
function lowerInAnyCase({ absent, value }: AttributeTest): LoweredTest | undefined {
  if (absent || value.kind !== 'regex' || !value.pattern.startsWith('(?i)')) return undefined;
  const plus = toLiterals({ kind: 'regex', value: value.pattern });
  return plus === undefined ? undefined : { kind: 'values', required: true, plus, minus: [] };
}

/** The values as the vocabulary has them; what has no such form stays a pattern, and is refused. */
function sayValues(values: readonly AtomValue[], vocabulary: Vocabulary): readonly AtomValue[] {
  if (vocabulary.values !== 'literals') return values;
  return mergeSpellings(values.flatMap((value) => toLiterals(value) ?? [value]));
}

function refuseValue(
  part: 'header' | 'query',
  name: string,
  value: AtomValue,
  vocabulary: Vocabulary,
): NotExpressible | undefined {
  if (value.kind === 'regex' && vocabulary.values !== 'patterns') {
    if (value === PRESENT) return refuse(part, name, 'the target cannot ask whether a header is there');
    if (vocabulary.values === 'exact') return refuse(part, name, 'the target compares whole values only');
    if (readLiteral(value) === undefined)
      return refuse(part, name, 'the target compares whole values, beginnings and parts only');
  }
  if (value.value === '') return refuse(part, name, 'the target takes no empty value');
  return part === 'header' ? refuseLength(name, value, vocabulary) : undefined;
}

function refuseLength(
  name: string,
  value: AtomValue,
  { maxHeaderName, maxHeaderValue, values }: Vocabulary,
): NotExpressible | undefined {
  if (name.length > maxHeaderName)
    return refuse('header', name, `its name has ${name.length} characters, the target takes ${maxHeaderName}`);
  const text = values === 'literals' ? readLiteral(value)?.value : value.value;
  return text !== undefined && text.length > maxHeaderValue
    ? refuse('header', name, `its value has ${text.length} characters, the target takes ${maxHeaderValue}`)
    : undefined;
}

function refuse(part: NotExpressible['part'], name: string, why: string): NotExpressible {
  return { part, name, why, illegal: false };
}
