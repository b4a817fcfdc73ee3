import { createHash } from 'node:crypto';
import type { LatticeResources } from '../../src/emitters/lattice/resources.ts';
import { openAws } from '../../src/lattice/aws.ts';
import { type Clock, Pace } from '../../src/lattice/pace.ts';
import { protectBy } from '../../src/lattice/plan/protection.ts';
import { type LivePlan, planLive } from '../../src/lattice/plan-live.ts';
import { toWantedState } from '../../src/lattice/wanted-state.ts';

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** It waits for nothing. */
const hasty: Clock = { now: () => performance.now(), sleep: async () => {}, random: () => 0.5 };

/** A port to the sandbox by the real SDK. */
export function portTo(endpoint: string, account = 'AKIAIOSFODNN7EXAMPLE', clock = hasty) {
  return openAws({
    region: 'us-west-2',
    endpoint,
    credentials: { accessKeyId: account, secretAccessKey: 'any' },
    timeouts: { connection: 500, request: 600 },
    pace: new Pace({
      ...{ clock, concurrency: 10, attempts: { transient: 4, throttled: 4 } },
      ...{ firstWait: 1, longestWait: 2, patience: 60_000 },
    }),
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
  readonly clock?: Clock;
}

/** Plans what is wanted against a sandbox. */
export function planAgainst(
  url: string,
  resources: LatticeResources,
  {
    prune = false,
    account = 'AKIAIOSFODNN7EXAMPLE',
    stack = 'shop',
    adopt = [],
    protect = [],
    clock = hasty,
  }: Options = {},
): Promise<LivePlan> {
  const named = new Set(adopt);
  return planLive(toWantedState(resources, stack), portTo(url, account, clock), {
    prune,
    adopt: named,
    isProtected: protectBy(protect),
    digest,
    read: { stack, adopt: named, settle: async () => {} },
  });
}
