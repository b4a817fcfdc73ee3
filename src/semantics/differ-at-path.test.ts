import { describe, expect, it } from 'vitest';
import { any, atom, toRows } from '../../test/shared/sample-rows.ts';
import { differAtPath } from './differ-at-path.ts';

describe('differAtPath', () => {
  it('tries every value that a row waits for', () => {
    const before = toRows([atom(any, { method: 'PUT', h: '1' }), 201], [atom(any), 202]);
    const after = toRows([atom(any), 202]);
    const found = differAtPath('/x', atom(any), before, after);
    expect(found?.request).toEqual({ method: 'PUT', path: '/x', headers: { h: '1' }, query: {} });
    expect(differAtPath('/x', atom(any, { h: '2' }), before, after)).toBeUndefined();
  });
});
