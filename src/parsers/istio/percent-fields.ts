import type { Millionths } from '../../ir/actions.ts';
import type { FieldPlace, FieldTable } from '../field-table.ts';
import { readInto } from './field-reading.ts';
import type { PercentInput } from './types.ts';

/** Parts of a million of a percentage, as Envoy counts; above 100 is all. */
export function toMillionths(percent: number): Millionths {
  return Math.min(1_000_000, Math.max(0, Math.round(percent * 10_000)));
}

interface PercentDraft {
  value: number;
}

/** A percentage; without a value it is none at all. */
export const percentTable: FieldTable<PercentInput, PercentDraft> = {
  value: {
    read: (value, draft) => {
      draft.value = value;
    },
  },
};

export function readPercent(input: PercentInput, place: FieldPlace): Millionths {
  return toMillionths(readInto<PercentInput, PercentDraft>(input, percentTable, { value: 0 }, place).value);
}
