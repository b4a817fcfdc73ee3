import { type Answer, differencesAt, isSmaller, sizeOfRequest, tryAll } from './brute-force.ts';
import type { Comparison } from './comparison.ts';
import type { Pair } from './lists.ts';
import { DIMENSIONS } from './outcome.ts';
import { AUTHORITIES } from './universe.ts';

const print = (indexes: ReadonlySet<number>): string => [...indexes].sort((a, b) => a - b).join(' ');

const hasPattern = (pair: Pair): boolean => JSON.stringify(pair).includes('"kind":"regex"');

/** What a comparison says that trying all requests does not bear out; nothing where it is right. */
export const complaintsAbout = (
  pair: Pair,
  { dimensions, witnesses, reached, reasons }: Comparison,
  answer: Answer = tryAll(pair),
): readonly string[] => {
  const complaints: string[] = [];
  for (const dimension of DIMENSIONS) {
    const verdict = dimensions[dimension];
    const seen = answer.differs.get(dimension);
    const own = witnesses.filter((witness) => witness.dimension === dimension);
    if (seen !== undefined && verdict !== 'differs') {
      complaints.push(`${dimension} is ${verdict}, and ${JSON.stringify(seen.request)} shows a difference`);
    }
    if (verdict === 'differs' && own.length === 0) complaints.push(`${dimension} differs without a witness`);
    if (verdict !== 'differs' && own.length > 0) complaints.push(`${dimension} is ${verdict} with a witness`);
    if (verdict === 'unknown' && !hasPattern(pair)) complaints.push(`${dimension} is unknown without a pattern`);
    if (verdict === 'unknown' && reasons.length === 0) complaints.push(`${dimension} is unknown without a reason`);
    // Of several witnesses of a dimension the smallest counts: they stand for different gravities.
    if (
      seen !== undefined &&
      own.length > 0 &&
      own.every(({ request }) => isSmaller(seen.size, sizeOfRequest(request)))
    ) {
      complaints.push(`${dimension}: ${JSON.stringify(own)} is larger than ${JSON.stringify(seen.request)}`);
    }
  }
  for (const { dimension, request } of witnesses) {
    const isValid = /^\/[!"$->@-~]*$/.test(request.path) && AUTHORITIES.includes(request.host) && request.method !== '';
    if (!isValid) complaints.push(`${dimension}: ${JSON.stringify(request)} is no request of this host`);
    if (!differencesAt(pair, request).includes(dimension)) {
      complaints.push(`${dimension}: ${JSON.stringify(request)} is treated alike`);
    }
  }
  const isOpen = DIMENSIONS.some((dimension) => dimensions[dimension] === 'unknown');
  for (const side of ['left', 'right'] as const) {
    const missing = [...answer.reached[side]].filter((index) => !reached[side].has(index));
    const more = [...reached[side]].filter((index) => !answer.reached[side].has(index));
    if (!isOpen && missing.length + more.length > 0) {
      complaints.push(`${side} reaches ${print(reached[side])} and not ${print(answer.reached[side])}`);
    }
  }
  return complaints;
};
