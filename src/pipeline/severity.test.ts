import { describe, expect, test } from 'vitest';
import { defineDiagnostics } from '../diagnostics/diagnostic.ts';
import { Origin } from '../diagnostics/origin.ts';
import { reaches, sortDiagnostics, weigh, withholds } from './severity.ts';

const table = defineDiagnostics('test', {
  bad: { severity: 'error', summary: '', message: () => 'bad', accept: 'omit-part' },
  odd: { severity: 'warning', summary: '', message: () => 'odd', accept: 'as-said' },
  note: { severity: 'info', summary: '', message: () => 'note', accept: 'never' },
});
const [bad, odd, note] = [table.bad({}, undefined), table.odd({}, undefined), table.note({}, undefined)];
const plain = { severities: {}, strict: false };

describe('severities', () => {
  test('--strict makes warnings errors, which then withhold; infos stay', () => {
    const strict = { severities: {}, strict: true };
    expect([bad, odd, note].map((one) => weigh(one, strict).severity)).toEqual(['error', 'error', 'info']);
    expect([bad, odd, note].map((one) => withholds(one, strict))).toEqual([true, true, false]);
    expect([bad, odd, note].map((one) => withholds(one, plain))).toEqual([true, false, false]);
  });

  test('a chosen severity changes the report and never what is written', () => {
    const chosen = { severities: { 'test/bad': 'info', 'test/odd': 'error' }, strict: false } as const;
    expect([bad, odd].map((one) => weigh(one, chosen).severity)).toEqual(['info', 'error']);
    expect([bad, odd].map((one) => withholds(one, chosen))).toEqual([true, false]);
  });

  test('an accepted finding neither withholds nor fails', () => {
    const accepted = { ...bad, accepted: { reason: 'why' } };
    expect(withholds(accepted, plain)).toBe(false);
    expect(reaches(accepted, 'info')).toBe(false);
  });

  test('--fail-on takes its severity and worse ones', () => {
    expect([bad, odd, note].map((one) => reaches(one, 'warning'))).toEqual([true, true, false]);
  });

  test('the worst stand first', () => {
    expect(sortDiagnostics([note, bad, odd])).toEqual([bad, odd, note]);
  });

  test('those of one list stand in its order, without a look at the places', () => {
    const span = (): never => {
      throw new Error('a place costs a second parse');
    };
    const document = { file: 'f', resource: undefined, order: 0, span, lineText: () => undefined };
    const at = (...path: readonly (string | number)[]) =>
      table.bad({}, new Origin(document).at('spec', 'http', ...path));
    const [first, second, tenth] = [at(0, 'match', 1), at(1), at(9, 'route', 0)];
    expect(sortDiagnostics([tenth, first, second])).toEqual([first, second, tenth]);
  });
});
