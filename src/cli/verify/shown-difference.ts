import type { Origin } from '../../diagnostics/origin.ts';
import type { VirtualHost } from '../../ir/model.ts';
import type { ComparedSide } from '../../pipeline/compare/compared-side.ts';
import { identifyBy } from '../../semantics/equivalence/backend-identity.ts';
import type { HostDifference } from '../../semantics/equivalence/compare-models.ts';
import { findSubsets } from '../../semantics/equivalence/named-subsets.ts';
import type { HostPair } from '../../semantics/equivalence/pair-hosts.ts';
import type { Taker } from '../../semantics/equivalence/types.ts';
import { unservedLike } from '../../semantics/equivalence/unserved.ts';
import type { ModelRequest } from '../../semantics/request-model.ts';
import { meet, writtenAction } from '../../semantics/trace/meet.ts';
import type { Outcome } from '../../semantics/trace/outcome.ts';
import { printResource } from '../render/diagnostics.ts';
import { printOutcome } from '../render/outcome.ts';
import { describePart } from './describe-part.ts';
import { type ShownRequest, toModelRequest, toShownRequest } from './written-request.ts';

/** A difference in words. */
export interface ShownDifference
  extends Pick<HostDifference, 'dimension' | 'gravity' | 'known' | 'reading' | 'conditions'> {
  readonly request: ShownRequest;
  readonly left: ShownSide;
  readonly right: ShownSide;
}

/** What a request meets on one side. */
export interface ShownSide {
  readonly text: string;
  readonly outcome: Outcome | undefined;
  /** The rule; of access, every rule that the other side does not have. */
  readonly origins: readonly Origin[];
}

/** Puts differences in words. */
export class Showing {
  readonly #sides: { readonly left: ComparedSide; readonly right: ComparedSide };

  constructor(left: ComparedSide, right: ComparedSide) {
    this.#sides = { left, right };
  }

  show(pair: HostPair, difference: HostDifference): ShownDifference {
    const { dimension, gravity, known, reading, conditions } = difference;
    const [left, right] = dimension === 'access' ? this.#showAccess(pair) : this.#showTakers(pair, difference);
    return {
      dimension,
      gravity,
      ...(known === undefined ? {} : { known }),
      ...(reading === undefined ? {} : { reading }),
      ...(conditions === undefined ? {} : { conditions }),
      request: toShownRequest(pair, difference.request),
      left,
      right,
    };
  }

  #showTakers(pair: HostPair, difference: HostDifference): readonly [ShownSide, ShownSide] {
    const request = toModelRequest(pair, difference.request);
    const sides = (['left', 'right'] as const).map((side) => ({
      side,
      shown: this.#showTaker(side, { pair, difference, request }),
    }));
    const [one, other] = sides;
    if (one === undefined || other === undefined) throw new Error('there are two sides');
    if (one.shown.text !== other.shown.text) return [one.shown, other.shown];
    // Under one name, other pods: the selectors tell them apart.
    const [left, right] = sides.map(({ side, shown }) => ({
      ...shown,
      text: `${shown.text}${this.#detail(side, difference)}`,
    }));
    return [left ?? one.shown, right ?? other.shown];
  }

  #showTaker(
    side: 'left' | 'right',
    { pair, difference, request }: { pair: HostPair; difference: HostDifference; request: ModelRequest },
  ): ShownSide {
    const own = pair[side];
    const taker: Taker = difference[side];
    const host = own ?? pair.left ?? pair.right;
    if (host === undefined) throw new Error('a pair has a host');
    const { dimension } = difference;
    const action = writtenAction(host, taker);
    const { outcome, upstream } = own === undefined && taker === undefined ? NOT_SERVED : meet(host, action, request);
    const rewritten =
      dimension === 'rewrite' && upstream !== undefined ? ` sees ${upstream.path}, host ${upstream.host}` : '';
    const text = describePart(dimension, action) ?? `${printOutcome(outcome)}${rewritten}`;
    return {
      text: `${text}${whyNoRule(own, taker)}`,
      outcome,
      origins: own === undefined ? [] : [taker?.match.origin ?? own.otherwise.origin],
    };
  }

  #detail(side: 'left' | 'right', difference: HostDifference): string {
    const action = difference[side]?.rule.action;
    if (action?.kind === 'respond')
      return action.body === undefined ? ' without a body' : ` ${JSON.stringify(action.body)}`;
    if (action?.kind !== 'forward' || difference.dimension !== 'backend') return '';
    const facts = [this.#sides.left.model.facts, this.#sides.right.model.facts];
    const subsets = findSubsets([this.#sides.left.model, this.#sides.right.model]);
    const identify = identifyBy(side === 'left' ? facts : facts.reverse(), undefined, subsets);
    const keys = action.shares.flatMap((share) => (share.kind === 'backend' ? [identify(share.backend).key] : []));
    return ` (${keys.join('; ')})`;
  }

  #showAccess({ left, right, port }: HostPair): readonly [ShownSide, ShownSide] {
    const [one, other] = [left ?? (right && unservedLike(right, port)), right ?? (left && unservedLike(left, port))];
    if (one === undefined || other === undefined) throw new Error('a pair has a host');
    const [before, after] = [this.#sides.left.guardsOf(one), this.#sides.right.guardsOf(other)];
    return [toGuards(before, after), toGuards(after, before)];
  }
}

const NOT_SERVED = { outcome: { kind: 'status', status: 404 }, upstream: undefined } as const;

function whyNoRule(own: VirtualHost | undefined, taker: Taker): string {
  if (taker !== undefined) return own === undefined ? ', which no route changes' : '';
  return own === undefined ? ', since nothing serves the host' : ', since no rule takes it';
}

/** The access rules of a side that the other one does not have. */
function toGuards(own: ReadonlyMap<string, Origin | undefined>, other: ReadonlyMap<string, unknown>): ShownSide {
  const origins = [...own].flatMap(([text, origin]) => (other.has(text) || origin === undefined ? [] : [origin]));
  const names = origins.map(({ document: { resource }, field }) =>
    [resource === undefined ? '' : printResource(resource), field].filter((part) => part !== '').join(' '),
  );
  return { text: names.length === 0 ? 'no such rule' : names.join(', '), outcome: undefined, origins };
}
