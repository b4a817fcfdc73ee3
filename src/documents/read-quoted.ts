/** A quoted text of one line, and the offset behind its closing quote. */
export interface Quoted {
  readonly value: string;
  readonly end: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_BREAK = 0x0a;

/** The signs of the escapes that JSON and YAML have in common and that manifests use: in patterns, mostly. */
const COMMON_ESCAPES = '"\\nt';

/**
 * Reads the quoted text that starts at an offset; undefined where it spans lines, holds a quote of its own kind in
 * single quotes, or an escape other than `\\`, `\"`, `\n` and `\t` in double ones.
 */
export function readQuoted(text: string, start: number): Quoted | undefined {
  return text.charCodeAt(start) === QUOTE ? readDouble(text, start) : readSingle(text, start);
}

function readSingle(text: string, start: number): Quoted | undefined {
  const end = text.indexOf("'", start + 1);
  if (end < 0 || text.startsWith("'", end + 1)) return undefined;
  const value = text.slice(start + 1, end);
  return value.includes('\n') ? undefined : { value, end: end + 1 };
}

function readDouble(text: string, start: number): Quoted | undefined {
  let escapes = false;
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === LINE_BREAK) return undefined;
    if (unit === BACKSLASH) {
      at++;
      if (at >= text.length || !COMMON_ESCAPES.includes(text.charAt(at))) return undefined;
      escapes = true;
    } else if (unit === QUOTE) {
      const value = text.slice(start + 1, at);
      return { value: escapes ? String(JSON.parse(`"${value}"`)) : value, end: at + 1 };
    }
  }
  return undefined;
}
