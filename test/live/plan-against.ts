import { createHash } from 'node:crypto';
import type { LatticeResources } from '../../src/emitters/lattice/resources.ts';
import { openAws } from '../../src/lattice/aws.ts';
import { Pace } from '../../src/lattice/pace.ts';
import { protectBy } from '../../src/lattice/plan/protection.ts';
import { type LivePlan, planLive } from '../../src/lattice/plan-live.ts';
import { toWantedState } from '../../src/lattice/wanted-state.ts';

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** A port to the sandbox by the real SDK that waits thousandths where the real one waits seconds. */
export function portTo(endpoint: string, account = 'AKIAIOSFODNN7EXAMPLE') {
  const clock = { now: () => performance.now(), sleep: async () => {}, random: () => 0.5 };
  return openAws({
    region: 'us-west-2',
    endpoint,
    credentials: { accessKeyId: account, secretAccessKey: 'any' },
    timeouts: { connection: 500, request: 600 },
    pace: new Pace({ clock, concurrency: 10, attempts: 4, firstWait: 1, longestWait: 2 }),
  });
}

interface Options {
  readonly prune?: boolean;
  readonly account?: string;
  readonly stack?: string;
  /** Ids or ARNs. */
  readonly adopt?: readonly string[];
  /** Patterns as the settings have them. */
  readonly protect?: readonly string[];
}

/** Plans what is wanted against a sandbox. */
export function planAgainst(
  url: string,
  resources: LatticeResources,
  { prune = false, account = 'AKIAIOSFODNN7EXAMPLE', stack = 'shop', adopt = [], protect = [] }: Options = {},
): Promise<LivePlan> {
  const named = new Set(adopt);
  return planLive(toWantedState(resources, stack), portTo(url, account), {
    prune,
    adopt: named,
    isProtected: protectBy(protect),
    digest,
    read: { stack, adopt: named, settle: async () => {} },
  });
}
