import { createHash } from 'node:crypto';

/** Long enough that nobody finds two plans with one checksum, short enough to be compared by eye. */
const LENGTH = 32;

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, LENGTH);
}
