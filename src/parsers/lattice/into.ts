/** The row of a field that is kept in the draft as it stands. */
export function into<Key extends string>(key: Key, note?: string) {
  const read = <Value>(value: Value, draft: Record<Key, Value>) => {
    draft[key] = value;
  };
  return { read, ...(note === undefined ? {} : { note }) };
}
