/**
 * Where witnesses and decompositions look. `path` is a valid request path: `/`, then printable ASCII without
 * space, `?` and `#`. `value` is what a header may carry: no control characters except the tab, and neither the long s nor
 * the Kelvin sign, which RE2 takes for `s` and `k` where letter case does not count.
 */
export type Domain = 'path' | 'value';

/** Ranges of code points, both ends included. */
export const ALPHABETS: Readonly<Record<Domain, readonly { readonly min: number; readonly max: number }[]>> = {
  path: [
    { min: 0x21, max: 0x22 },
    { min: 0x24, max: 0x3e },
    { min: 0x40, max: 0x7e },
  ],
  value: [
    { min: 0x09, max: 0x09 },
    { min: 0x20, max: 0x7e },
    { min: 0x80, max: 0x17e },
    { min: 0x180, max: 0x2129 },
    { min: 0x212b, max: 0x10ffff },
  ],
};

/** Characters in the order in which a witness should use them: what a person would write comes first. */
export const PREFERRED: string =
  'xabcdefghijklmnopqrstuvwyz0123456789XABCDEFGHIJKLMNOPQRSTUVWYZ-_./~=&+:,;@!$\'()*%"<>[]\\^`{|}?# ';

/** Whether `value` is a text of the domain. */
export function isWithin(domain: Domain, value: string): boolean {
  if (domain === 'path' && !value.startsWith('/')) return false;
  for (const character of value) {
    const code = character.codePointAt(0) ?? 0;
    if (!ALPHABETS[domain].some(({ min, max }) => min <= code && code <= max)) return false;
  }
  return true;
}
