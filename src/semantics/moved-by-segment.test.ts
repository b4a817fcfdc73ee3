import { describe, expect, it } from 'vitest';
import { any, atom, string, toRows } from '../../test/shared/sample-rows.ts';
import { findMoved } from './moved-by-segment.ts';

describe('findMoved', () => {
  it('finds a request that only another verb shows', () => {
    const rows = toRows([atom(string('/p')), 201], [atom(any, { method: 'GET' }), 201]);
    const [moved] = findMoved(rows, rows, rows);
    expect(moved).toMatchObject({ prefix: '/p', named: false, after: undefined });
    expect(moved?.request.method).not.toBe('GET');
  });

  it('looks at what an earlier rule leaves to a prefix', () => {
    const rows = toRows(
      [atom(string('/p'), { h: '1' }), 201, 'made'],
      [atom(any, { h: '1' }), 202, 'made'],
      [atom(any), 201],
    );
    expect(findMoved(rows, rows, rows)[0]?.request.headers).toEqual({ h: '1' });
  });

  it('finds nothing where all requests meet the same', () => {
    const rows = toRows([atom(string('/p')), 201], [atom(any), 201]);
    expect(findMoved(rows, rows, rows)).toEqual([]);
  });
});
