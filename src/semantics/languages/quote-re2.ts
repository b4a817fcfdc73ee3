/** An RE2 pattern that matches exactly this text: every character with a meaning of its own is escaped. */
export function quoteRe2(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}
