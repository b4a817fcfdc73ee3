import type { Millis } from '../../ir/actions.ts';

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

/** Reads a duration of Gateway API (`1h30m`, `500ms`; no fractions, no sign); undefined for anything else. */
export function parseDuration(text: string): Millis | undefined {
  if (!/^([0-9]{1,5}(h|m|s|ms)){1,4}$/.test(text)) return undefined;
  let total = 0;
  for (const [, count = '', unit = ''] of text.matchAll(/(\d+)(ms|h|m|s)/g))
    total += Number(count) * (UNITS[unit] ?? 0);
  return total;
}
