import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { load, loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { makeFolder, runCli, shop, surroundings } from './fake-world.ts';

const good = `${shop('a.example.com')}---\n${surroundings}`;
const rewriting = shop('b.example.com', { name: 'rewriting', extra: '    rewrite: {uri: /moved}\n' });
const slow = shop('c.example.com', { name: 'slow', extra: '    timeout: 5s\n' });
const setting = shop('d.example.com', {
  name: 'setting',
  extra: '    headers: {request: {set: {x-user: anonymous}}}\n',
});

const names = (text: string) => loadAll(text).flatMap((object) => hostnamesOf(object));

function hostnamesOf(object: unknown): readonly string[] {
  return (object as { spec?: { hostnames?: string[] } }).spec?.hostnames ?? [];
}

describe('the product', () => {
  test.each(['lattice', 'standard'])('profile %s: manifests on stdout, everything else on stderr', async (profile) => {
    const { exitCode, stdout, stderr } = await runCli(['convert', 'a.yaml', '--profile', profile], {
      cwd: makeFolder({ 'a.yaml': good }),
    });
    expect(exitCode).toBe(0);
    expect(names(stdout)).toContain('a.example.com');
    expect(stderr).toContain('1 of 1 host written');
    expect(stderr).toMatch(/Istio: 2 objects/);
  });

  test('-o json is one List of the same objects', async () => {
    const cwd = makeFolder({ 'a.yaml': good });
    const yaml = await runCli(['convert', 'a.yaml'], { cwd });
    const json = await runCli(['convert', 'a.yaml', '-o', 'json'], { cwd });
    expect(JSON.parse(json.stdout)).toEqual({ apiVersion: 'v1', kind: 'List', items: loadAll(yaml.stdout) });
  });

  test('stdin gives what the file gives', async () => {
    const cwd = makeFolder({ 'a.yaml': good });
    const fromFile = await runCli(['convert', 'a.yaml'], { cwd });
    expect((await runCli(['convert', '-'], { cwd, stdin: good })).stdout).toBe(fromFile.stdout);
    expect((await runCli(['convert'], { cwd, stdin: good })).stdout).toBe(fromFile.stdout);
  });

  test('the order of files and documents changes no byte', async () => {
    const objects = [...good.split('---\n'), slow];
    const forwards = makeFolder({ 'a.yaml': objects.join('---\n') });
    const backwards = makeFolder(
      Object.fromEntries([...objects].reverse().map((text, index) => [`${index}.yaml`, text])),
    );
    const first = await runCli(['convert', '.'], { cwd: forwards });
    expect(first.exitCode).toBe(0);
    expect((await runCli(['convert', '.'], { cwd: backwards })).stdout).toBe(first.stdout);
  });

  test('--to ir prints the routing model with origins as short strings', async () => {
    const cwd = makeFolder({ 'a.yaml': good });
    const { exitCode, stdout } = await runCli(['convert', 'a.yaml', '--to', 'ir'], { cwd });
    expect(exitCode).toBe(0);
    const model = load(stdout) as { virtualHosts: { origin: string; rules: unknown[] }[] };
    expect(model.virtualHosts[0]?.rules).toHaveLength(2);
    expect(model.virtualHosts[0]?.origin).toMatch(/^a\.yaml:\d+:\d+$/);
    expect(JSON.parse((await runCli(['convert', 'a.yaml', '--to', 'ir', '-o', 'json'], { cwd })).stdout)).toEqual(
      model,
    );
  });
});

describe('an input without hosts', () => {
  const gateway = 'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g}\nspec: ';
  const listeners = '{gatewayClassName: c, listeners: [{name: http, port: 80, protocol: HTTP}]}\n';
  const tcp = shop('a.example.com').replace(/^ {2}http:[\s\S]*/m, '  tcp: [{route: [{destination: {host: cart}}]}]\n');

  test('is not counted as zero of zero', async () => {
    const cwd = makeFolder({ 'a.yaml': `${gateway}${listeners}`, 'tcp.yaml': `${tcp}---\n${surroundings}` });
    const run = async (...args: string[]) => (await runCli(args, { cwd })).stderr;
    expect(await run('convert', 'a.yaml', '--profile', 'standard')).toContain(
      'No host is served; 1 resource written:\n',
    );
    expect(await run('convert', 'a.yaml')).toContain('No host is served; nothing is written:\n');
    expect(await run('validate', 'a.yaml')).toContain('No host is served:\n');
    const withheld = await run('convert', 'tcp.yaml');
    expect(withheld).toContain('Withheld because of errors:\n  the input: istio/l4-route-not-translated\n');
    expect(withheld).not.toContain('0 of 0');
  });
});

describe('errors', () => {
  const files = { 'a.yaml': `${good}---\n${rewriting}` };

  test('withhold everything, with the next commands ready to paste', async () => {
    const { exitCode, stdout, stderr } = await runCli(['convert', 'a.yaml'], { cwd: makeFolder(files) });
    expect(exitCode).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).toContain('error[gateway-api/rewrite-lost]');
    expect(stderr).toContain('VirtualService shop/rewriting  spec.http[1]');
    expect(stderr).toContain('1 of 2 hosts can be written');
    expect(stderr).toContain('  1 host: gateway-api/rewrite-lost\n');
    expect(stderr).toContain('  latticectl convert a.yaml --partial\n');
    expect(stderr).toContain('  latticectl convert a.yaml --accept gateway-api/rewrite-lost=REASON\n');
  });

  test('--partial writes the other hosts and still ends with 3', async () => {
    const { exitCode, stdout } = await runCli(['convert', 'a.yaml', '--partial'], { cwd: makeFolder(files) });
    expect(exitCode).toBe(3);
    expect(names(stdout)).toEqual(['a.example.com']);
  });

  test('an accepted loss is written and said', async () => {
    const cwd = makeFolder(files);
    const { exitCode, stdout, stderr } = await runCli(
      ['convert', 'a.yaml', '--accept', 'gateway-api/rewrite-lost@VirtualService/shop/rewriting=the app knows both'],
      { cwd },
    );
    expect(exitCode).toBe(0);
    expect(names(stdout).sort()).toEqual(['a.example.com', 'b.example.com']);
    expect(stderr).toContain('accepted: the app knows both');
    const other = ['convert', 'a.yaml', '--accept', 'gateway-api/rewrite-lost@VirtualService/shop/shop=wrong object'];
    expect((await runCli(other, { cwd })).exitCode).toBe(3);
  });

  test('an annotation and the settings accept too', async () => {
    const annotated = rewriting.replace(
      '  namespace: shop\n',
      '  namespace: shop\n  annotations: {latticectl/accept: gateway-api/rewrite-lost=known}\n',
    );
    const cwd = makeFolder({ 'a.yaml': `${good}---\n${annotated}` });
    expect((await runCli(['convert', 'a.yaml'], { cwd })).exitCode).toBe(0);
    const settings = 'accept: [{code: gateway-api/rewrite-lost, object: VirtualService/shop/rewriting, reason: known}]';
    const withSettings = makeFolder({ ...files, 'latticectl.yaml': settings });
    expect((await runCli(['convert', 'a.yaml'], { cwd: withSettings })).exitCode).toBe(0);
  });

  test('a security loss is accepted for one object only', async () => {
    const cwd = makeFolder({ 'a.yaml': `${setting}---\n${surroundings}` });
    const code = 'gateway-api/request-headers-lost';
    expect((await runCli(['convert', 'a.yaml'], { cwd })).exitCode).toBe(3);
    expect((await runCli(['convert', 'a.yaml', '--accept', `${code}=known`], { cwd })).exitCode).toBe(64);
    const named = ['convert', 'a.yaml', '--accept', `${code}@VirtualService/shop/setting=known`];
    expect((await runCli(named, { cwd })).exitCode).toBe(0);
  });

  test('severities change reports and exit codes, never what is written', async () => {
    const cwd = makeFolder({ ...files, 'latticectl.yaml': 'severities: {gateway-api/rewrite-lost: info}' });
    const { exitCode, stdout, stderr } = await runCli(['convert', 'a.yaml'], { cwd });
    expect(stdout).toBe('');
    expect(stderr).toContain('info[gateway-api/rewrite-lost]');
    expect(exitCode).toBe(0);
  });
});

