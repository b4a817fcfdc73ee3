import { type CharRange, CharSet } from 'refa';
import { characters, foldCase, MAX_CODE_POINT, perlClass, posixClass, unicodeClass } from './character-classes.ts';
import { parseEscape } from './parse-escape.ts';

/**
 * Reads a bracket expression that RE2 has already accepted, from its `[`.
 * Gives its set with case folding and negation applied, and the position after its `]`.
 */
export function parseClass(
  source: string,
  start: number,
  ignoreCase: boolean,
): { readonly set: CharSet; readonly end: number } {
  let position = start + 1;
  const negated = source.charAt(position) === '^';
  if (negated) position += 1;
  const first = position;
  const ranges: CharRange[] = [];
  let named = CharSet.empty(MAX_CODE_POINT);
  // A `]` right after the opening is a plain character.
  while (position < source.length && (source.charAt(position) !== ']' || position === first)) {
    const group = parseNamed(source, position, ignoreCase);
    if (group !== undefined) {
      named = named.union(group.set);
      position = group.end;
      continue;
    }
    const low = parseBound(source, position);
    position = low.end;
    let max = low.codePoint;
    // A `-` before the closing bracket is a plain character.
    if (source.charAt(position) === '-' && source.charAt(position + 1) !== ']' && position + 1 < source.length) {
      const high = parseBound(source, position + 1);
      position = high.end;
      max = high.codePoint;
    }
    ranges.push({ min: low.codePoint, max });
  }
  const plain = characters(ranges);
  const set = (ignoreCase ? foldCase(plain) : plain).union(named);
  return { set: negated ? set.negate() : set, end: position + 1 };
}

function parseNamed(
  source: string,
  position: number,
  ignoreCase: boolean,
): { readonly set: CharSet; readonly end: number } | undefined {
  const rest = source.slice(position, position + 64);
  const posix = /^\[:(\^?\w+):\]/.exec(rest);
  const unicode = /^\\[pP](?:\{[^}]*\}|[A-Za-z])/.exec(rest);
  const set =
    posix !== null
      ? posixClass(posix[1] ?? '', ignoreCase)
      : unicode !== null
        ? unicodeClass(unicode[0], ignoreCase)
        : rest.startsWith('\\')
          ? perlClass(rest.charAt(1), ignoreCase)
          : undefined;
  return set && { set, end: position + (posix?.[0].length ?? unicode?.[0].length ?? 2) };
}

function parseBound(source: string, position: number): { readonly codePoint: number; readonly end: number } {
  if (source.charAt(position) === '\\') {
    const escaped = parseEscape(source, position);
    if (escaped !== undefined) return escaped;
  }
  const codePoint = source.codePointAt(position) ?? 0;
  return { codePoint, end: position + String.fromCodePoint(codePoint).length };
}
