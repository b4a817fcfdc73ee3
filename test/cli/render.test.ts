import { describe, expect, test } from 'vitest';
import { renderDiagnostics } from '../../src/cli/render/diagnostics.ts';
import { choosePaint, plain } from '../../src/cli/render/paint.ts';
import { quoteForShell } from '../../src/cli/render/quote-for-shell.ts';
import type { World } from '../../src/cli/world.ts';
import { defineDiagnostics } from '../../src/diagnostics/diagnostic.ts';
import { type KubernetesDocument, readDocuments } from '../../src/documents/read-documents.ts';

const table = defineDiagnostics('test', {
  lost: {
    severity: 'error',
    summary: '',
    message: ({ field }: { field: string }) => `the field "${field}" is lost`,
    effect: () => 'it stays behind',
    help: () => 'take it along',
    accept: 'never',
  },
  note: { severity: 'info', summary: '', message: () => 'noted', accept: 'never' },
});

function documentOf(text: string): KubernetesDocument {
  // Names of kinds that nothing reads are not looked at.
  const isSupported = () => false;
  const bytes = new TextEncoder().encode(text);
  const [document] = readDocuments({ file: 'a.yaml', bytes }, () => {}, { isSupported });
  if (document === undefined) throw new Error('the document is read');
  return document;
}

const route = documentOf('apiVersion: x/v1\nkind: Route\nmetadata: {name: a, namespace: shop}\nspec:\n  path: /cart\n');
const options = { paint: plain, quiet: false, verbose: false };

describe('a finding on the terminal', () => {
  test('has message, place, excerpt, effect with its request, and help', () => {
    const witness = {
      request: { method: 'GET', url: 'http://a.example.com/cart', headers: { 'x-user': 'a' } },
      before: 'shop/cart:80',
      after: '404',
    };
    const finding = table.lost({ field: 'path' }, route.origin.at('spec', 'path'), { witness });
    expect(renderDiagnostics([finding], options)).toBe(`error[test/lost]: the field "path" is lost
  --> a.yaml:5:9  Route shop/a  spec.path
 5 |   path: /cart
   |         ^^^^^
  effect: it stays behind
          GET http://a.example.com/cart (x-user: a)
          before: shop/cart:80
          after:  404
  help: take it along

`);
  });

  test('that repeats is shown once, with the places of the others; -v shows all', () => {
    const paths = [['apiVersion'], ['kind'], ['metadata', 'name'], ['spec'], ['spec', 'path'], ['spec', 'path']];
    const findings = paths.map((path, index) => table.lost({ field: `f${index}` }, route.origin.at(...path)));
    const text = renderDiagnostics(findings, options);
    expect(text.match(/error\[/g)).toHaveLength(1);
    expect(text).toContain('and 5 more like this: a.yaml:2, a.yaml:3, a.yaml:4, …');
    expect(renderDiagnostics(findings, { ...options, verbose: true }).match(/error\[/g)).toHaveLength(6);
  });

  test('that repeats for another object is shown once too, whatever the names of the objects are', () => {
    const named = defineDiagnostics('test', {
      class: {
        severity: 'info',
        summary: '',
        message: ({ name }: { name: string }) => `Gateway ${name} gets a class`,
        accept: 'never',
      },
    });
    const findings = ['edge', 'shop/edge-eu', 'inner_2'].map((name) => {
      const [namespace, own = namespace] = name.split('/');
      const metadata = own === namespace ? `{name: ${own}}` : `{name: ${own}, namespace: ${namespace}}`;
      return named.class({ name }, documentOf(`apiVersion: x/v1\nkind: Gateway\nmetadata: ${metadata}\n`).origin);
    });
    expect(renderDiagnostics(findings, options).match(/info\[/g)).toHaveLength(1);
  });

  test('escapes what could repaint the terminal', () => {
    const nasty = documentOf(
      'apiVersion: x/v1\nkind: Route\nmetadata: {name: "a\\e[2J\\u202e"}\nspec: 1 # \u009b2J \u202e\n',
    );
    const text = renderDiagnostics([table.lost({ field: '\u001b[31m' }, nasty.origin.at('spec'))], options);
    expect(text).toContain('Route a\\x1b[2J\\u202e');
    expect(text).toContain('# \\x9b2J \\u202e');
    expect(text).toContain('\\x1b[31m');
    expect(text).not.toMatch(/(?![\n])[\p{Cc}\p{Bidi_Control}]/u);
  });

  test('never shows a line of a Secret', () => {
    const secret = documentOf('apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {password: hunter2}\n');
    expect(renderDiagnostics([table.lost({ field: 'x' }, secret.origin.at('stringData'))], options)).not.toContain(
      'hunter2',
    );
  });

  test('of no weight is left out when quiet', () => {
    expect(renderDiagnostics([table.note({}, undefined)], { ...options, quiet: true })).toBe('');
    expect(renderDiagnostics([table.note({}, undefined)], options)).toBe('info[test/note]: noted\n\n');
  });
});

describe('colour', () => {
  const world = (env: Readonly<Record<string, string>>, isTTY: boolean): World => {
    const stream = { isTTY, write: () => {} };
    return {
      cwd: '/',
      env,
      stdin: { isTTY, read: async () => new Uint8Array() },
      stdout: stream,
      stderr: stream,
      clock: { now: () => 0, sleep: async () => {}, random: () => 0 },
      later: () => () => {},
      onInterrupt: () => () => {},
    };
  };
  test.each<[string, 'auto' | 'always' | 'never', Readonly<Record<string, string>>, boolean, boolean]>([
    ['a terminal', 'auto', {}, true, true],
    ['a pipe', 'auto', {}, false, false],
    ['NO_COLOR', 'auto', { NO_COLOR: '1' }, true, false],
    ['an empty NO_COLOR', 'auto', { NO_COLOR: '' }, true, true],
    ['FORCE_COLOR over NO_COLOR', 'auto', { FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
    ['FORCE_COLOR=0', 'auto', { FORCE_COLOR: '0' }, true, false],
    ['a dumb terminal', 'auto', { TERM: 'dumb' }, true, false],
    ['--color always', 'always', { NO_COLOR: '1' }, false, true],
    ['--color never', 'never', { FORCE_COLOR: '1' }, true, false],
  ])('%s', async (_, color, env, isTTY, expected) => {
    const paint = await choosePaint(color, world(env, isTTY));
    expect(paint.error('x') !== 'x').toBe(expected);
  });
});

test('words are quoted for the shell where they need it', () => {
  expect(['a/b.yaml', 'a b', "it's", '*.yaml', ''].map(quoteForShell)).toEqual([
    'a/b.yaml',
    "'a b'",
    `'it'\\''s'`,
    "'*.yaml'",
    "''",
  ]);
});
