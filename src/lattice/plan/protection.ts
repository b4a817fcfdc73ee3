import type { LiveResource } from '../live-state.ts';

/** Whether something must never be deleted, by its key. */
export type IsProtected = (key: string) => boolean;

/** Reads the patterns of the settings (`Service shop-*`, or `shop-*` for every kind), in which `*` stands for any text. */
export function protectBy(patterns: readonly string[]): IsProtected {
  const tests = patterns.map((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`, 's');
  });
  return (key) => {
    const name = key.slice(key.indexOf(' ') + 1);
    return tests.some((test) => test.test(key) || test.test(name));
  };
}

/** The keys of what is protected, and of what it cannot be without. */
export function shield(resources: readonly LiveResource[], isProtected: IsProtected): ReadonlySet<string> {
  const byKey = new Map(resources.map((one) => [one.key, one]));
  const shielded = new Set<string>();
  const add = (key: string | undefined): void => {
    if (key === undefined || shielded.has(key)) return;
    shielded.add(key);
    add(byKey.get(key)?.parent);
    add(byKey.get(key)?.leadsTo);
  };
  for (const { key } of resources) if (isProtected(key)) add(key);
  return shielded;
}
