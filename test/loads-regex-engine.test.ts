import { expect, test, vi } from 'vitest';
import { oneHostOfIstio } from './one-host-of-istio.ts';

// The engine is loaded once for a process: each case starts without it, as the command line does.

test.each([
  ['{ uri: { prefix: /Api }, ignoreUriCase: true }', 'standard'],
  ['{ uri: { exact: /go }, ignoreUriCase: true }', 'standard'],
  ['{ uri: { exact: /go }, ignoreUriCase: true }', 'lattice'],
  ['{ uri: { exact: /go }, headers: { a: { regex: b+ } } }', 'standard'],
] as const)('the engine is there for %s, profile %s', async (match, profile) => {
  vi.resetModules();
  const { convert } = await import('../src/index.ts');
  const bytes = new TextEncoder().encode(oneHostOfIstio(match));
  const { diagnostics } = await convert({ inputs: [{ file: 'shop.yaml', bytes }], profile });
  expect(diagnostics.filter(({ code }) => code.startsWith('internal/')).map(({ message }) => message)).toEqual([]);
});
