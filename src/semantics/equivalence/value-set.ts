import { ALPHABETS, type Domain, isWithin } from '../languages/alphabets.ts';
import { accepts, intersect, isEmpty, type Language, subtract, witness } from '../languages/language.ts';
import { exactly, nothing } from '../languages/literal-language.ts';
import { regexEngine } from '../languages/regex-engine.ts';

/** A condition on one attribute: which values pass, and whether absence does. */
export interface Test {
  /** Which attribute of the comparison it asks for. */
  readonly attribute: number;
  /** Equal for equal conditions only. */
  readonly key: string;
  readonly absent: boolean;
  /** The only value that passes, where there is one. */
  readonly word?: string;
  readonly accepts: (value: string) => boolean;
  /** The values that pass. Throws LanguageTooLarge where no automaton can tell. */
  readonly language: () => Language;
}

/** The values that pass a test and those that do not; undefined where there are none. */
export interface Split {
  readonly inside: ValueSet | undefined;
  readonly outside: ValueSet | undefined;
}

/**
 * What one attribute of a request may still be, while a comparison decides conditions one after the other. Immutable;
 * remembers how each condition splits it, so that equal questions are asked of the languages once.
 */
export class ValueSet {
  readonly id: number;
  readonly domain: Domain;
  readonly absent: boolean;
  /** The only present value, where one is known. */
  readonly word: string | undefined;
  readonly #counter: Counter;
  #language: Language | (() => Language);
  #splits: Map<string, Split> | undefined;

  constructor(
    counter: Counter,
    domain: Domain,
    { absent, word, language }: { absent: boolean; word?: string; language: Language | (() => Language) },
  ) {
    this.id = counter.next++;
    this.domain = domain;
    this.absent = absent;
    this.word = word;
    this.#counter = counter;
    this.#language = language;
  }

  get language(): Language {
    if (typeof this.#language === 'function') this.#language = this.#language();
    return this.#language;
  }

  /** Divides the values by a condition. Throws LanguageTooLarge where that cannot be told. */
  split(test: Test): Split {
    if (this.word !== undefined && !this.absent) {
      return test.accepts(this.word) ? { inside: this, outside: undefined } : { inside: undefined, outside: this };
    }
    const known = this.#splits?.get(test.key);
    if (known !== undefined) return known;
    const split = this.#divide(test);
    this.#splits ??= new Map();
    this.#splits.set(test.key, split);
    return split;
  }

  #divide(test: Test): Split {
    const { absent, domain } = this;
    if (test.word !== undefined && !test.absent) {
      if (!isWithin(domain, test.word) || !accepts(this.language, test.word))
        return { inside: undefined, outside: this };
      const inside = this.#make(false, exactly(test.word), test.word);
      return { inside, outside: this.#make(absent, this.#without(test)) };
    }
    const inside = this.#make(absent && test.absent, this.#within(intersect(this.language, test.language())));
    const outside = this.#make(absent && !test.absent, this.#without(test));
    // One part holds everything: the set stays itself, so that what is remembered of it stays of use.
    if (outside === undefined) return { inside: this, outside };
    return inside === undefined ? { inside, outside: this } : { inside, outside };
  }

  #without(test: Test): Language {
    return this.#within(subtract(this.language, test.language()));
  }

  /** An automaton also knows texts that no request holds. */
  #within(language: Language): Language {
    this.#counter.spend(language.kind === 'automaton' ? AUTOMATON_COST : 1);
    return language.kind === 'automaton' ? intersect(language, textsOf(this.domain)) : language;
  }

  #make(absent: boolean, language: Language, word?: string): ValueSet | undefined {
    const filled = word !== undefined || hasText(language, this.domain);
    if (!filled && !absent) return undefined;
    const values = filled ? language : nothing;
    return new ValueSet(this.#counter, this.domain, {
      absent,
      language: values,
      ...(word === undefined ? {} : { word }),
    });
  }

  /** The shortest value, friendly to read; undefined where only absence is left. */
  shortest(): string | undefined {
    return this.word ?? witness(this.language, this.domain);
  }
}

/** Numbers the sets of one comparison and pays for what they cost. */
export interface Counter {
  next: number;
  readonly spend: (steps: number) => void;
}

/** What an operation on automata costs in steps of the search. */
const AUTOMATON_COST = 200;

const texts = new Map<Domain, Language>();

function textsOf(domain: Domain): Language {
  let language = texts.get(domain);
  if (language === undefined) {
    const body = `[${ALPHABETS[domain].map(({ min, max }) => `\\x{${min.toString(16)}}-\\x{${max.toString(16)}}`).join('')}]*`;
    const built = regexEngine().language(domain === 'path' ? `/${body}` : body);
    if (built.kind !== 'language') throw new Error('the texts of a domain have a language');
    language = built.language;
    texts.set(domain, language);
  }
  return language;
}

/** More children than this may name every character that can follow a key. */
const MANY_MARKS = 90;

function hasText(language: Language, domain: Domain): boolean {
  if (language.kind === 'automaton') return !isEmpty(language);
  const { marks } = language;
  if (marks.size > MANY_MARKS && domain === 'value') return !isEmpty(language);
  for (const [key, { at, below }] of marks) {
    if (!at && !below) continue;
    if (key === '' && domain === 'path') return witness(language, domain) !== undefined;
    if (isWithin(domain, key)) return true;
  }
  return false;
}
