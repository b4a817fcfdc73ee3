import { beforeAll, expect, test } from 'vitest';
import { Origin } from '../../diagnostics/origin.ts';
import { DocumentText, ObjectSource, SourceFile } from '../../documents/source-file.ts';
import type { Match } from '../../ir/model.ts';
import { ANY, all, exactly, exactPath, not, pathPrefix, startingWith } from '../../ir/predicates.ts';
import { loadRegexEngine } from '../languages/regex-engine.ts';
import { findMismatch } from './mismatch.ts';

beforeAll(loadRegexEngine);

const file = new SourceFile('a.yaml', 'a: 1\n');
const origin = new Origin(new ObjectSource(new DocumentText(file, 0, file.text.length), [], undefined));
const open: Match = { path: ANY, method: ANY, headers: [], query: [], authority: ANY, opaque: [], origin };
const request = { host: 'a.com', method: 'GET', path: '/a', headers: { x: 'one' }, query: { q: '' } };
const header = (name: string, value: Match['headers'][number]['value'], absent = false) => ({
  headers: [{ name, absent, value }],
});

test.each<[Partial<Match>, string | undefined]>([
  [{}, undefined],
  [{ path: exactPath('/b', true) }, 'path /a is not /b (letter case aside)'],
  [{ path: pathPrefix('/b', 'segment') }, 'path /a is not under prefix /b'],
  [{ path: pathPrefix('/b', 'string') }, 'path /a does not start with /b'],
  [{ path: { kind: 'regex', pattern: '/b.*' } }, 'path /a does not match /b.*'],
  [{ method: exactly('POST') }, 'method GET is not POST'],
  [{ authority: startingWith('b') }, 'host a.com does not start with b'],
  [header('y', ANY), 'header y is absent'],
  [header('x', { kind: 'none' }, true), 'header x is present'],
  [header('x', exactly('two words')), 'header x "one" is not "two words"'],
  [header('x', exactly('two'), true), 'header x "one" is not two and not absent'],
  [header('x', not(exactly('one'))), 'header x "one" is one'],
  [
    header('x', all([startingWith('o'), not(exactly('one'))])),
    'header x "one" fails one of: starts with o, is not one',
  ],
  [{ query: [{ name: 'q', absent: false, value: exactly('1') }] }, 'query parameter q "" is not 1'],
  [
    { opaque: [{ name: 'sourceLabels', value: 'app=x', origin }] },
    'sourceLabels app=x cannot be decided from a request',
  ],
])('%j: %s', (part, expected) => {
  expect(findMismatch({ ...open, ...part }, request)).toBe(expected);
});
