import type { Fraction, Outcome } from '../../semantics/trace/outcome.ts';

/** What a request meets, on one line: `shop/web:80 90 %, shop/web:80@v2 10 %`, `status 404`, `no answer`, `301 https://…`. */
export function printOutcome(outcome: Outcome): string {
  if (outcome.kind === 'status' && outcome.noAnswer === true) return 'no answer';
  if (outcome.kind === 'status') return `status ${outcome.status}`;
  if (outcome.kind === 'redirect') return `${outcome.status} ${outcome.location}`;
  const { backends } = outcome;
  return backends
    .map(({ name, fraction }) => (backends.length === 1 ? name : `${name} ${printPercent(fraction)}`))
    .join(', ');
}

/** A share in percent; one that no two decimals can say exactly is a fraction too. */
function printPercent({ part, whole }: Fraction): string {
  const hundredths = (part * 10_000) / whole;
  const percent = `${Math.round(hundredths) / 100} %`;
  return Number.isInteger(hundredths) ? percent : `${percent} (${part}/${whole})`;
}
