import { ServiceError } from '../errors.ts';

/** Calls that may still be made, and when that was counted (milliseconds since 1970). */
export interface Bucket {
  readonly left: number;
  readonly at: number;
}

/** Seconds after which a throttled caller is told to come again. */
export const retryAfterSeconds = 1;

/**
 * Takes one call out of a bucket that fills with `rate` calls in a second and holds as many; without a rate (0) nothing is
 * throttled.
 */
export function takeCall(
  bucket: Bucket | undefined,
  now: number,
  rate: number,
): { readonly bucket: Bucket; readonly isThrottled: boolean } {
  const before = bucket ?? { left: rate, at: now };
  const left = Math.min(rate, before.left + ((now - before.at) * rate) / 1000);
  const isThrottled = rate > 0 && left < 1;
  return { bucket: { left: isThrottled ? left : left - 1, at: now }, isThrottled };
}

export function throttled(): ServiceError {
  return new ServiceError('ThrottlingException', 'Rate exceeded', { serviceCode: 'vpc-lattice', quotaCode: '' });
}
