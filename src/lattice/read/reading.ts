import { Contradiction, LiveError } from '../live-error.ts';
import type { LiveResource } from '../live-state.ts';
import { accountIn, type Owner, ownerOf, type Tags } from '../owner.ts';
import type { Answer, Calls, Operation } from '../port.ts';
import type { ReadOptions } from '../read-live.ts';
import { nameCall, type Recall } from '../recall.ts';

/** Milliseconds by which an answer may look older than the list; their clocks may be written differently. */
const STALE = 1000;

/** What the steps of a reading share. */
export class Reading {
  readonly stack: string;
  readonly resources: LiveResource[] = [];
  readonly #recall: Recall;
  #account: string | undefined;

  readonly #everything: boolean;

  constructor(recall: Recall, { stack, account, everything = false }: Omit<ReadOptions, 'settle'>) {
    this.#recall = recall;
    this.stack = stack;
    this.#account = account;
    this.#everything = everything;
  }

  /** Whether the facts about a resource are wanted beside its name and tags. */
  isRead(owner: Owner): boolean {
    return owner.kind === 'ours' || (this.#everything && owner.kind !== 'shared');
  }

  get account(): string | undefined {
    return this.#account;
  }

  /** What stands only where its owner is tells whose account this is. */
  noteAccount(arn: string): void {
    this.#account ??= accountIn(arn);
  }

  ask<Op extends Operation>(operation: Op, input: Calls[Op]['input']): Promise<Answer<Calls[Op]['output']>> {
    return this.#recall.ask(operation, input);
  }

  /**
   * Asks about something that a list has named. That it is not there, or older than the list has it, is a contradiction.
   */
  async askListed<Op extends Operation>(
    operation: Op,
    input: Calls[Op]['input'],
    listed: { readonly list: string; readonly lastUpdatedAt?: number | undefined },
  ): Promise<Answer<Calls[Op]['output']>> {
    const name = nameCall(operation, input);
    let answer: Answer<Calls[Op]['output']>;
    try {
      answer = await this.ask(operation, input);
    } catch (error) {
      if (!(error instanceof LiveError) || error.kind !== 'not-found') throw error;
      throw new Contradiction(error.message, { calls: [name, listed.list], cause: error });
    }
    const { value, requestId } = answer;
    const updated = typeof value === 'object' && 'lastUpdatedAt' in value ? value.lastUpdatedAt : undefined;
    if (typeof updated === 'number' && (listed.lastUpdatedAt ?? 0) - updated >= STALE) {
      throw new Contradiction(`${operation} answers with less than the list knows (request ${requestId})`, {
        calls: [name, listed.list],
      });
    }
    return answer;
  }

  /** Whose a resource is. */
  async readOwner(
    arn: string,
    list: string,
  ): Promise<{ readonly owner: Owner; readonly tags: Tags; readonly calls: readonly string[] }> {
    const account = accountIn(arn);
    const isElsewhere = this.#account !== undefined && account !== '' && account !== this.#account;
    if (isElsewhere) return { owner: { kind: 'shared', account }, tags: {}, calls: [] };
    const input = { resourceArn: arn };
    const calls = [nameCall('ListTagsForResource', input)];
    try {
      const { value: tags } = await this.askListed('ListTagsForResource', input, { list });
      return { owner: ownerOf(tags, this.stack), tags, calls };
    } catch (error) {
      // Nobody reads the tags of another account. Whether it is one is not known before something of ours was seen.
      const isForeign = error instanceof LiveError && error.kind === 'denied' && account !== this.#account;
      if (!isForeign) throw error;
      return { owner: { kind: 'shared', account }, tags: {}, calls };
    }
  }
}

/** Runs a step for each item, all at once; the pace of the calls is kept by the port. Waits for all, then fails with the first. */
export async function forEach<Item>(items: readonly Item[], step: (item: Item) => Promise<void>): Promise<void> {
  const results = await Promise.allSettled(items.map(step));
  const failed = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason);
  // What cannot be read at all weighs more than what did not fit together.
  const worst = failed.find((reason) => !(reason instanceof Contradiction)) ?? failed[0];
  if (failed.length > 0) throw worst;
}
