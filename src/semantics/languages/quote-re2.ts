/** An RE2 pattern that matches exactly this text: every character with a meaning of its own is escaped. */
export function quoteRe2(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}

/** A pattern that takes this very text in any letter case of ASCII. */
export function quoteRe2IgnoringCase(text: string): string {
  // Under (?i) RE2 also takes the Kelvin sign for k and the long s for s.
  if (!/[ks]/i.test(text)) return `(?i)${quoteRe2(text)}`;
  return quoteRe2(text).replace(/[a-z]/gi, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`);
}
