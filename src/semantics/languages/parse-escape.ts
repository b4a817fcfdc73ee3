const CONTROL: Readonly<Record<string, number>> = { a: 0x07, f: 0x0c, t: 0x09, n: 0x0a, r: 0x0d, v: 0x0b };

/**
 * Reads an escape that stands for one character: `\n`, `\x7F`, `\x{10FFFF}`, `\012`, `\.`.
 * Gives the code point and where the escape ends, or undefined for any other escape.
 */
export function parseEscape(
  source: string,
  start: number,
): { readonly codePoint: number; readonly end: number } | undefined {
  const text = source.slice(start, start + 16);
  const hex = /^\\x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))/.exec(text);
  if (hex !== null) return { codePoint: Number.parseInt(hex[1] ?? hex[2] ?? '', 16), end: start + hex[0].length };
  // \1 alone would be a back-reference, which RE2 refuses; \0 stands alone.
  const octal = /^\\(0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(text);
  if (octal !== null) return { codePoint: Number.parseInt(octal[1] ?? '', 8), end: start + octal[0].length };
  const letter = text.charAt(1);
  const control = CONTROL[letter];
  if (control !== undefined) return { codePoint: control, end: start + 2 };
  const codePoint = letter.codePointAt(0);
  if (codePoint === undefined || codePoint > 0x7f || /[A-Za-z0-9]/.test(letter)) return undefined;
  return { codePoint, end: start + 2 };
}
