import type { TextRange } from './split-stream.ts';

/** Where the items of a List stand in the text of its document, in order. */
export interface ListItems {
  readonly ranges: readonly TextRange[];
  /** Whether the ranges are lines with a dash before the first content. */
  readonly isBlock: boolean;
}

/**
 * Finds the items of a List without parsing it, as kubectl prints it: in block style, or in JSON. Undefined where it
 * is written otherwise.
 *
 * @param text of a document that could be parsed
 */
export function findListItems(text: string): ListItems | undefined {
  // An item alone does not know what the directives of its document declare.
  if (directive.test(text)) return undefined;
  const ranges = /^\s*\{/.test(text) ? findJsonItems(text) : findBlockItems(text);
  return ranges.length === 0 ? undefined : { ranges, isBlock: text.charAt(ranges[0]?.start ?? 0) !== '{' };
}

const directive = /^%/m;
const blockItems = /^items:[ \t]*(?:#.*)?\n/m;

/**
 * What stands inside of an item is indented further than its dash, texts of several lines included, so that each line
 * with a dash in the column of the first one starts an item.
 */
function findBlockItems(text: string): readonly TextRange[] {
  const found = blockItems.exec(text);
  if (found === null) return [];
  const starts: number[] = [];
  let line = found.index + found[0].length;
  let dash: number | undefined;
  while (line < text.length) {
    const column = indentation(text, line);
    const char = text.charAt(line + column);
    if (char !== '\n' && char !== '#' && char !== '') {
      dash ??= column;
      if (column < dash || (column === dash && !isDash(text, line + column))) break;
      if (column === dash) starts.push(line);
    }
    line = text.indexOf('\n', line) + 1 || text.length;
  }
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? line }));
}

function indentation(text: string, line: number): number {
  let at = line;
  while (text.charCodeAt(at) === 0x20) at++;
  return at - line;
}

function isDash(text: string, at: number): boolean {
  return text.charAt(at) === '-' && /^[ \n]?$/.test(text.charAt(at + 1));
}

const token = /["[\]{}]/g;

/** The mappings of the list under the key `items` of the outermost mapping; none where it holds anything else. */
function findJsonItems(text: string): readonly TextRange[] {
  const ranges: TextRange[] = [];
  let depth = 0;
  let isInItems = false;
  let start = 0;
  /** Behind the item before, or the bracket that opens the list. */
  let behind = 0;
  token.lastIndex = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [part] = found;
    const at = found.index;
    if (part === '"') token.lastIndex = behindQuote(text, at + 1);
    if (isInItems && depth === 2 && !/^[\s,]*$/.test(text.slice(behind, at))) return [];
    if (part === '{' || part === '[') {
      if (depth === 1) isInItems = part === '[' && /"items"\s*:\s*$/.test(text.slice(Math.max(0, at - 80), at));
      if (depth === 1) behind = at + 1;
      if (depth === 2) start = at;
      depth++;
    } else if (part === '}' || part === ']') {
      depth--;
      if (depth === 1 && isInItems) break;
      if (depth === 2) behind = at + 1;
      if (depth === 2 && isInItems) ranges.push({ start, end: behind });
    }
  }
  return ranges.every((range) => isJsonMapping(text.slice(range.start, range.end))) ? ranges : [];
}

/** The offset behind the quote that ends a text. A pattern for the whole text would run out of stack on a long one. */
function behindQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') return at + 1;
    if (char === '\\') at++;
  }
  return text.length;
}

/** What looks like JSON may be a flow collection of YAML, whose quotes mean something else. */
function isJsonMapping(text: string): boolean {
  try {
    return text.startsWith('{') && JSON.parse(text) !== null;
  } catch {
    return false;
  }
}
