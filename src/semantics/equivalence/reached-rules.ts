import type { Rule } from '../../ir/model.ts';
import type { RoutingRequest } from '../evaluate.ts';
import { isSmaller, type LeafRequest, requestSize } from './witness-request.ts';

/** The rules of one side that requests reach, each with the smallest request that does. */
export class ReachedRules {
  readonly requests = new Map<Rule, RoutingRequest | undefined>();
  readonly #sizes = new Map<Rule, readonly number[]>();

  add(rule: Rule, found: LeafRequest | undefined): void {
    const size = found === undefined ? undefined : requestSize(found);
    const known = this.#sizes.get(rule);
    if (size !== undefined && (known === undefined || isSmaller(size, known))) {
      this.#sizes.set(rule, size);
      this.requests.set(rule, found?.request);
    } else if (!this.requests.has(rule)) this.requests.set(rule, undefined);
  }
}
