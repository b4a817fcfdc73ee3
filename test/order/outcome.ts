/** What becomes of a request: shares of backends by "namespace/name:port", or a bare status. */
export type Outcome =
  | { readonly kind: 'backends'; readonly shares: Readonly<Record<string, string>> }
  | { readonly kind: 'status'; readonly status: number };

/** The answer where no rule matches. */
export const NOT_FOUND: Outcome = { kind: 'status', status: 404 };

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/**
 * Shares of the traffic as reduced fractions, sorted by backend; entries of weight 0 vanish and equal backends add up.
 * The sum of the weights must not be 0.
 */
export const splitTraffic = (entries: readonly { readonly backend: string; readonly weight: number }[]): Outcome => {
  const weights = new Map<string, number>();
  for (const { backend, weight } of entries) {
    if (weight > 0) weights.set(backend, (weights.get(backend) ?? 0) + weight);
  }
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  if (total === 0) throw new Error('a split needs a weight above 0');
  const sorted = [...weights].sort(([a], [b]) => (a < b ? -1 : 1));
  const shares = sorted.map(([backend, weight]) => {
    const divisor = gcd(weight, total);
    return [backend, `${weight / divisor}/${total / divisor}`] as const;
  });
  return { kind: 'backends', shares: Object.fromEntries(shares) };
};

/** One text per distinct outcome, for comparing and for messages. */
export const printOutcome = (outcome: Outcome): string =>
  outcome.kind === 'status'
    ? `status ${outcome.status}`
    : Object.entries(outcome.shares)
        .map(([backend, share]) => `${backend} ${share}`)
        .join(', ');
