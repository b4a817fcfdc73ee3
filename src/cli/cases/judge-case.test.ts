import { expect, test } from 'vitest';
import { Origin } from '../../diagnostics/origin.ts';
import { DocumentText, ObjectSource, SourceFile } from '../../documents/source-file.ts';
import { readRequest } from '../../semantics/request-model.ts';
import type { BackendShare, Outcome } from '../../semantics/trace/outcome.ts';
import type { Answer } from '../../semantics/trace/trace.ts';
import type { UpstreamRequest } from '../../semantics/trace/upstream.ts';
import { judgeCase } from './judge-case.ts';
import type { Expectation, ExpectedUpstream } from './read-cases.ts';

const reading = readRequest({ method: 'GET', url: 'http://a.com/', headers: [] });
if (reading.kind === 'bad') throw new Error(reading.problem);
const { request } = reading;
const file = new SourceFile('c.yaml', 'version: 1\n');
const origin = new Origin(new ObjectSource(new DocumentText(file, 0, file.text.length), [], undefined));

function answerOf(outcome: Outcome, upstream?: UpstreamRequest): Answer {
  const rest = { skipped: [], extras: [], conditions: [] };
  return { where: '', outcome, ...(upstream === undefined ? {} : { upstream }), ...rest };
}

function judge(expect: Expectation, first: Answer, ...others: readonly Answer[]) {
  return judgeCase({ name: '', request, expect, origin }, { request, answers: [first, ...others] });
}

const shares = (...list: readonly (readonly [string, number, number])[]): Outcome => ({
  kind: 'backends',
  backends: list.map(([name, part, whole]): BackendShare => ({ name, fraction: { part, whole } })),
});

test.each([
  [{ 'a/b:80': 100 }, shares(['a/b:80', 1, 1]), true],
  [{ 'a/b:80': 99.9 }, shares(['a/b:80', 1, 1]), false],
  [{ 'a/b:80': 33.3333, 'a/c:80': 66.67 }, shares(['a/b:80', 1, 3], ['a/c:80', 2, 3]), true],
  [{ 'a/b:80': 33.34, 'a/c:80': 66.67 }, shares(['a/b:80', 1, 3], ['a/c:80', 2, 3]), false],
  [{ 'a/b:80': 33, 'a/c:80': 67 }, shares(['a/b:80', 1, 3], ['a/c:80', 2, 3]), false],
  [{ 'a/b:80': 0.0001, 'a/c:80': 99.9999 }, shares(['a/b:80', 1, 1_000_000], ['a/c:80', 999_999, 1_000_000]), true],
  [{ 'a/b:80': 90 }, shares(['a/b:80', 9, 10], ['a/c:80', 1, 10]), false],
  [{ 'a/b:80': 100 }, shares(['a/b:80@v1', 1, 1]), false],
  [{ 'a/b:80': 100 }, shares(['a/b:80', 1, 3], ['a/b:80', 2, 3]), true],
  [{ 'a/b:80': 50, 'status 500': 50 }, shares(['a/b:80', 1, 2], ['status 500', 1, 2]), true],
])('%j of %j: %s', (backends, outcome, passes) => {
  expect(judge({ backends }, answerOf(outcome)).length === 0).toBe(passes);
});

test('every answer has to meet what is expected', () => {
  const ok = answerOf({ kind: 'status', status: 404 });
  expect(judge({ status: 404 }, ok)).toEqual([]);
  expect(judge({ status: 404 }, ok, answerOf({ kind: 'redirect', status: 301, location: 'http://b/' }))).toEqual([
    { what: 'outcome', expected: 'status 404', met: '301 http://b/' },
  ]);
});

test.each([
  [{ host: 'a.com' }, []],
  [{ host: 'a.com:80' }, ['host']],
  [{ host: 'a.com:8080', path: '/x?y' }, []],
  [{ path: '/x' }, ['path']],
  [{ headers: { 'X-A': '1', 'x-gone': null } }, []],
  [{ headers: { 'x-a': null, 'x-gone': '' } }, ['header x-a', 'header x-gone']],
] as const)('of what the backend sees %j misses %j', (upstream: ExpectedUpstream, expected) => {
  const seen = { method: 'GET', host: 'a.com:8080', path: '/x?y', headers: { 'x-a': '1' } };
  const answer = answerOf(shares(['a/b:80', 1, 1]), seen);
  const one = { name: '', request, expect: { backends: { 'a/b:80': 100 } }, upstream, origin };
  expect(judgeCase(one, { request, answers: [answer] }).map(({ what }) => what)).toEqual(expected);
});

test('nothing is seen where no backend is', () => {
  const one = { name: '', request, expect: { status: 404 }, upstream: { path: '/' }, origin };
  expect(judgeCase(one, { request, answers: [answerOf({ kind: 'status', status: 404 })] })).toHaveLength(1);
});
