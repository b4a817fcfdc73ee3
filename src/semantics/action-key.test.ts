import { expect, test } from 'vitest';
import { backendOf, forwardTo, originOf } from '../../test/shared/sample-hosts.ts';
import type { Cors } from '../ir/actions.ts';
import { actionKey, sameAction } from './action-key.ts';

const web = [backendOf('web')];
const cors = (origin: string): Cors => ({
  origins: [{ kind: 'exact', value: origin }],
  methods: [],
  requestHeaders: [],
  exposeHeaders: [],
  credentials: false,
  unmatchedPreflight: 'forward',
});

test('actions that are written at different places are the same', () => {
  const here = forwardTo(web, { origin: originOf('VirtualService', 'shop', 'a'), places: {} });
  const there = forwardTo(web, { origin: originOf('VirtualService', 'shop', 'b') });
  expect(sameAction(here, there)).toBe(true);
  expect(actionKey(here)).toBe(actionKey(there));
});

test('actions that let other origins in are not the same', () => {
  const [one, two] = [forwardTo(web, { cors: cors('https://a.com') }), forwardTo(web, { cors: cors('https://b.com') })];
  expect(sameAction(one, two)).toBe(false);
  expect(actionKey(one)).not.toBe(actionKey(two));
});
