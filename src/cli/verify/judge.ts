import type { Severity } from '../../diagnostics/diagnostic.ts';
import type { VerifyFlags } from '../flags.ts';
import type { ShownDifference } from './shown-difference.ts';
import type { ShownHost } from './shown-host.ts';

/** How grave the verdict of a host is; undefined where it is equal. */
export type Gravity = Severity | undefined;

const rank: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

type Weighing = Pick<VerifyFlags, 'strict' | 'allowUnknown'>;

/** Routing and access are errors but for the closed list, which is a warning as behaviour is. */
export function gravityOfDifference({ gravity, known }: ShownDifference, { strict }: Weighing): Severity {
  return strict === true || (gravity === 'routing' && known === undefined) ? 'error' : 'warning';
}

export function gravityOf({ differences, reasons, verdict, dimensions }: ShownHost, flags: Weighing): Gravity {
  const all: Severity[] = differences.map((one) => gravityOfDifference(one, flags));
  const isOpen = reasons.length > 0 || Object.values(dimensions).includes('unknown');
  if (isOpen) all.push(gravityOfUnknown(flags));
  if (all.length === 0) return verdict === 'equal' ? undefined : 'error';
  return all.reduce((worst, one) => (rank[one] > rank[worst] ? one : worst));
}

export function gravityOfUnknown({ allowUnknown }: Weighing): Severity {
  return allowUnknown === true ? 'info' : 'error';
}

/** Whether a gravity ends with 3. */
export function fails(gravity: Gravity, { failOn }: Pick<VerifyFlags, 'failOn'>): boolean {
  return gravity !== undefined && gravity !== 'info' && rank[gravity] >= rank[failOn];
}
