import { RE2JS } from 're2js';

const compiled = new Map<string, RE2JS>();

/** Whether an RE2 expression accepts the whole text. Throws where RE2 rejects the expression. */
export const fullMatch = (regex: string, text: string): boolean => {
  let pattern = compiled.get(regex);
  if (pattern === undefined) {
    pattern = RE2JS.compile(regex);
    compiled.set(regex, pattern);
  }
  return pattern.matches(text);
};

/** A word of a language; an open word stands for itself and for everything that continues it. */
export interface Word {
  readonly text: string;
  readonly open: boolean;
}

type Words = readonly Word[] | undefined;
const MOST_WORDS = 64;
const EMPTY: readonly Word[] = [{ text: '', open: false }];
const ANYTHING: readonly Word[] = [{ text: '', open: true }];

const concatenate = (left: Words, right: Words): Words => {
  if (left === undefined || right === undefined) return undefined;
  const words: Word[] = [];
  for (const a of left) {
    for (const b of right) {
      if (a.open && b.text !== '') return undefined;
      words.push({ text: a.text + b.text, open: a.open || b.open });
    }
  }
  return words.length > MOST_WORDS ? undefined : words;
};

const unite = (left: Words, right: Words): Words =>
  left === undefined || right === undefined ? undefined : [...left, ...right];

/**
 * Lists the words of an expression whose language is a finite union of texts and of "text and all that follows".
 * Knows literals, escapes, groups, alternation, positive classes, `?`, and `.*` at the end of a branch; gives undefined
 * for all else, which is then neither an exact path nor a prefix.
 */
export const listWords = (regex: string): Words => {
  const source = regex.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  let at = 0;
  const parseClass = (): Words => {
    const words: Word[] = [];
    if (source[at] === '^') return undefined;
    while (at < source.length && source[at] !== ']') {
      const first = source.charCodeAt(at);
      const isRange = source[at + 1] === '-' && source[at + 2] !== ']';
      const last = isRange ? source.charCodeAt(at + 2) : first;
      if (source[at] === '\\' || last - first > MOST_WORDS) return undefined;
      for (let code = first; code <= last; code += 1) words.push({ text: String.fromCharCode(code), open: false });
      at += isRange ? 3 : 1;
    }
    at += 1;
    return words;
  };
  const parseAtom = (): Words | 'dot' => {
    const character = source[at] ?? '';
    at += 1;
    if (character === '(') {
      if (source.startsWith('?:', at)) at += 2;
      else if (source[at] === '?') return undefined;
      const inner = parseAlternation();
      at += 1;
      return inner;
    }
    if (character === '[') return parseClass();
    if (character === '.') return 'dot';
    if (character === '\\') {
      const escaped = source[at] ?? '';
      at += 1;
      return /[A-Za-z0-9]/.test(escaped) ? undefined : [{ text: escaped, open: false }];
    }
    return '*+?{}^$'.includes(character) ? undefined : [{ text: character, open: false }];
  };
  const parseSequence = (): Words => {
    let words: Words = EMPTY;
    while (words !== undefined && at < source.length && source[at] !== '|' && source[at] !== ')') {
      const atom = parseAtom();
      const quantifier = source[at] ?? '';
      if (atom === 'dot') {
        at += 1;
        words = quantifier === '*' ? concatenate(words, ANYTHING) : undefined;
      } else if (quantifier === '?') {
        at += 1;
        words = concatenate(words, unite(EMPTY, atom));
      } else {
        words = quantifier === '*' || quantifier === '+' || quantifier === '{' ? undefined : concatenate(words, atom);
      }
    }
    return words;
  };
  const parseAlternation = (): Words => {
    let words = parseSequence();
    while (words !== undefined && source[at] === '|') {
      at += 1;
      words = unite(words, parseSequence());
    }
    return words;
  };
  const words = parseAlternation();
  return words !== undefined && at === source.length ? words : undefined;
};