describe('warnings', () => {
  const files = { 'a.yaml': `${slow}---\n${surroundings}` };

  test('are written with 0, with 3 under --fail-on, and withheld under --strict', async () => {
    const cwd = makeFolder(files);
    const plain = await runCli(['convert', 'a.yaml'], { cwd });
    expect(plain.exitCode).toBe(0);
    expect(plain.stderr).toContain('warning[gateway-api/timeout-lost]');
    const failing = await runCli(['convert', 'a.yaml', '--fail-on', 'warning'], { cwd });
    expect(failing.exitCode).toBe(3);
    expect(failing.stdout).toBe(plain.stdout);
    const strict = await runCli(['convert', 'a.yaml', '--strict'], { cwd });
    expect(strict.exitCode).toBe(3);
    expect(strict.stdout).toBe('');
    expect(strict.stderr).toContain('error[gateway-api/timeout-lost]');
  });

  test('-q leaves out infos and the summary, never warnings', async () => {
    const { stderr } = await runCli(['convert', 'a.yaml', '-q'], { cwd: makeFolder(files) });
    expect(stderr).toContain('warning[');
    expect(stderr).not.toMatch(/info\[|host written/);
  });
});

describe('--out', () => {
  test('a file is written whole and nothing is left beside it', async () => {
    const cwd = makeFolder({ 'a.yaml': good });
    const { stdout, stderr } = await runCli(['convert', 'a.yaml', '--out', 'out.yaml'], { cwd });
    expect(stdout).toBe('');
    expect(stderr).toContain('wrote out.yaml');
    expect(readFileSync(`${cwd}/out.yaml`, 'utf8')).toBe((await runCli(['convert', 'a.yaml'], { cwd })).stdout);
    expect(readdirSync(cwd).sort()).toEqual(['a.yaml', 'out.yaml']);
  });

  test.each(['none', 'namespace', 'resource'])('--split %s gives files that hold the same objects', async (split) => {
    const cwd = makeFolder({ 'a.yaml': good });
    const { exitCode } = await runCli(['convert', 'a.yaml', '--out', 'out/', '--split', split], { cwd });
    expect(exitCode).toBe(0);
    const written = readdirSync(`${cwd}/out`).flatMap((name) => loadAll(readFileSync(`${cwd}/out/${name}`, 'utf8')));
    const whole = loadAll((await runCli(['convert', 'a.yaml'], { cwd })).stdout);
    const sorted = (objects: readonly unknown[]) => objects.map((object) => JSON.stringify(object)).sort();
    expect(sorted(written)).toEqual(sorted(whole));
  });

  test('only stale files of our own are removed', async () => {
    const cwd = makeFolder({ 'a.yaml': good, 'out/mine.yaml': 'kind: A\n', 'elsewhere.yaml': '' });
    const resource = ['--out', 'out/', '--split', 'resource'];
    await runCli(['convert', 'a.yaml', ...resource], { cwd });
    const [stale = ''] = readdirSync(`${cwd}/out`).filter((name) => name !== 'mine.yaml');
    const own = readFileSync(`${cwd}/out/${stale}`, 'utf8');
    writeFileSync(`${cwd}/elsewhere.yaml`, own);
    symlinkSync(`${cwd}/elsewhere.yaml`, `${cwd}/out/link.yaml`);
    writeFileSync(`${cwd}/out/old.yaml`, own);
    writeFileSync(`${cwd}/out/mixed.yaml`, `${own}---\nkind: A\n`);
    await runCli(['convert', 'a.yaml', ...resource], { cwd });
    const left = readdirSync(`${cwd}/out`);
    expect(left).not.toContain('old.yaml');
    expect(left).toEqual(expect.arrayContaining(['mine.yaml', 'mixed.yaml', 'link.yaml', stale]));
    expect(readFileSync(`${cwd}/elsewhere.yaml`, 'utf8')).toBe(own);
  });

  test('a folder in place of a file is named, and nothing is written', async () => {
    const cwd = makeFolder({ 'a.yaml': good, 'out/gateway-api.yaml/x': '' });
    const { exitCode, stderr } = await runCli(['convert', 'a.yaml', '--out', 'out/'], { cwd });
    expect(stderr).toContain('error: cannot write out/: gateway-api.yaml is a folder; move it');
    expect(exitCode).toBe(1);
  });

  test.each([
    ['that is not ours', 'kind: A\n'],
    ['to which something was added', undefined],
  ])('a file of the directory %s is not overwritten', async (_, text) => {
    const cwd = makeFolder({ 'a.yaml': good });
    const argv = ['convert', 'a.yaml', '--out', 'out/'];
    await runCli(argv, { cwd });
    const path = `${cwd}/out/gateway-api.yaml`;
    const kept = text ?? `${readFileSync(path, 'utf8')}---\nkind: A\n`;
    writeFileSync(path, kept);
    const { exitCode, stderr } = await runCli(argv, { cwd });
    expect(stderr).toContain(
      'error: cannot write out/: gateway-api.yaml holds something that latticectl did not write',
    );
    expect(exitCode).toBe(1);
    expect(readFileSync(path, 'utf8')).toBe(kept);
    expect(readdirSync(`${cwd}/out`)).toEqual(['gateway-api.yaml']);
    writeFileSync(path, '');
    expect((await runCli(argv, { cwd })).exitCode).toBe(0);
  });

  test('a link at the place of a file is replaced, not followed', async () => {
    const cwd = makeFolder({ 'a.yaml': good, 'precious.yaml': 'keep', 'out/x': '' });
    symlinkSync(`${cwd}/precious.yaml`, `${cwd}/out/gateway-api.yaml`);
    await runCli(['convert', 'a.yaml', '--out', 'out/'], { cwd });
    expect(readFileSync(`${cwd}/precious.yaml`, 'utf8')).toBe('keep');
    expect(readFileSync(`${cwd}/out/gateway-api.yaml`, 'utf8')).toContain('a.example.com');
  });

  test('nothing is touched when everything is withheld, nothing is removed when some hosts are', async () => {
    const cwd = makeFolder({ 'a.yaml': good, 'b.yaml': `${good}---\n${rewriting}` });
    const split = ['--out', 'out/', '--split', 'resource'];
    await runCli(['convert', 'b.yaml', ...split, '--accept', 'gateway-api/rewrite-lost=known'], { cwd });
    const before = readdirSync(`${cwd}/out`);
    await runCli(['convert', 'b.yaml', ...split], { cwd });
    await runCli(['convert', 'b.yaml', ...split, '--partial'], { cwd });
    expect(readdirSync(`${cwd}/out`)).toEqual(before);
    await runCli(['convert', 'a.yaml', ...split], { cwd });
    expect(readdirSync(`${cwd}/out`).length).toBeLessThan(before.length);
  });

  test('a place that cannot be written ends with 1, a directory without its slash with 64', async () => {
    const cwd = makeFolder({ 'a.yaml': good, 'dir/x': '' });
    const missing = await runCli(['convert', 'a.yaml', '--out', 'none/out.yaml'], { cwd });
    expect(missing.exitCode).toBe(1);
    expect(missing.stderr).toContain('cannot write none/out.yaml');
    const slashless = await runCli(['convert', 'a.yaml', '--out', 'dir'], { cwd });
    expect(slashless).toEqual({
      exitCode: 64,
      stdout: '',
      stderr: 'error: --out dir is a directory; write it with a / at the end\n',
    });
    expect(existsSync(`${cwd}/none`)).toBe(false);
    const taken = await runCli(['convert', 'a.yaml', '--out', 'a.yaml/'], { cwd });
    expect(taken.stderr).toContain('cannot write a.yaml/: a file stands there already');
    expect(taken.exitCode).toBe(1);
    const report = await runCli(['validate', 'a.yaml', '--report', 'json=dir'], { cwd });
    expect(report.stderr).toContain('error: cannot write dir: is a directory');
    expect(report.exitCode).toBe(1);
  });

  test('what could not be written is not said to be', async () => {
    const cwd = makeFolder({ 'a.yaml': good });
    const argv = ['convert', 'a.yaml', '--out', 'none/out.yaml', '--report', 'json=r.json'];
    const { exitCode, stderr } = await runCli(argv, { cwd });
    const report = JSON.parse(readFileSync(`${cwd}/r.json`, 'utf8'));
    expect(exitCode).toBe(1);
    expect(stderr).not.toContain('written');
    expect(report).toMatchObject({ exitCode: 1, summary: { emitted: 0 } });
    expect(report.result.hosts).toMatchObject([{ emitted: false }]);
  });
});

describe('the next commands', () => {
  test('never accept what goes away with its cause', async () => {
    const wild = shop("'*.example.com'", { name: 'wild' });
    const withheld = shop('b.example.com', {
      name: 'withheld',
      extra: '    rewrite: {uriRegexRewrite: {match: a, rewrite: b}}\n',
    });
    const cwd = makeFolder({ 'a.yaml': `${wild}---\n${withheld}---\n${surroundings}` });
    const { stderr } = await runCli(['convert', 'a.yaml', '--profile', 'standard', '--partial'], { cwd });
    expect(stderr).toContain('1 host: input/wider-host-would-answer');
    const next = stderr.slice(stderr.indexOf('Next:'));
    expect(next).toContain('--accept');
    expect(next).not.toContain('wider-host-would-answer');
  });
});

describe('--report json', () => {
  const ajv = new Ajv({ strict: false });
  for (const name of ['envelope', 'convert', 'validate']) {
    ajv.addSchema(JSON.parse(readFileSync(`schemas/output/${name}.json`, 'utf8')), `${name}.json`);
  }
  const check = (name: string, report: unknown) => {
    ajv.validate(`${name}.json`, report);
    expect(ajv.errors ?? []).toEqual([]);
  };
  const files = { 'a.yaml': `${good}---\n${rewriting}---\n${slow}` };

  test('a file holds the envelope, whose schema is published', async () => {
    const cwd = makeFolder(files);
    const { stdout } = await runCli(['convert', 'a.yaml', '--partial', '--report', 'json=r.json'], { cwd });
    const report = JSON.parse(readFileSync(`${cwd}/r.json`, 'utf8'));
    check('convert', report);
    expect(report).toMatchObject({ schemaVersion: 1, command: 'convert', exitCode: 3 });
    expect(report.summary).toMatchObject({ hosts: 3, emitted: 2, withheld: 1 });
    expect(names(stdout).sort()).toEqual(['a.example.com', 'c.example.com']);
    const finding = report.diagnostics.find(({ code }: { code: string }) => code === 'gateway-api/rewrite-lost');
    expect(finding).toMatchObject({
      severity: 'error',
      resource: { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', namespace: 'shop', name: 'rewriting' },
      span: { file: 'a.yaml' },
    });
  });

  test('without a path it is the one document on stdout of validate, and on stderr of convert', async () => {
    const cwd = makeFolder(files);
    const validated = await runCli(['validate', 'a.yaml', '--report', 'json'], { cwd });
    check('validate', JSON.parse(validated.stdout));
    expect(validated.exitCode).toBe(3);
    expect(JSON.parse((await runCli(['validate', 'a.yaml', '-o', 'json'], { cwd })).stdout).command).toBe('validate');
    const converted = await runCli(['convert', 'a.yaml', '--partial', '--report', 'json'], { cwd });
    check('convert', JSON.parse(converted.stderr));
    expect(names(converted.stdout)).toContain('a.example.com');
  });

  test('json=- is the one document on stdout where the product goes to a file', async () => {
    const cwd = makeFolder(files);
    const converted = await runCli(['convert', 'a.yaml', '--partial', '--out', 'o.yaml', '--report', 'json=-'], {
      cwd,
    });
    check('convert', JSON.parse(converted.stdout));
    expect(converted.exitCode).toBe(3);
    expect(names(readFileSync(`${cwd}/o.yaml`, 'utf8'))).toContain('a.example.com');
    const validated = await runCli(['validate', 'a.yaml', '-o', 'json', '--report', 'json=-'], { cwd });
    check('validate', JSON.parse(validated.stdout));
  });

  test('a fingerprint outlives moved lines and a repeated run', async () => {
    const prints = async (text: string) => {
      const { stdout } = await runCli(['validate', 'a.yaml', '-o', 'json'], { cwd: makeFolder({ 'a.yaml': text }) });
      return JSON.parse(stdout).diagnostics.map(({ fingerprint }: { fingerprint: string }) => fingerprint);
    };
    expect(await prints(`# moved\n\n${files['a.yaml']}`)).toEqual(await prints(files['a.yaml']));
  });

  test('is written for wrong settings too', async () => {
    const cwd = makeFolder({ ...files, 'latticectl.yaml': 'oops: 1' });
    const { exitCode, stdout } = await runCli(['validate', 'a.yaml', '-o', 'json'], { cwd });
    expect(exitCode).toBe(3);
    check('validate', JSON.parse(stdout));
    expect(JSON.parse(stdout).diagnostics[0].code).toBe('settings/unknown-key');
  });
});
