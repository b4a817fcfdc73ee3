import type { Claim } from '../claims.ts';
import { Contradiction, LiveError } from '../live-error.ts';
import type { LiveResource } from '../live-state.ts';
import { accountIn, idIn, type Owner, ownerOf, type Tags } from '../owner.ts';
import type { Answer, Calls, Operation } from '../port.ts';
import type { ReadOptions } from '../read-live.ts';
import { nameCall, type Recall } from '../recall.ts';

/** Milliseconds by which an answer may look older than the list; their clocks may be written differently. */
const STALE = 1000;

/** What the steps of a reading share. */
export class Reading {
  readonly stack: string;
  readonly resources: LiveResource[] = [];
  readonly claims: Claim[] = [];
  readonly #recall: Recall;
  /** Of the credentials, as far as an answer told. */
  #account: string | undefined;
  /** What the settings say that it is. */
  readonly #expected: string | undefined;
  /** By account: why tags were refused while it was not known whose account this is. */
  readonly #denials = new Map<string, LiveError>();
  readonly #everything: boolean;
  readonly #adopt: ReadonlySet<string>;
  readonly #adopted = new Set<string>();

  constructor(recall: Recall, { stack, account, everything = false, adopt = new Set() }: Omit<ReadOptions, 'settle'>) {
    this.#recall = recall;
    this.stack = stack;
    this.#expected = account;
    this.#everything = everything;
    this.#adopt = adopt;
  }

  get account(): string | undefined {
    return this.#account;
  }

  /** Notes what only one resource can have; what is on its way out, or never came to life, has nothing. */
  noteClaim(claim: Claim, status?: string): void {
    if (status !== 'DELETE_IN_PROGRESS' && status !== 'CREATE_FAILED') this.claims.push(claim);
  }

  /** What stands only where its owner is tells whose account this is. */
  noteAccount(arn: string): void {
    this.#account ??= accountIn(arn) || undefined;
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

  /** Whose a resource is; `parent` is the ARN of what it stands in. */
  async readOwner(arn: string, list: string, parent?: string): Promise<Ownership> {
    const account = accountIn(arn);
    const shared = { owner: { kind: 'shared', account }, tags: {}, isRead: false } as const;
    const isElsewhere = this.#account !== undefined && account !== '' && account !== this.#account;
    if (isElsewhere) return { ...shared, calls: [] };
    const input = { resourceArn: arn };
    const calls = [nameCall('ListTagsForResource', input)];
    try {
      const { value: tags } = await this.askListed('ListTagsForResource', input, { list });
      // Nobody reads the tags of another account.
      this.noteAccount(arn);
      const owner = ownerOf(tags, this.stack);
      const isNamed = this.#adopt.has(arn) || this.#adopt.has(idIn(arn));
      const isAdopted = owner.kind === 'untagged' && (isNamed || (parent !== undefined && this.#adopted.has(parent)));
      if (isAdopted) this.#adopted.add(arn);
      return { owner, tags, isRead: this.#everything || owner.kind === 'ours' || isAdopted, calls };
    } catch (error) {
      const isDenied = error instanceof LiveError && error.kind === 'denied';
      if (!isDenied || account === (this.#account ?? this.#expected)) throw error;
      this.#denials.set(account, error);
      return { ...shared, calls };
    }
  }

  /**
   * Fails where tags that were refused turn out to be those of this account: then the credentials may not read them, and
   * what is ours would be taken for somebody else's.
   */
  checkDenials(): void {
    for (const [account, error] of this.#denials) {
      if (account === (this.#account ?? this.#expected ?? error.caller)) throw error;
    }
  }
}

/** Whose a resource is, and whether the facts about it are wanted beside its name and tags. */
interface Ownership {
  readonly owner: Owner;
  readonly tags: Tags;
  readonly isRead: boolean;
  readonly calls: readonly string[];
}

/** Runs a step for each item, all at once; the pace of the calls is kept by the port. Waits for all, then fails with the first. */
export async function forEach<Item>(items: readonly Item[], step: (item: Item) => Promise<void>): Promise<void> {
  const results = await Promise.allSettled(items.map(step));
  const failed = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason);
  // What cannot be read at all weighs more than what did not fit together.
  const worst = failed.find((reason) => !(reason instanceof Contradiction)) ?? failed[0];
  if (failed.length > 0) throw worst;
}
