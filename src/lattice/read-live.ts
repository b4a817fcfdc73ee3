import { Contradiction, LiveError } from './live-error.ts';
import type { LiveState } from './live-state.ts';
import { readNetworks } from './read/read-networks.ts';
import { readServices } from './read/read-services.ts';
import { readTargetGroups } from './read/read-target-groups.ts';
import { Reading } from './read/reading.ts';
import type { Recall } from './recall.ts';

export interface ReadOptions {
  readonly stack: string;
  /** Of the credentials, where the settings state it. */
  readonly account?: string;
  /** Read all that can be read, not only what is of the stack. */
  readonly everything?: boolean;
  /** Ids or ARNs of untagged resources that are read in full, with what stands in them. */
  readonly adopt?: ReadonlySet<string>;
  /** Waits before answers that contradict each other are asked for again; `attempt` starts with 1. */
  readonly settle: (attempt: number) => Promise<void>;
}

/** Answers that still contradict each other then are an error. */
const ATTEMPTS = 6;

/**
 * Reads what stands in the account: all networks, services and target groups with their tags, since no list can be asked for
 * a tag, and everything of the stack in full. Each fact is asked for once. Rejects with a LiveError.
 */
export async function readLive(recall: Recall, options: ReadOptions): Promise<LiveState> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await readOnce(recall, options);
    } catch (error) {
      if (!(error instanceof Contradiction)) throw error;
      if (attempt === ATTEMPTS) {
        const message = `the answers of VPC Lattice contradict each other: ${error.message}`;
        throw new LiveError(message, { kind: 'final', cause: error });
      }
      recall.forget(error.calls);
      await options.settle(attempt);
    }
  }
}

async function readOnce(recall: Recall, options: ReadOptions): Promise<LiveState> {
  const { stack } = options;
  const reading = new Reading(recall, options);
  // Target groups are never shared: their ARNs tell which account this is, and so which tags can be read.
  const groups = await readTargetGroups(reading);
  const services = await readServices(reading, groups);
  await readNetworks(reading, services);
  reading.checkDenials();
  const { resources, claims } = reading;
  const known = reading.account;
  return {
    stack,
    ...(known === undefined ? {} : { account: known }),
    resources: resources.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.arn < b.arn ? -1 : 1)),
    claims,
  };
}
