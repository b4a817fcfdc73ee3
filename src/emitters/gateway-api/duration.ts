const UNITS = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

/** A duration as GEP-2257 writes it (`1s500ms`, `0s`); undefined when it is longer than 99999 hours. */
export function printDuration(millis: number): string | undefined {
  if (millis === 0) return '0s';
  let [rest, text] = [millis, ''];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    if (count > 99_999) return undefined;
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text;
}
