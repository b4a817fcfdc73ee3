import type { HostVerdict } from '../semantics/equivalence/compare-models.ts';
import type { Difference, HostComparison } from '../semantics/equivalence/types.ts';
import type { HostCheck } from './count-checks.ts';

/** What the two comparisons of one host gave. */
export interface Compared {
  readonly id: string;
  /** The source with what was decided; `known` where a finding announces a difference. */
  readonly withSource: readonly HostComparison[];
  /** What was decided with what was read back, once for each host there that serves it; `nothing` where nothing was to be written. */
  readonly readBack: readonly HostVerdict[] | 'nothing';
  /** What the output does to requests that were never the host's, as a finding announces. */
  readonly beside: readonly Difference[];
  /** Codes of errors that were accepted. */
  readonly accepted: readonly string[];
}

/** A difference without a finding, and any between what was decided and what is read back, is a bug of ours. */
export function judgeHost({ id, withSource, readBack, beside, accepted }: Compared): HostCheck {
  const verdicts = readBack === 'nothing' ? [] : readBack;
  const all = [...withSource, ...verdicts].flatMap(({ differences }) => differences).concat(beside);
  const [announced, slips] = [all.filter(isKnown), all.filter((one) => !isKnown(one))];
  const reasons = [...new Set([...withSource, ...verdicts].flatMap((one) => one.reasons))];
  const losesBehaviour = announced.some(({ gravity }) => gravity === 'behaviour');
  const found = { id, accepted, losesBehaviour, reasons };
  const isMissing = readBack !== 'nothing' && readBack.length === 0;
  if (isMissing || slips.length > 0) return { ...found, verdict: 'broken', differences: slips };
  const isReported = accepted.length > 0 || announced.some(({ gravity }) => gravity === 'routing');
  const verdict = reasons.length > 0 ? 'unknown' : isReported ? 'reported' : 'equal';
  return { ...found, verdict, differences: onceEach(announced) };
}

function isKnown({ known }: Difference): boolean {
  return known !== undefined;
}

/** The output answers for a host that nothing was decided for. */
export function judgeStranger({ pair, differences, reasons }: HostVerdict): HostCheck {
  const id = pair.right?.id ?? pair.host;
  return { id, verdict: 'broken', accepted: [], losesBehaviour: false, differences, reasons };
}

/** Two readings of a prefix may show one difference twice. */
function onceEach(differences: readonly Difference[]): readonly Difference[] {
  const keyOf = ({ dimension, gravity, known, request }: Difference) =>
    JSON.stringify([dimension, gravity, known, request]);
  return [...new Map(differences.map((one) => [keyOf(one), one])).values()];
}
