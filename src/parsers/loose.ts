/** Reads of values whose types nobody checked: facts are taken where they fit and passed over where not. */

export type Loose = Readonly<Record<string, unknown>>;

/** The value as a mapping; an empty one where it is none. */
export function mapping(value: unknown): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {};
}

/** The mappings of a sequence. */
export function mappings(value: unknown): readonly Loose[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null).map(mapping) : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function integer(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

/** The entries of a mapping whose values are texts. */
export function texts(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(mapping(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
