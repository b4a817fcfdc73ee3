import { assertNever } from '../../ir/assert-never.ts';
import type { Match } from '../../ir/model.ts';
import type { AttributeTest, PathPredicate, StringPredicate } from '../../ir/predicates.ts';
import type { Entry } from '../decision-list.ts';
import { matchesPath, matchesString } from '../evaluate.ts';
import { foldAscii } from '../fold-ascii.ts';
import { complement, intersect, type Language } from '../languages/language.ts';
import { LanguageTooLarge } from '../languages/language-too-large.ts';
import {
  anything,
  exactly,
  nothing,
  oneOf,
  segmentPrefix,
  spellings,
  startingWith,
} from '../languages/literal-language.ts';
import { regexEngine } from '../languages/regex-engine.ts';
import type { Test } from './value-set.ts';

/** An entry of a decision list with its conditions as the comparison asks them. */
export interface Listed {
  readonly entry: Entry;
  /** Place in the list. */
  readonly order: number;
  /** Conditions on anything but a literal path, which the classes of paths decide. */
  readonly tests: readonly Test[];
}

/** The attributes that the two lists ask for; the path comes first. */
export class Attributes {
  readonly #places = new Map<string, number>([['path', 0]]);
  readonly #words = new Map<number, Set<string>>();
  readonly #patterned = new Set<number>();

  /** `path`, `method`, `authority`, `header NAME`, `query NAME` or `condition NAME`. */
  place(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const place = this.#places.size;
    this.#places.set(name, place);
    return place;
  }

  /** Notes what the conditions on an attribute are made of. */
  note(attribute: number, value: AttributeTest['value']): void {
    if (value.kind === 'exact') {
      if (value.ignoreCase) return;
      const words = this.#words.get(attribute);
      if (words === undefined) this.#words.set(attribute, new Set([value.value]));
      else words.add(value.value);
    } else if (value.kind !== 'any' && value.kind !== 'none') this.#patterned.add(attribute);
  }

  /**
   * The spellings of a word that stand for all of them: those that some condition names, and one that none does. What
   * no condition tells apart need not be told apart here, and an automaton is not needed. Undefined where patterns are
   * asked for beside words.
   */
  spellings(attribute: number, value: string): readonly string[] | undefined {
    if (this.#patterned.has(attribute)) return undefined;
    const words = this.#words.get(attribute) ?? new Set();
    const named = [...words].filter((word) => foldAscii(word) === foldAscii(value));
    for (const spelling of spellings(value)) if (!words.has(spelling)) return [...named, spelling];
    return named;
  }

  get names(): readonly string[] {
    return [...this.#places.keys()];
  }
}

/** The conditions of an entry, cheapest first. */
export function compileTests(match: Match, attributes: Attributes): readonly Test[] {
  const tests: Test[] = [];
  const add = (name: string, test: AttributeTest | { absent: false; value: StringPredicate }) => {
    if (test.absent && test.value.kind === 'any') return;
    const place = attributes.place(name);
    attributes.note(place, test.value);
    tests.push(attributeTest(place, test, attributes));
  };
  if (match.method.kind !== 'any') add('method', { absent: false, value: match.method });
  if (match.authority.kind !== 'any') add('authority', { absent: false, value: match.authority });
  // The Host header is the authority, under whichever name a rule asks for it.
  for (const test of match.headers) add(test.name === 'host' ? 'authority' : `header ${test.name}`, test);
  for (const test of match.query) add(`query ${test.name}`, test);
  for (const { name, value } of match.opaque) tests.push(conditionTest(attributes.place(`condition ${name}=${value}`)));
  if (!isLiteral(match.path)) tests.push(pathTest(match.path));
  return tests;
}

/** Whether the classes of literal paths decide a path condition. */
export function isLiteral(path: PathPredicate): boolean {
  return path.kind === 'any' || (path.kind !== 'regex' && !path.ignoreCase);
}

function attributeTest(
  attribute: number,
  { absent, value }: Pick<AttributeTest, 'absent' | 'value'>,
  attributes: Attributes,
): Test {
  const key = `${absent ? '-' : '+'}${valueKey(value)}`;
  if (value.kind === 'none') return { attribute, key, absent, accepts: () => false, language: () => nothing };
  const accepts = (text: string) => matchesString(value, text);
  const language = () => {
    const stand = value.kind === 'exact' && value.ignoreCase ? attributes.spellings(attribute, value.value) : undefined;
    return stand === undefined ? stringLanguage(value) : oneOf(stand);
  };
  const isWord = value.kind === 'exact' && !value.ignoreCase;
  return { attribute, key, absent, accepts, language, ...(isWord ? { word: value.value } : {}) };
}

/** A condition that nobody evaluates: it holds or it does not, whatever the request looks like. */
export function conditionTest(attribute: number): Test {
  return { attribute, key: 'holds', absent: false, accepts: () => true, language: () => anything };
}

function pathTest(path: PathPredicate): Test {
  const accepts = (text: string) => matchesPath(path, text);
  return { attribute: 0, key: JSON.stringify(path), absent: false, accepts, language: () => pathLanguage(path) };
}

function pathLanguage(path: PathPredicate): Language {
  switch (path.kind) {
    case 'any':
      return anything;
    case 'regex':
      return regexLanguage(path.pattern);
    case 'exact':
      return exactly(path.value, path);
    case 'prefix':
      return path.reading === 'segment' ? segmentPrefix(path.value, path) : startingWith(path.value, path);
    default:
      return assertNever(path);
  }
}

/** The values that pass. Throws LanguageTooLarge where no automaton can tell. */
export function stringLanguage(predicate: StringPredicate): Language {
  switch (predicate.kind) {
    case 'any':
      return anything;
    case 'exact':
      return exactly(predicate.value, predicate);
    case 'prefix':
      return startingWith(predicate.value, predicate);
    case 'regex':
      return regexLanguage(predicate.pattern);
    case 'not':
      return complement(stringLanguage(predicate.of));
    case 'all':
      return predicate.of.map(stringLanguage).reduce(intersect);
    default:
      return assertNever(predicate);
  }
}

/** An illegal pattern matches nothing, as in the evaluator. */
function regexLanguage(pattern: string): Language {
  const built = regexEngine().language(pattern);
  if (built.kind === 'undecided') throw new LanguageTooLarge(`the pattern ${pattern} is too large: ${built.reason}`);
  return built.kind === 'language' ? built.language : nothing;
}

function valueKey(value: AttributeTest['value']): string {
  switch (value.kind) {
    case 'any':
      return '*';
    case 'none':
      return '0';
    case 'exact':
    case 'prefix':
      return `${value.kind[0]}${value.ignoreCase ? 'i' : '='}${value.value}`;
    case 'regex':
      return `r${value.pattern}`;
    default:
      return JSON.stringify(value);
  }
}
