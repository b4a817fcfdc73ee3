import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { KubernetesSchema, noteScalar, readCoreScalar } from './kubernetes-schema.ts';

const read = (text: string): unknown => load(text, { schema: new KubernetesSchema(() => {}) });

describe('KubernetesSchema', () => {
  it.each<[string, unknown]>([
    ['y', true],
    ['on', true],
    ['Yes', true],
    ['OFF', false],
    ['n', false],
    ['oN', 'oN'],
    ['true', true],
    ['"on"', 'on'],
    ['!!str on', 'on'],
    ['0755', 493],
    ['0o755', 493],
    ['-0755', -493],
    ['1_000', 1000],
    ['0b11', 3],
    ['0x1F', 31],
    ['-0x1f', -31],
    ['09', 9],
    ['1e3', 1000],
    ['1e400', '1e400'],
    ['1:30', '1:30'],
    ['190:20:30', '190:20:30'],
    ['2001-12-14', '2001-12-14'],
    ['2001-12-14T21:59:43Z', '2001-12-14T21:59:43Z'],
    ['=', '='],
    ['_1', '_1'],
    ['1_', 1],
    ['.5', 0.5],
    ['1.', 1],
    ['+12', 12],
    ['-0', 0],
    ['10.0.0.1', '10.0.0.1'],
    ['5s', '5s'],
    ['0x', '0x'],
    ['~', null],
    ['', undefined],
    ['!foo x', 'x'],
    ['!foo 5', '5'],
    ['!foo {a: 1}', { a: 1 }],
    ['!foo [a]', ['a']],
    ['!!binary aGk=', 'hi'],
    ['!!int "5"', 5],
  ])('reads %s', (text, value) => {
    expect(text === '' ? undefined : read(text)).toEqual(value);
  });

  it('reads keys as kubectl does', () => {
    expect(read('on: 1\n0755: 2\n1.50: 3\n')).toEqual({ true: 1, '493': 2, '1.5': 3 });
  });

  it('merges, and lets a key of its own win', () => {
    expect(read('base: &b {x: 1, y: 2}\nout:\n  <<: *b\n  x: 3\n')).toEqual({
      base: { x: 1, true: 2 },
      out: { x: 3, true: 2 },
    });
  });

  it('keeps __proto__ an ordinary key', () => {
    const value = read('__proto__: {polluted: true}\nconstructor: 1\n') as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('refuses keys that JSON cannot say', () => {
    expect(() => read('? [a]\n: 1\n')).toThrow('itself a mapping or a list');
    expect(() => read('~: 1\n')).toThrow('a mapping key is empty');
  });

  it.each([
    ['yes', 'ambiguous'],
    ['0755', 'ambiguous'],
    ['007', undefined],
    ['1_000', 'ambiguous'],
    ['0b11', 'ambiguous'],
    ['0o17', undefined],
    ['1e400', 'ambiguous'],
    ['9007199254740993', 'too-large'],
    ['9007199254740991', undefined],
    ['.inf', 'not-finite'],
    ['.nan', 'not-finite'],
    ['true', undefined],
    ['12', undefined],
    ['1.0', undefined],
    ['-0', undefined],
    ['2001-12-14', undefined],
    ['1:30', undefined],
    ['example.com', undefined],
  ])('notes %s as %s, and tells so while reading', (source, note) => {
    let told = 0;
    load(`- ${source}\n- "${source}"\n`, { schema: new KubernetesSchema(() => void told++) });
    expect(noteScalar(source)).toBe(note);
    expect(told).toBe(note === undefined ? 0 : 1);
  });

  it('knows what a core reader makes of it', () => {
    expect(readCoreScalar('0755')).toBe(755);
    expect(readCoreScalar('on')).toBe('on');
    expect(readCoreScalar('-.inf')).toBe(Number.NEGATIVE_INFINITY);
  });
});
