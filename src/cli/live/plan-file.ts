import { sortKeys } from '../../lattice/fields/canonical-json.ts';
import { observedBy } from '../../lattice/plan/checksum.ts';
import { toolVersion } from '../../registry.ts';
import type { DiffResult } from '../report-diff.ts';
import { digest } from './digest.ts';

/**
 * The plan as a file: what is to be done, what is wanted, and the digest of everything that it rests on, so that it cannot
 * be applied to anything else. `digest` covers the whole of it; `checksum` is what `diff` shows.
 */
export function printPlanFile({ plan, checksum, wanted, account, region, endpoint }: DiffResult): string {
  const { stack, prune, changes } = plan;
  const content = {
    kind: 'LatticectlPlan',
    schemaVersion: 1,
    tool: { name: 'latticectl', version: toolVersion },
    stack,
    account: account ?? null,
    region: region ?? null,
    endpoint: endpoint ?? null,
    mode: { prune },
    observed: observedBy(plan, digest),
    changes: changes.map(({ op, kind, key, name, fields, reason, interrupts, live }) => ({
      ...{ op, kind, key, name },
      id: live?.id ?? null,
      arn: live?.arn ?? null,
      fields,
      ...(reason === undefined ? {} : { reason }),
      ...(interrupts === undefined ? {} : { interrupts }),
    })),
    wanted,
    checksum,
  };
  return `${JSON.stringify({ ...content, digest: digest(JSON.stringify(sortKeys(content))) }, undefined, 2)}\n`;
}
