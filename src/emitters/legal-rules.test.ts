import { describe, expect, it } from 'vitest';
import { any, atom, toRows } from '../../test/shared/sample-rows.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { VirtualHost } from '../ir/model.ts';
import type { AttributeTest } from '../ir/predicates.ts';
import { reportHeaderCase } from './legal-rules.ts';

/** The findings of a host whose written rules test a header so, and whose rows test it for `yes`. */
function findingsOf(value: AttributeTest['value']): readonly string[] {
  const rows = toRows([atom(any, { h: 'yes' }), 201, 'made'], [atom(any), 202]);
  const [row] = rows;
  const rules = [{ matches: [{ headers: [{ name: 'h', absent: true, value }] }] }];
  const host = {
    rules,
    scope: { kind: 'gateway', protocol: 'HTTP', port: 80, listeners: [] },
    host: { kind: 'exact', name: 'a.com' },
    otherwise: row?.outcome,
  } as unknown as VirtualHost;
  const found: Diagnostic[] = [];
  reportHeaderCase(host, rows, (diagnostic) => found.push(diagnostic));
  return found.map(({ code }) => code);
}

describe('reportHeaderCase', () => {
  it('names a value that a rule above excludes, in the rows of the rules below', () => {
    const excluded = { kind: 'not', of: { kind: 'exact', value: 'yes', ignoreCase: false } } as const;
    expect(findingsOf(excluded)).toEqual(['lattice/header-value-case']);
  });

  it('says nothing of a host that counts no letter case', () => {
    expect(findingsOf({ kind: 'not', of: { kind: 'exact', value: 'yes', ignoreCase: true } })).toEqual([]);
  });
});
