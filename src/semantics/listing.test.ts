import { describe, expect, it } from 'vitest';
import { any, atom, exact, string, toRows } from '../../test/shared/sample-rows.ts';
import { dropCovered, dropFollowing, type Row } from './listing.ts';
import { specialise } from './specialise.ts';

const paths = (rows: readonly Row[]) => rows.map(({ atom }) => (atom.path.kind === 'any' ? '*' : atom.path.value));

describe('dropFollowing', () => {
  it('keeps the bare path above a prefix that may take it along', () => {
    const rows = toRows([atom(exact('/p')), 202, 'made'], [atom(string('/p/')), 201], [atom(any), 202]);
    expect(dropFollowing(rows, () => true)).toEqual(rows);
  });

  it('drops a row whose requests meet the same below', () => {
    const rows = toRows([atom(exact('/p')), 201, 'made'], [atom(string('/p/')), 201], [atom(any), 201]);
    expect(paths(dropFollowing(rows, ({ how }) => how !== 'declared'))).toEqual(['/p/', '*']);
  });

  it('looks past a row whose share an earlier row has taken', () => {
    const rows = toRows(
      [atom(exact('/p'), { method: 'GET', h: '1' }), 201],
      [atom(exact('/p'), { h: '1' }), 202, 'made'],
      [atom(any, { method: 'GET' }), 201],
      [atom(any), 202],
    );
    expect(dropFollowing(rows, ({ how }) => how !== 'declared')).toHaveLength(3);
  });
});

describe('dropCovered', () => {
  it('keeps a path that a string prefix of the same outcome may lose', () => {
    const rows = toRows([atom(string('/ap')), 201], [atom(string('/api')), 201]);
    expect(paths(dropCovered(rows))).toEqual(['/ap', '/api']);
  });

  it('drops a rule that never decides', () => {
    const rows = toRows([atom(string('/ap')), 201], [atom(string('/api')), 202]);
    expect(paths(dropCovered(rows))).toEqual(['/ap']);
  });
});

describe('specialise', () => {
  it('keeps the bare path above a prefix that may take it along', () => {
    const rows = toRows([atom(exact('/p')), 202, 'made'], [atom(string('/p/')), 201], [atom(any), 202]);
    const closed = specialise(rows, 'list', 100);
    expect(closed.kind === 'rows' ? paths(closed.rows) : closed.kind).toEqual(['/p', '/p/', '*']);
  });
});
