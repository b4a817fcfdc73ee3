import { ownValue } from '../../semantics/own-value.ts';
import type { BackendShare, Outcome } from '../../semantics/trace/outcome.ts';
import type { Trace } from '../../semantics/trace/trace.ts';
import type { UpstreamRequest } from '../../semantics/trace/upstream.ts';
import { printOutcome } from '../render/outcome.ts';
import type { Case, Expectation, ExpectedUpstream } from './read-cases.ts';

/** What is wrong with an answer: what was expected, and what was met. */
export interface Mismatch {
  readonly what: 'outcome' | 'host' | 'path' | `header ${string}`;
  /** Set where the configuration that the input is compared with meets it. */
  readonly side?: 'against';
  readonly expected: string;
  readonly met: string;
}

/** Compares every answer of a trace with what a case expects; nothing is left where it passes. */
export function judgeCase({ expect, upstream }: Case, { answers }: Trace): readonly Mismatch[] {
  return answers.flatMap((answer) => {
    if (!meetsExpectation(expect, answer.outcome)) {
      const expected = printExpectation(expect);
      return [{ what: 'outcome', expected, met: printOutcome(answer.outcome) } as const];
    }
    return upstream === undefined ? [] : judgeUpstream(upstream, answer.upstream);
  });
}

function meetsExpectation({ backends, status, redirect }: Expectation, outcome: Outcome): boolean {
  switch (outcome.kind) {
    case 'status':
      return outcome.status === status;
    case 'redirect':
      return redirect !== undefined && outcome.status === redirect.status && outcome.location === redirect.location;
    case 'backends':
      return backends !== undefined && meetsShares(backends, outcome.backends);
  }
}

function meetsShares(expected: Readonly<Record<string, number>>, shares: readonly BackendShare[]): boolean {
  const names = new Set(shares.map(({ name }) => name));
  if (names.size !== Object.keys(expected).length) return false;
  return [...names].every((name) => {
    const percent = Object.hasOwn(expected, name) ? expected[name] : undefined;
    const own = shares.filter((share) => share.name === name);
    return percent !== undefined && meetsPercent(percent, own);
  });
}

/** Whether the fractions come to a percentage: exactly, or to the decimals that it was written with. */
function meetsPercent(percent: number, shares: readonly BackendShare[]): boolean {
  const [, whole = '', decimals = ''] = /^(\d+)(?:\.(\d+))?$/.exec(String(percent)) ?? [];
  if (whole === '') return false;
  const scale = 10n ** BigInt(decimals.length);
  const written = BigInt(whole + decimals);
  // Sums of fractions with one denominator stay exact.
  const denominator = shares.reduce((product, { fraction }) => product * BigInt(fraction.whole), 1n);
  const numerator = shares.reduce(
    (sum, { fraction }) => sum + (BigInt(fraction.part) * denominator) / BigInt(fraction.whole),
    0n,
  );
  const off = written * denominator - 100n * scale * numerator;
  if (off === 0n) return true;
  return decimals !== '' && (off < 0n ? -off : off) * 2n <= denominator;
}

function judgeUpstream(expected: ExpectedUpstream, met: UpstreamRequest | undefined): readonly Mismatch[] {
  if (met === undefined)
    return [{ what: 'path', expected: expected.path ?? 'a backend', met: 'no backend sees the request' }];
  const found: Mismatch[] = [];
  const { host, path, headers = {} } = expected;
  if (host !== undefined && host !== met.host && (host.includes(':') || host !== met.host.replace(/:\d+$/, ''))) {
    found.push({ what: 'host', expected: host, met: met.host });
  }
  if (path !== undefined && path !== met.path) found.push({ what: 'path', expected: path, met: met.path });
  for (const [name, value] of Object.entries(headers)) {
    const sent = ownValue(met.headers, name.toLowerCase());
    if (sent === (value ?? undefined)) continue;
    found.push({ what: `header ${name}`, expected: value ?? 'absent', met: sent ?? 'absent' });
  }
  return found;
}

/** An expectation as outcomes are printed. */
export function printExpectation({ backends = {}, status, redirect }: Expectation): string {
  if (status !== undefined) return `status ${status}`;
  if (redirect !== undefined) return `${redirect.status} ${redirect.location}`;
  const shares = Object.entries(backends);
  return shares
    .map(([name, percent]) => (shares.length === 1 && percent === 100 ? name : `${name} ${percent} %`))
    .join(', ');
}
