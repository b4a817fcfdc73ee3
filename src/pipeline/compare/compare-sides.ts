import { DIMENSIONS } from '../../diagnostics/dimension.ts';
import {
  type CompareOptions,
  compareModels,
  type HostVerdict,
  type ModelComparison,
  worst,
} from '../../semantics/equivalence/compare-models.ts';
import type { HostPair } from '../../semantics/equivalence/pair-hosts.ts';
import type { Verdict } from '../../semantics/equivalence/types.ts';
import { unknownReasons } from '../../semantics/equivalence/unknown-reasons.ts';
import { servesHost } from '../../semantics/evaluate.ts';
import { loadRegexEngine } from '../../semantics/languages/regex-engine.ts';
import { tracesWithRegex } from '../../semantics/trace/traces-with-regex.ts';
import type { ComparedSide, Unread } from './compared-side.ts';

/** The comparison of two configurations, with what could not be read of them. */
export interface SidesComparison extends ModelComparison {
  /** Parts that could not be read and concern no host that was compared, on either side. */
  readonly unread: readonly Unread[];
}

/** Compares two configurations; a host that rests on something that is not read is never `equal`. */
export async function compareSides(
  left: ComparedSide,
  right: ComparedSide,
  options: Omit<CompareOptions, 'guards'>,
): Promise<SidesComparison> {
  if ([left.model, right.model].some(tracesWithRegex)) await loadRegexEngine();
  const compared = compareModels(left.model, right.model, {
    ...options,
    guards: {
      left: (host) => new Set(left.guardsOf(host).keys()),
      right: (host) => new Set(right.guardsOf(host).keys()),
    },
  });
  const open = new OpenParts(left, right);
  const hosts = compared.hosts.map((host) => weaken(host, open.take(host.pair)));
  const unread = open.rest();
  const verdicts = hosts.map(({ verdict }) => verdict);
  return {
    ...compared,
    hosts,
    unread,
    verdict: worst(unread.length === 0 ? verdicts : [...verdicts, 'unknown']),
  };
}

/** The unread parts of two sides but for those that stand on both. */
class OpenParts {
  readonly #sides: readonly { readonly side: ComparedSide; readonly open: ReadonlySet<Unread> }[];
  readonly #taken = new Set<Unread>();

  constructor(left: ComparedSide, right: ComparedSide) {
    const but = (side: ComparedSide, other: ComparedSide) => {
      const same = new Set(other.unread.map(({ text }) => text));
      return { side, open: new Set(side.unread.filter(({ text }) => text === undefined || !same.has(text))) };
    };
    this.#sides = [but(left, right), but(right, left)];
  }

  /** Those that a pair of hosts rests on, and whether a side may serve the host by one of them alone. */
  take(pair: HostPair): { readonly unread: readonly Unread[]; readonly mayServe: boolean } {
    const unread: Unread[] = [];
    let mayServe = false;
    for (const [index, { side, open }] of this.#sides.entries()) {
      if (open.size === 0) continue;
      const host = index === 0 ? pair.left : pair.right;
      if (host !== undefined) unread.push(...side.unreadOf(host).filter((one) => open.has(one)));
      else {
        // An object that serves a host only by what is not read leaves no virtual host behind.
        const named = [...open].filter(({ names }) => names.some((name) => isNamed(name, pair)));
        mayServe ||= named.length > 0;
        unread.push(...named);
      }
    }
    for (const one of unread) this.#taken.add(one);
    return { unread, mayServe };
  }

  rest(): readonly Unread[] {
    return this.#sides.flatMap(({ open }) => [...open].filter((one) => !this.#taken.has(one)));
  }
}

/** Whether a host name as sources write it may stand for the host of a pair; short names are those of Services. */
function isNamed(written: string, { name }: HostPair): boolean {
  if (written.startsWith('*')) {
    const suffix = written.slice(2);
    return suffix === '' || servesHost({ kind: 'suffix', suffix, labels: 'many' }, name);
  }
  return name === written.toLowerCase() || name.startsWith(`${written.toLowerCase()}.`);
}

function weaken(host: HostVerdict, { unread, mayServe }: ReturnType<OpenParts['take']>): HostVerdict {
  if (unread.length === 0) return host;
  const reasons = [...new Set([...host.reasons, ...unread.map(printUnread)])];
  const weak = (verdict: Verdict): Verdict => (verdict === 'equal' || mayServe ? 'unknown' : verdict);
  const dimensions = Object.fromEntries(
    DIMENSIONS.map((one) => [one, weak(host.dimensions[one])]),
  ) as HostVerdict['dimensions'];
  return {
    ...host,
    reasons,
    dimensions,
    differences: mayServe ? [] : host.differences,
    verdict: worst(Object.values(dimensions)),
  };
}

/** An unread part as a reason. */
export function printUnread({ finding: { origin, code, message } }: Unread): string {
  const place = origin === undefined ? 'a part of the input' : origin.toString();
  return unknownReasons.unread.message({ place, problem: `${message} (${code})` });
}
