import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { codes } from '../../src/registry.ts';
import { makeFolder, runCli } from './fake-world.ts';

const cwd = process.cwd();

describe('usage', () => {
  test.each([
    ['an unknown command', ['konvert', 'x']],
    ['an unknown flag', ['convert', '--frobnicate']],
    ['a target that does not exist', ['convert', '--to', 'envoy', '.']],
    ['an unknown profile', ['convert', '--profile', 'x', '.']],
    ['a report of a later version', ['convert', '--report', 'junit=x.xml', '.']],
    ['an acceptance without a reason', ['convert', '--accept', 'istio/x', '.']],
    ['an acceptance of an unknown code', ['convert', '--accept', 'istio/no-such-code=why', '.']],
    ['an acceptance of what cannot be accepted', ['convert', '--accept', 'documents/invalid-yaml=why', '.']],
    ['an acceptance with half an object', ['convert', '--accept', 'istio/x@VirtualService=why', '.']],
    ['a limit without a number', ['convert', '--limit', 'rulesPerListener', '.']],
    ['a limit that nothing has', ['convert', '--limit', 'rulesPerListner=20', '.']],
    ['a namespace that cannot be', ['convert', '-n', 'Shop_1', '.']],
    ['an empty namespace', ['convert', '-n', '', '.']],
    ['a cluster domain that cannot be', ['convert', '--cluster-domain', 'a b', '.']],
    ['a class that cannot be', ['convert', '--gateway-class', 'my class', '.']],
    ['a class of the source that cannot be', ['convert', '--source-class', 'Eg', '.']],
    ['a Gateway that cannot be', ['convert', '--gateway', 'a/b/c', '.']],
    ['an empty place for the output', ['convert', '--out', '', '.']],
    ['a split without a directory', ['convert', '--split', 'namespace', '.']],
    ['a code that does not exist', ['explain', 'istio/no-such-code']],
    ['explain without anything', ['explain']],
    ['a code and the matrix', ['explain', '--matrix', 'documents/invalid-yaml']],
    ['no command', []],
  ])('%s ends with 64 and leaves stdout empty', async (_, argv) => {
    const { exitCode, stdout, stderr } = await runCli(argv, { cwd });
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
    expect(exitCode).toBe(64);
  });

  test.each([['trace'], ['verify'], ['graph']])('%s takes no class that cannot be', async (command) => {
    const { exitCode, stderr } = await runCli([command, '--source-class', 'Eg', '.'], { cwd });
    expect(stderr).toContain('--source-class "Eg"');
    expect(exitCode).toBe(64);
  });

  test('--version prints the version of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    for (const flag of ['--version', '-V']) {
      expect(await runCli([flag], { cwd })).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
    }
  });

  test.each([[['--help']], [['convert', '--help']], [['help', 'validate']]])(
    '%j prints help on stdout',
    async (argv) => {
      const { exitCode, stdout, stderr } = await runCli(argv, { cwd });
      expect(exitCode).toBe(0);
      expect(stdout).toContain('Usage: latticectl');
      expect(stderr).toBe('');
    },
  );

  test.each([['convert'], ['trace'], ['verify'], ['diff'], ['export']])(
    'the help of %s is laid out for the width of a terminal',
    async (command) => {
      const { stdout } = await runCli([command, '--help'], { cwd });
      const [options] = stdout.split('\nExamples:');
      expect(options?.split('\n').filter((line) => line.length > 80)).toEqual([]);
    },
  );

  test('a limit that is misspelt is named with the one that is near', async () => {
    const { stderr } = await runCli(['convert', '--limit', 'rulesPerListner=20', '.'], { cwd });
    expect(stderr).toContain('did you mean rulesPerListener?');
  });

  test.each([['convert'], ['validate'], ['explain']])('the examples of %s can be followed', async (command) => {
    const { stdout } = await runCli([command, '--help'], { cwd });
    const accepted = [...stdout.matchAll(/--accept '([^=@]+)/g)].map(([, code]) => code ?? '');
    const explained = [...stdout.matchAll(/latticectl explain ([a-z]\S+)/g)].map(([, code]) => code ?? '');
    for (const code of [...accepted, ...explained]) expect([code, codes.has(code)]).toEqual([code, true]);
  });

  test('explain prints a code with its flag, and suggests one that is near', async () => {
    const { exitCode, stdout } = await runCli(['explain', 'input/routing-kind-not-read'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('input/routing-kind-not-read (warning)');
    expect(stdout).toContain("--accept 'input/routing-kind-not-read=REASON'");
    const { stderr } = await runCli(['explain', 'documents/invalid-yml'], { cwd });
    expect(stderr).toContain('did you mean documents/invalid-yaml?');
  });

  test('explain prints a code as the page of the docs has it', async () => {
    const { stdout } = await runCli(['explain', 'istio/prefix-by-segment', '-o', 'markdown'], { cwd });
    expect(stdout).toMatch(/^### istio\/prefix-by-segment\n/);
    expect(readFileSync('docs/diagnostics.md', 'utf8')).toContain(stdout);
  });

  test('explain says what a finding may change, and what it means that none is accepted', async () => {
    expect((await runCli(['explain', 'istio/prefix-by-segment'], { cwd })).stdout).toMatch(/^may change: \S/m);
    const { stdout } = await runCli(['explain', 'documents/ambiguous-scalar'], { cwd });
    expect(stdout).toMatch(/^accepting: {2}it cannot be accepted$/m);
  });

  test('explain --matrix prints every kind in each format', async () => {
    for (const output of ['text', 'markdown', 'json']) {
      const { exitCode, stdout } = await runCli(['explain', '--matrix', '-o', output], { cwd });
      expect(exitCode).toBe(0);
      expect(stdout).toContain('networking.istio.io/VirtualService');
      expect(stdout).toContain('networking.k8s.io/Ingress');
      expect(stdout).toContain('gateway.networking.k8s.io/HTTPRoute');
    }
  });

  test('a broken pass of ours ends with 1', async () => {
    const world = { cwd: makeFolder({ a: '' }) };
    const { exitCode, stderr } = await runCli(['convert', `${world.cwd}\0`], world);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('internal/crash');
  });
});
