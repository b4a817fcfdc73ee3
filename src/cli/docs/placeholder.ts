/**
 * Stands for arguments that are not known: every property is a text `<name>` that can also be called, listed and
 * joined. With it the messages of a table can be printed without a finding.
 */
export function placeholderArgs(): never {
  return new Proxy({}, { get: (_, name) => placeholder(typeof name === 'string' ? name : '…') }) as never;
}

function placeholder(name: string): unknown {
  const text = `<${name}>`;
  const members: Readonly<Record<PropertyKey, unknown>> = {
    [Symbol.toPrimitive]: () => text,
    toString: () => text,
    toJSON: () => text,
    length: 2,
    join: () => text,
    map: (change: (value: unknown, index: number) => unknown) => [change(placeholder(name), 0)],
    [Symbol.iterator]: () => [placeholder(name)][Symbol.iterator](),
  };
  return new Proxy(() => text, {
    get: (_, key) => (key in members ? members[key] : placeholder(name)),
    apply: () => placeholder(name),
  });
}

/** A text of a table with placeholders, or undefined where it needs real values. */
export function withPlaceholders(print: ((args: never) => string) | undefined): string | undefined {
  if (print === undefined) return undefined;
  try {
    const text = print(placeholderArgs());
    return text.includes('undefined') || text.includes('NaN') ? undefined : text;
  } catch {
    return undefined;
  }
}
