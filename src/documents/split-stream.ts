/** A half-open range of a text, in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

// YAML forbids these lines inside of every scalar, block scalars included, so no parsing is needed to find the borders.
const marker = /(?:^|[\n\r])\uFEFF?(---|\.\.\.)(?=[ \t\r\n]|$)/g;

/**
 * Cuts a YAML stream into its documents. A range holds the `---` line that opens it, the directives
 * above that line, and the `...` line that ends it; together the ranges cover the text.
 */
export function* splitStream(text: string): Generator<TextRange> {
  let start = 0;
  marker.lastIndex = 0;
  const borders = text.matchAll(marker);
  for (const match of borders) {
    const first = match[0].charCodeAt(0);
    const lineStart = match.index + (first === 10 || first === 13 ? 1 : 0);
    if (match[1] === '...') {
      const end = lineEnd(text, match.index + match[0].length);
      yield { start, end };
      start = end;
    } else if (lineStart > start && !holdsDirectivesOnly(text, start, lineStart)) {
      yield { start, end: lineStart };
      start = lineStart;
    }
  }
  if (start < text.length) yield { start, end: text.length };
}

/** The offset behind the line break that ends the line at `offset`. */
export function lineEnd(text: string, offset: number): number {
  for (let at = offset; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10) return at + 1;
    if (unit === 13) return text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
  }
  return text.length;
}

function holdsDirectivesOnly(text: string, start: number, end: number): boolean {
  // Most documents open with a letter or a dash; only a comment, a blank or a percent sign can lead to directives.
  const first = text.charAt(start);
  if (first !== '%' && first !== '#' && first !== '\n' && first !== '\r' && first !== ' ' && first !== '\uFEFF')
    return false;
  let directives = false;
  for (let line = start; line < end; line = lineEnd(text, line)) {
    const content = text
      .slice(line, lineEnd(text, line))
      .replace(/^\uFEFF/, '')
      .trim();
    if (text.charAt(line) === '%') directives = true;
    else if (content !== '' && !content.startsWith('#')) return false;
  }
  return directives;
}
