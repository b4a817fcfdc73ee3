import { expect, test } from 'vitest';
import { convert } from '../src/index.ts';
import { oneHostOfIstio } from './one-host-of-istio.ts';

// A file of its own: the engine is loaded once for a process, and nothing here may ask for it.

const targets = [
  { to: 'lattice' },
  { to: 'gateway-api', profile: 'lattice' },
  { to: 'gateway-api', profile: 'standard' },
] as const;
const inputs = [
  ['presence', ['{ headers: { a: {} } }']],
  ['absence', ['{ withoutHeaders: { a: {} } }']],
  ['presence twice', ['{ headers: { a: {} } }', '{ uri: { prefix: /a/ }, headers: { a: {} } }']],
  ['presence and absence', ['{ headers: { a: {} } }', '{ withoutHeaders: { a: {} } }']],
  ['presence and a value', ['{ headers: { a: { exact: x } } }', '{ headers: { a: {} } }']],
  ['a value that is not empty', ['{ withoutHeaders: { a: { exact: "" } } }']],
  ['every value', ['{ headers: { a: { regex: .* } } }']],
] as const;

test.each(inputs.flatMap(([name, matches]) => targets.map((target) => [name, matches, target] as const)))(
  '%s is read without the regex engine, %o %o',
  async (_, matches, target) => {
    const bytes = new TextEncoder().encode(oneHostOfIstio(...matches));
    const { diagnostics } = await convert({
      inputs: [{ file: 'shop.yaml', bytes }],
      ...target,
      lattice: { serviceNetwork: { name: 'net', create: true }, backends: {} },
    });
    expect(diagnostics.filter(({ code }) => code.startsWith('internal/')).map(({ message }) => message)).toEqual([]);
  },
);
