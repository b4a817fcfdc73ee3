import type { Action } from '../ir/actions.ts';

/** What says where an action was written or why, and not what it does. */
const REMARKS: ReadonlySet<string> = new Set(['origin', 'places', 'invalid', 'reason']);

/** A text that is equal for actions that do the same, wherever they were written. */
export function actionKey(action: Action): string {
  return JSON.stringify(action, (name, value: unknown) => (REMARKS.has(name) ? undefined : value));
}

/** Whether two actions do the same to every request. */
export function sameAction(a: Action, b: Action): boolean {
  return sameValue(a, b);
}

/** Deep equality without remarks, of actions and of matches; a field that is undefined counts as absent. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((value, index) => sameValue(value, b[index]))
    );
  }
  const [left, right] = [a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>];
  // Cheap questions first: this is asked of everything that is written.
  for (const key in left) {
    const [one, other] = [left[key], right[key]];
    if (one !== other && !REMARKS.has(key) && !sameValue(one, other)) return false;
  }
  for (const key in right) if (left[key] === undefined && right[key] !== undefined && !REMARKS.has(key)) return false;
  return true;
}
