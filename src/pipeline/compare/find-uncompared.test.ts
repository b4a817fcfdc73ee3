import { expect, test } from 'vitest';
import { findUncompared, type Setting } from './find-uncompared.ts';

const setting = (message: string, text: string): Setting => ({
  finding: {
    code: 'istio/backend-behaviour-lost',
    severity: 'warning',
    message,
    related: [],
    affects: { kind: 'none' },
  },
  text,
});
const messages = (left: readonly Setting[], right: readonly Setting[]) =>
  findUncompared(left, right).map(({ message }) => message);

test('what both sides say alike is no finding, in whatever order', () => {
  const [pool, hash] = [setting('pool of a', '1'), setting('hash of a', '2')];
  expect(messages([pool, hash], [hash, pool])).toEqual([]);
});

test('a setting that differs is one finding', () => {
  expect(messages([setting('pool of a', '1')], [setting('pool of a', '2')])).toEqual([
    'the two sides do not say the same here, and it is not compared: pool of a (istio/backend-behaviour-lost)',
  ]);
});

test.each([
  ['left', [setting('pool of a', '1')], []],
  ['right', [], [setting('pool of a', '1')]],
])('a setting of the %s side alone is a finding', (_, left, right) => {
  expect(messages(left, right)).toEqual([
    'only this side says this, and it is not compared: pool of a (istio/backend-behaviour-lost)',
  ]);
});

test('the same setting of another backend is another one', () => {
  expect(messages([setting('pool of a', '1')], [setting('pool of b', '1')])).toHaveLength(2);
});

test('one of several that is gone is a finding', () => {
  const [first, second] = [setting('pool of a', '1'), setting('pool of a', '2')];
  expect(messages([first, second], [first])).toHaveLength(1);
});
