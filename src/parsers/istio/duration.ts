import type { Millis } from '../../ir/actions.ts';

const UNITS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 0.001,
  µs: 0.001,
  μs: 0.001,
  ns: 0.000_001,
};

/**
 * Reads a duration as Go writes it (`1h2m3.5s`, `250ms`, `0`) and gives whole milliseconds, rounded to the nearest;
 * undefined for anything else, negative durations and those below a millisecond included, which Istio refuses.
 */
export function parseDuration(text: string): Millis | undefined {
  if (text === '0') return 0;
  const part = /(\d+\.?\d*|\.\d+)(h|ms|m|s|us|µs|μs|ns)/gy;
  const body = text.startsWith('+') ? text.slice(1) : text;
  let total = 0;
  let end = 0;
  for (let match = part.exec(body); match !== null; match = part.exec(body)) {
    total += Number(match[1]) * (UNITS[match[2] ?? ''] ?? 0);
    end = part.lastIndex;
  }
  return end > 0 && end === body.length && (total === 0 || total >= 1) ? Math.round(total) : undefined;
}
