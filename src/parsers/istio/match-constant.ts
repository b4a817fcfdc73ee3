/**
 * Whether an RE2 pattern matches the whole of a short text that is known now (`http`, or the empty text), without the
 * regex engine, which is loaded only for inputs whose rules need it. Undefined for syntax that is not understood here.
 */
export function matchConstant(pattern: string, text: string): boolean | undefined {
  let flags = 's';
  const plain = pattern
    .replace(/\(\?([imsU]+)\)/g, (_, letters: string) => {
      if (letters.includes('i') && !flags.includes('i')) flags += 'i';
      return '';
    })
    .replace(/\(\?[imsU]+:/g, '(?:')
    .replaceAll('(?P<', '(?<')
    .replace(/\\z/g, '$')
    .replace(/\\A/g, '^')
    .replace(/\[:\^?\w+:\]/g, '\\w');
  // These mean something else in JavaScript, or nothing.
  if (/\\[QEpPCx1-9]|\(\?[=!<](?!\w+>)/.test(plain)) return undefined;
  try {
    return new RegExp(`^(?:${plain})$`, flags).test(text);
  } catch {
    return undefined;
  }
}
