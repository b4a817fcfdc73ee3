import type { TextRange } from './split-stream.ts';

/**
 * The values of a text that holds several JSON values one behind the other, as jq prints them.
 * Undefined when it is not such a text (one value only, or something else between the values).
 */
export function splitJson(text: string): readonly TextRange[] | undefined {
  const ranges: TextRange[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const end = endOfValue(text, at);
    if (end === undefined) return undefined;
    ranges.push({ start: at, end });
    at = skipSpace(text, end);
  }
  return ranges.length > 1 ? ranges : undefined;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at++;
  return at;
}

/** The offset behind the mapping or list that opens at `start`. */
function endOfValue(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '{' || char === '[') depth++;
    else if (char === '"') {
      at++;
      while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
    } else if (char === '}' || char === ']') {
      depth--;
      if (depth === 0) return at + 1;
    }
    if (depth === 0) return undefined;
  }
  return undefined;
}
