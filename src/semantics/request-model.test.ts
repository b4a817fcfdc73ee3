import { describe, expect, test } from 'vitest';
import { normalisePath, readRequest } from './request-model.ts';

const read = (url: string, headers: readonly (readonly [string, string])[] = [], port?: number) =>
  readRequest({
    method: 'GET',
    url,
    headers: headers.map(([name, value]) => ({ name, value })),
    ...(port === undefined ? {} : { port }),
  });

function requestOf(...written: Parameters<typeof read>) {
  const reading = read(...written);
  if (reading.kind === 'bad') throw new Error(reading.problem);
  return reading.request;
}

test.each([
  ['', '/'],
  ['/', '/'],
  ['/a/./b/../c', '/a/c'],
  ['/a/b/..', '/a/'],
  ['/a/.', '/a/'],
  ['/../../a', '/a'],
  ['/a//../b', '/a/b'],
  ['/a//b', '/a//b'],
  ['/%61%2D%7e', '/a-~'],
  ['/a%2Fb%2f', '/a%2Fb%2f'],
  ['/a/%2e%2E/b', '/b'],
  ['/%20%zz%', '/%20%zz%'],
  ['/a\\b', '/a/b'],
  ['/...', '/...'],
])('the path %j is %j', (path, expected) => {
  expect(normalisePath(path)).toBe(expected);
});

describe('readRequest', () => {
  test('the query has the first value of each parameter, raw; a fragment never travels', () => {
    const { path, query, search } = requestOf('http://a.com/x?a=1&a=2&b&c=%41+&=d#f?g');
    expect(path).toBe('/x');
    expect(query).toEqual({ a: '1', b: '', c: '%41+', '': 'd' });
    expect(search).toBe('?a=1&a=2&b&c=%41+&=d');
    expect(requestOf('http://a.com?').search).toBe('');
  });

  test('names that every object has are names like others', () => {
    const { headers, query } = requestOf('http://a.com/?__proto__=1&constructor=2', [['__proto__', 'x']]);
    expect(Object.entries(headers)).toEqual([['__proto__', 'x']]);
    expect(Object.entries(query)).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });

  test('the host has neither port, nor trailing dot, nor capitals', () => {
    expect(requestOf('http://Shop.Example.COM.:8080/')).toMatchObject({
      host: 'shop.example.com',
      authority: 'shop.example.com:8080',
      port: 8080,
    });
    expect(requestOf('https://a.com:443/').authority).toBe('a.com');
    expect(requestOf('http://[::1]:81/')).toMatchObject({ host: '[::1]', port: 81 });
  });

  test('a Host header names the host, and the URL still the port', () => {
    const request = requestOf('http://10.0.0.1:8080/', [['HOST', 'A.com']]);
    expect(request).toMatchObject({ host: 'a.com', authority: 'a.com', port: 8080, headers: {} });
  });

  test('the port is the flag, the URL, the scheme', () => {
    expect(requestOf('http://a.com:81/', [], 82).port).toBe(82);
    expect(requestOf('http://a.com:81/').port).toBe(81);
    expect(requestOf('https://a.com/').port).toBe(443);
    expect(requestOf('http://a.com/').port).toBe(80);
  });

  test('headers are joined under their name in lower case', () => {
    const sent = [
      ['X-A', ' 1 '],
      ['x-a', '2'],
      ['X-B', ''],
    ] as const;
    expect(requestOf('http://a.com/', sent).headers).toEqual({ 'x-a': '1,2', 'x-b': '' });
  });

  test('what is not ASCII travels percent-encoded', () => {
    expect(requestOf('http://a.com/é?ü=ö')).toMatchObject({ path: '/%C3%A9', search: '?%C3%BC=%C3%B6' });
  });

  test.each([
    ['ftp://a.com/', 'starts with http'],
    ['http:///x', 'is no host'],
    ['http://a b.com/', 'no spaces'],
    ['http://a.com:0/', '0 is no port'],
    ['http://a.com:99999/', '99999 is no port'],
    ['http://user@a.com/', 'user name'],
    ['http://ü.com/', 'no host name in ASCII'],
  ])('%s is refused', (url, problem) => {
    expect(read(url)).toEqual({ kind: 'bad', problem: expect.stringContaining(problem) });
  });

  test('headers are refused too', () => {
    expect(read('http://a.com/', [['a b', 'c']])).toMatchObject({ kind: 'bad' });
    expect(
      read('http://a.com/', [
        ['host', 'a'],
        ['Host', 'b'],
      ]),
    ).toMatchObject({ kind: 'bad' });
  });
});
