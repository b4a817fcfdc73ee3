const SHOWN = 5;

/** Names in a sentence; of many the first ones, the rest counted. */
export function listNames(names: readonly string[]): string {
  const rest = names.length - SHOWN;
  // A single name more is as short as its count.
  return rest <= 1 ? names.join(', ') : `${names.slice(0, SHOWN).join(', ')} and ${rest} more`;
}
