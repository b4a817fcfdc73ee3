/** Names come from the input: `constructor` must not find what every object has. */
export function ownValue(values: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** Adds a value by its name; assigning to `__proto__` would add nothing. */
export function setOwnValue(values: Record<string, string>, name: string, value: string): void {
  Object.defineProperty(values, name, { value, enumerable: true, configurable: true, writable: true });
}
