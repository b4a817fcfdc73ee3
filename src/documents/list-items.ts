/** Where the items of a List stand in the text of its document. */
export interface ListItems {
  /** The offset of the line that each item starts, in order. */
  readonly starts: readonly number[];
  /** The offset behind the last item. */
  readonly end: number;
}

const items = /^items:[ \t]*(?:#.*)?\n/m;

/**
 * Finds the items of a List that is written in block style, as kubectl prints it, without parsing it; undefined where
 * it is written otherwise. What stands inside of an item is indented further than its dash, texts of several lines
 * included, so that each line with a dash in the column of the first one starts an item.
 *
 * @param text of a document that could be parsed
 */
export function findListItems(text: string): ListItems | undefined {
  const found = items.exec(text);
  if (found === null) return undefined;
  const starts: number[] = [];
  let line = found.index + found[0].length;
  let dash: number | undefined;
  while (line < text.length) {
    const next = text.indexOf('\n', line) + 1 || text.length;
    const column = indentation(text, line);
    const char = text.charAt(line + column);
    if (char !== '\n' && char !== '#' && char !== '') {
      dash ??= column;
      if (column < dash || (column === dash && !isDash(text, line + column))) break;
      if (column === dash) starts.push(line);
    }
    line = next;
  }
  return starts.length === 0 ? undefined : { starts, end: line };
}

function indentation(text: string, line: number): number {
  let at = line;
  while (text.charCodeAt(at) === 0x20) at++;
  return at - line;
}

function isDash(text: string, at: number): boolean {
  return text.charAt(at) === '-' && /^[ \n]?$/.test(text.charAt(at + 1));
}
