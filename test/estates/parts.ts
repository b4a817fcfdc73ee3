import fc from 'fast-check';

/** Objects of a manifest as they are printed. */
export type Plain = { readonly [key: string]: unknown };

export const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** The value, or nothing; `of` times as often nothing. */
export const maybe = <T>(arbitrary: fc.Arbitrary<T>, of = 1): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: Math.round(20 * of), arbitrary: fc.constant(undefined) }, { weight: 20, arbitrary });

/** Some of the entries, without those that are nothing. */
export const fields = (parts: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Plain> =>
  fc
    .record(parts)
    .map((record) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)));

export const PATHS = ['/', '/a', '/a/', '/a/b', '/ab', '/b/', '/c'] as const;
export const NAMES = ['x-one', 'X-Two', 'x-three'] as const;
export const VALUES = ['1', 'yes', 'Yes', 'v2'] as const;
/** In the input with a selector, in it without a target port, in another namespace, and not in it. */
export const SERVICES = ['web', 'cart', 'pay', 'absent'] as const;

const names = (max: number) =>
  fc.uniqueArray(pick(...NAMES), { maxLength: max, selector: (name) => name.toLowerCase() });

/** Headers by name, as Istio writes them. */
export const headerMap = fc
  .tuple(names(2), fc.array(pick(...VALUES), { minLength: 2, maxLength: 2 }))
  .map(([keys, values]) => Object.fromEntries(keys.map((key, index) => [key, values[index] ?? '1'])));

/** Headers as a list, as Gateway API writes them. */
export const headerList = headerMap.map((map) => Object.entries(map).map(([name, value]) => ({ name, value })));

export const removals = names(2);
export const seconds = pick('1s', '2500ms', '1m');

/** Kubernetes facts that the estates of all sources stand on. */
export const surroundings: readonly Plain[] = [
  service('shop', 'web', { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] }),
  service('shop', 'cart', { selector: { app: 'cart' }, ports: [{ name: 'http', port: 80 }] }),
  service('billing', 'pay', { selector: { app: 'pay' }, ports: [{ name: 'http', port: 80, targetPort: 'web' }] }),
];

function service(namespace: string, name: string, spec: Plain): Plain {
  return { apiVersion: 'v1', kind: 'Service', metadata: { namespace, name }, spec };
}
