import { type HeaderOps, NO_HEADER_OPS } from '../../ir/actions.ts';

/** What becomes of one header: whether what the message carried is lost, and what is written after it. */
interface Edit {
  readonly clears: boolean;
  readonly values: readonly string[];
}

/** Edits by header name in lower case, as one step. */
export type Edits = ReadonlyMap<string, Edit>;

export const NO_EDITS: Edits = new Map();

/** Edits one after the other, each in the order remove, set, add, as the effect of all of them. */
export function composeEdits(...steps: readonly HeaderOps[]): Edits {
  if (steps.every(isEmpty)) return NO_EDITS;
  const edits = new Map<string, Edit>();
  for (const { remove, set, add } of steps) {
    for (const name of remove) edits.set(name.toLowerCase(), { clears: true, values: [] });
    for (const { name, value } of set) edits.set(name.toLowerCase(), { clears: true, values: [value] });
    for (const { name, value } of add) {
      const { clears, values } = edits.get(name.toLowerCase()) ?? { clears: false, values: [] };
      edits.set(name.toLowerCase(), { clears, values: [...values, value] });
    }
  }
  return edits;
}

/**
 * How two edits differ: `given` where only appended values do, `lost` where a header that is removed or overwritten on
 * one side stays as the client sent it on the other, or becomes another one.
 */
export function compareEdits(left: Edits, right: Edits): 'equal' | 'given' | 'lost' {
  if (left === right) return 'equal';
  let found: 'equal' | 'given' = 'equal';
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const [a, b] = [left.get(name), right.get(name)];
    if (a !== undefined && b !== undefined && sameEdit(a, b)) continue;
    if (a?.clears === true || b?.clears === true) return 'lost';
    found = 'given';
  }
  return found;
}

function sameEdit(a: Edit, b: Edit): boolean {
  return (
    a.clears === b.clears &&
    a.values.length === b.values.length &&
    a.values.every((value, index) => value === b.values[index])
  );
}

function isEmpty(ops: HeaderOps): boolean {
  const { remove, set, add } = ops;
  return ops === NO_HEADER_OPS || remove.length + set.length + add.length === 0;
}

/** A text that is equal for equal edits only. */
export function editsKey(edits: Edits): string {
  if (edits.size === 0) return '';
  return JSON.stringify([...edits].sort(([a], [b]) => (a < b ? -1 : 1)));
}
