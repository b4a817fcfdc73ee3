import type { Action } from '../ir/actions.ts';

const keys = new WeakMap<Action, string>();

/** A text that is equal for actions that do the same, wherever they were written. */
export function actionKey(action: Action): string {
  let key = keys.get(action);
  if (key === undefined) {
    key = JSON.stringify(action, (name, value: unknown) =>
      name === 'origin' || name === 'invalid' || name === 'reason' ? undefined : value,
    );
    keys.set(action, key);
  }
  return key;
}

/** Whether two actions do the same to every request. */
export function sameAction(a: Action, b: Action): boolean {
  return a === b || (a.kind === b.kind && actionKey(a) === actionKey(b));
}
