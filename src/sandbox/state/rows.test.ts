import { describe, expect, test } from 'vitest';
import { Rows } from './rows.ts';

interface Row {
  readonly id: string;
  readonly of: readonly string[];
}

const keys = Array.from({ length: 1000 }, (_, index) => `key-${index}`);
const ofRow = ({ of }: Row) => of;

function full(): Rows<Row> {
  return Rows.empty<Row>().with(keys.map((id, index) => [id, { id, of: [`${index % 10}`, 'all'] }] as const));
}

describe('rows', () => {
  test('hold what was written, once for each key', () => {
    const rows = full().with([['key-1', { id: 'other', of: [] }]]);
    expect(rows.values()).toHaveLength(1000);
    expect(rows.get('key-1')?.id).toBe('other');
    expect(rows.has('key-1000')).toBe(false);
    expect(new Set(rows.entries().map(([key]) => key))).toEqual(new Set(keys));
  });

  test('stay as they are when others are made of them', () => {
    const before = full();
    const found = before.where(ofRow, 'all').length;
    const after = before.with([
      ['key-1', undefined],
      ['more', { id: 'more', of: ['all', '3'] }],
      ['more', { id: 'most', of: ['all', '3'] }],
    ]);
    expect([before.has('key-1'), before.has('more'), found]).toEqual([true, false, 1000]);
    expect([after.has('key-1'), after.get('more')?.id]).toEqual([false, 'most']);
    expect([before, after].map((rows) => rows.where(ofRow, 'all').length)).toEqual([1000, 1000]);
    expect([before, after].map((rows) => rows.where(ofRow, '3').length)).toEqual([100, 101]);
    expect([before, after].map((rows) => rows.where(ofRow, '1').length)).toEqual([100, 99]);
  });

  test('share what is the same', () => {
    const before = full();
    const after = before.with([['key-1', undefined]]);
    expect(after.shards.filter((shard, index) => shard !== before.shards[index])).toHaveLength(1);
  });
});
