import { describe, expect, test } from 'vitest';
import { checkMembers, checkShape } from './check-shape.ts';
import { operations } from './operations.ts';
import { choice, flag, list, structure, text, union, whole } from './shape.ts';

const namesOf = (shape: Parameters<typeof checkShape>[0], value: unknown) =>
  checkShape(shape, value, 'x').map(({ name }) => name);

describe('checkShape', () => {
  test('counts characters, not UTF-16 units', () => {
    expect(namesOf(text(1, 2), '😀😀')).toEqual([]);
    expect(namesOf(text(1, 2), '😀😀😀')).toEqual(['x']);
  });

  test('takes both ends of a range, and nothing beyond', () => {
    const bounds = [0, 1, 5, 6].map((value) => namesOf(whole(1, 5), value).length);
    expect(bounds).toEqual([1, 0, 0, 1]);
    expect(namesOf(whole(1, 5), 1.5)).toEqual(['x']);
  });

  test('names the item and the member that is wrong', () => {
    const shape = structure({ items: list(structure({ id: text(1, 3) }, { on: flag }), 1, 2) }, {});
    expect(namesOf(shape, { items: [{ id: 'a' }, { id: 'long', on: 'yes' }] })).toEqual([
      'x.items[1].id',
      'x.items[1].on',
    ]);
  });

  test('wants exactly one arm of a union', () => {
    const shape = union({ one: flag, other: flag });
    expect(namesOf(shape, { one: true })).toEqual([]);
    expect(namesOf(shape, {})).toEqual(['x']);
    expect(namesOf(shape, { one: true, other: null })).toEqual([]);
    expect(namesOf(shape, { one: true, other: true })).toEqual(['x']);
  });

  test('tells what cannot be read from what is not allowed', () => {
    expect(checkShape(choice('A'), 'B', 'x')[0]?.unreadable).toBeUndefined();
    expect(checkShape(choice('A'), 1, 'x')[0]?.unreadable).toBe(true);
  });

  test('ignores members that it does not know', () => {
    const { required, optional } = operations.CreateService;
    expect(checkMembers(structure(required, optional), { name: 'shop', later: 1 })).toEqual([]);
  });
});

describe('the names of resources', () => {
  test.each([
    ['CreateServiceNetwork', 63, 'none'],
    ['CreateService', 40, 'svc'],
    ['CreateListener', 63, 'listener'],
    ['CreateRule', 63, 'rule'],
    ['CreateTargetGroup', 128, 'tg'],
  ] as const)('%s: 3 to %i letters, digits and single hyphens, not %s-', (name, max, reserved) => {
    const shape = operations[name].required.name;
    const isFine = (value: string) => checkShape(shape, value, 'name').length === 0;
    expect(['abc', 'a-b', '0a9', 'a'.repeat(max)].map(isFine)).toEqual([true, true, true, true]);
    const bad = ['ab', 'a'.repeat(max + 1), '-ab', 'ab-', 'a--b', 'Abc', 'a_b', 'a.b'];
    expect(bad.filter(isFine)).toEqual([]);
    expect(isFine(`${reserved}-a`)).toBe(reserved === 'none');
  });
});
