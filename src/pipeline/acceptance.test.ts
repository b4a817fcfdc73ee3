import { describe, expect, test } from 'vitest';
import { type Diagnostic, defineDiagnostics } from '../diagnostics/diagnostic.ts';
import { readDocuments } from '../documents/read-documents.ts';
import { type Acceptance, applyAcceptances, parseAcceptedObject, readAnnotations } from './acceptance.ts';

const table = defineDiagnostics('test', {
  lost: { severity: 'error', summary: '', message: () => 'lost', accept: 'omit-part' },
  guard: { severity: 'error', summary: '', message: () => 'guard', accept: 'omit-part', security: true },
  never: { severity: 'error', summary: '', message: () => 'never', accept: 'never' },
});
const codes = new Map(Object.values(table).map((factory) => [factory.code, factory]));

const [first, second] = readDocuments(
  {
    file: 'a.yaml',
    bytes: new TextEncoder().encode(`apiVersion: example.com/v1
kind: Route
metadata: {name: a, namespace: shop, annotations: {latticectl/accept: "test/lost=only in tests\\nnonsense"}}
---
apiVersion: example.com/v1
kind: Route
metadata: {name: b}
`),
  },
  () => {},
);
if (first === undefined || second === undefined) throw new Error('both documents are read');

function accept(diagnostics: readonly Diagnostic[], ...acceptances: readonly Acceptance[]): readonly string[] {
  const result = applyAcceptances(diagnostics, acceptances, { codes, defaultNamespace: 'default' });
  return result.map(({ code, accepted }) => (accepted === undefined ? code : `${code}: ${accepted.reason}`));
}

describe('applyAcceptances', () => {
  const lost = [table.lost({}, first.origin.at('spec')), table.lost({}, second.origin)];

  test('a code accepts every finding of it', () => {
    expect(accept(lost, { code: 'test/lost', reason: 'why' })).toEqual(['test/lost: why', 'test/lost: why']);
  });

  test('an object accepts its own findings; a namespace that is not written is the default', () => {
    const inShop = { kind: 'Route', namespace: 'shop', name: 'a' };
    expect(accept(lost, { code: 'test/lost', object: inShop, reason: 'why' })).toEqual(['test/lost: why', 'test/lost']);
    const inDefault = { kind: 'Route', namespace: 'default', name: 'b' };
    expect(accept(lost, { code: 'test/lost', object: inDefault, reason: 'why' })).toEqual([
      'test/lost',
      'test/lost: why',
    ]);
  });

  test('a security loss needs its object', () => {
    const guard = [table.guard({}, first.origin)];
    expect(accept(guard, { code: 'test/guard', reason: 'why' })).toEqual(['test/guard', 'accept/needs-object']);
    const object = { kind: 'Route', namespace: 'shop', name: 'a' };
    expect(accept(guard, { code: 'test/guard', object, reason: 'why' })).toEqual(['test/guard: why']);
  });

  test('what cannot be accepted, does not exist or does not occur is a finding', () => {
    expect(accept([table.never({}, first.origin)], { code: 'test/never', reason: 'why' })).toEqual([
      'test/never',
      'accept/not-acceptable',
    ]);
    expect(accept([], { code: 'test/lots', reason: 'why' })).toEqual(['accept/unknown-code']);
    expect(accept([], { code: 'test/lost', reason: 'why' })).toEqual(['accept/unused']);
  });
});

test('an annotation accepts line by line, with a reason each', () => {
  const reported: Diagnostic[] = [];
  const acceptances = readAnnotations([first, second], (diagnostic) => reported.push(diagnostic));
  expect(acceptances).toMatchObject([{ code: 'test/lost', reason: 'only in tests', object: { name: 'a' } }]);
  expect(reported.map(({ code }) => code)).toEqual(['accept/no-reason']);
});

test('parseAcceptedObject reads Kind/namespace/name and Kind/name', () => {
  expect(parseAcceptedObject('Route/shop/a')).toEqual({ kind: 'Route', namespace: 'shop', name: 'a' });
  expect(parseAcceptedObject('GatewayClass/a')).toEqual({ kind: 'GatewayClass', name: 'a' });
  for (const text of ['Route', 'Route/', 'Route//a', 'a/b/c/d', 'a/b/'])
    expect(parseAcceptedObject(text)).toBeUndefined();
});
