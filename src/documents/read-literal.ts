/** A text in block style, and the offset of the line behind it. */
export interface Literal {
  readonly value: string;
  readonly end: number;
}

const header = /\|(-?) *(?: #.*)?\n/y;

/**
 * Reads the literal block (`|` or `|-`) that starts at an offset; undefined where its header says more, where it has no
 * line of its own or starts with a blank one, or where the last line has no line break.
 *
 * @param column of the key or dash that it belongs to
 */
export function readLiteral(text: string, start: number, column: number): Literal | undefined {
  header.lastIndex = start;
  const found = header.exec(text);
  if (found === null) return undefined;
  let line = start + found[0].length;
  const indent = indentAt(text, line);
  if (indent <= column || line + indent >= text.length || text.charAt(line + indent) === '\n') return undefined;
  const lines: string[] = [];
  let filled = 0;
  let end = line;
  while (line < text.length) {
    const next = text.indexOf('\n', line) + 1;
    const spaces = indentAt(text, line);
    const isBlank = text.charAt(line + spaces) === '\n';
    if (!isBlank && spaces < indent) break;
    if (next === 0) return undefined;
    lines.push(text.slice(Math.min(line + indent, next - 1), next - 1));
    line = next;
    // Blank lines at the end are left out; one with more spaces than the block is indented is a line of spaces.
    if (isBlank && spaces <= indent) continue;
    filled = lines.length;
    end = next;
  }
  return { value: lines.slice(0, filled).join('\n') + (found[1] === '-' ? '' : '\n'), end };
}

function indentAt(text: string, line: number): number {
  let at = line;
  while (text.charAt(at) === ' ') at++;
  return at - line;
}
