// C0 and C1 controls, and the signs that turn the direction of text or break lines: a name in a manifest must not be
// able to repaint the terminal or to look like another one.
const unsafe = /(?!\t)[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/gu;

/** Makes text from the input safe to print on a terminal; tabs stay. */
export function escapeControls(text: string): string {
  return text.replace(unsafe, (sign) => {
    const code = sign.charCodeAt(0);
    if (sign === '\n') return '\\n';
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
