import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { makeFolder, runCli, shop, surroundings } from './fake-world.ts';

const input = `${shop('a.example.com')}---\n${surroundings}`;

async function traceIn(files: Readonly<Record<string, string>>, ...argv: readonly string[]) {
  const cwd = makeFolder({ 'a.yaml': input, ...files });
  return { cwd, ...(await runCli(['trace', ...argv], { cwd })) };
}

describe('trace', () => {
  test('names the rule, the backend, what it sees, and why earlier rules do not answer', async () => {
    const { exitCode, stdout, stderr } = await traceIn(
      {},
      'a.yaml',
      'GET http://a.example.com/x/../y?z=1',
      '-H',
      'X-A: b',
    );
    expect(stdout).toBe(`GET http://a.example.com/x/../y?z=1 → shop/web:8080
  rule:  a.yaml:14:5  VirtualService shop/shop  spec.http[1]
  at:    gateway istio=ingressgateway:80/a.example.com (istio-gateway)
  sends: GET /y?z=1, host a.example.com
         x-a: b
  not:   a.yaml:11  path /y is not /cart
`);
    expect(stderr).toMatch(/^\d+ more findings? about the input \(-v shows them\)\n$/);
    expect(exitCode).toBe(0);
  });

  test('a host that nothing serves is an answer', async () => {
    const { exitCode, stdout } = await traceIn({}, 'a.yaml', 'http://b.example.com/');
    expect(stdout).toContain('→ status 404\n  at:    no host serves b.example.com on port 80');
    expect(exitCode).toBe(0);
    const other = await traceIn({}, 'a.yaml', 'http://a.example.com:8080/');
    expect(other.stdout).toContain('it is served on 80');
  });

  test.each([
    [['a.yaml']],
    [['a.yaml', 'http://a.example.com:0/']],
    [['a.yaml', 'http://a.example.com/', 'http://b.example.com/']],
    [['a.yaml', 'http://a.example.com/', '--cases', 'c.yaml']],
    [['a.yaml', 'http://a.example.com/', '-H', 'nocolon']],
    [['a.yaml', 'http://a.example.com/', '--port', '0']],
    [['a.yaml', 'http://a.example.com/', '--semantics', 'envoy']],
    [['a.yaml', 'http://a.example.com/', '-o', 'json', '--report', 'json']],
    [['a.yaml', 'http://a.example.com/', '--report', 'junit']],
    [['a.yaml', '--cases', 'c.yaml', '--port', '80']],
    [['-', 'http://a.example.com/', '--against', '-']],
  ])('%j cannot be followed', async (argv) => {
    expect((await traceIn({}, ...argv)).exitCode).toBe(64);
  });

  test('what a conversion would lose is no fault of an answer; what is not evaluated is said', async () => {
    const policy = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: only, namespace: shop}
spec: {rules: [{from: [{source: {namespaces: [a]}}]}]}
`;
    const { exitCode, stderr } = await traceIn({ 'p.yaml': policy }, 'a.yaml', 'p.yaml', 'http://a.example.com/', '-v');
    expect(stderr).toContain('AuthorizationPolicy shop/only decides who gets in, which is not evaluated here');
    expect(stderr).not.toContain('error[');
    expect(exitCode).toBe(0);
  });

  test('what is not read of the host that answers is said without asking', async () => {
    const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: i, namespace: shop}
spec:
  ingressClassName: public
  rules:
  - host: bucket.example.com
    http:
      paths:
      - {path: /files, pathType: Prefix, backend: {resource: {apiGroup: a.com, kind: Bucket, name: b}}}
      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 8080}}}}
`;
    const met = await traceIn({ 'i.yaml': ingress }, 'a.yaml', 'i.yaml', 'http://bucket.example.com/files');
    expect(met.stderr).toContain('warning[ingress/resource-backend]: the backend is Bucket b');
    expect(met.exitCode).toBe(0);
    const other = await traceIn({ 'i.yaml': ingress }, 'a.yaml', 'i.yaml', 'http://a.example.com/');
    expect(other.stderr).not.toContain('resource-backend');
  });

  test('broken input ends with 3, a missing one with 1', async () => {
    const broken = await traceIn({ 'b.yaml': 'a: [' }, 'a.yaml', 'b.yaml', 'http://a.example.com/');
    expect(broken.stderr).toContain('error[documents/invalid-yaml]');
    expect(broken.stdout).toContain('→ shop/web:8080');
    expect(broken.exitCode).toBe(3);
    expect((await traceIn({}, 'none.yaml', 'http://a.example.com/')).exitCode).toBe(1);
    expect((await traceIn({}, 'a.yaml', '--cases', 'none.yaml')).exitCode).toBe(1);
  });

  test('--against shows both sides; our own output is read', async () => {
    const cwd = makeFolder({ 'a.yaml': input });
    await runCli(['convert', 'a.yaml', '--profile', 'standard', '--out', 'out.yaml'], { cwd });
    const request = ['a.yaml', 'http://a.example.com/cart', '--against', 'out.yaml'];
    const { exitCode, stdout } = await runCli(['trace', ...request], { cwd });
    expect(stdout.match(/→ shop\/cart:8080/g)?.length).toBe(2);
    expect(stdout).toContain('agrees with:');
    expect(exitCode).toBe(0);
  });
});

describe('trace --cases', () => {
  const cases = (...rows: readonly string[]) => `version: 1\ncases:\n${rows.map((row) => `  - ${row}\n`).join('')}`;
  const web = '{name: web, request: {url: "http://a.example.com/"}, expect: {backends: {"shop/web:8080": 100}}}';

  test('passes where every request meets what it must', async () => {
    const { exitCode, stdout } = await traceIn({ 'c.yaml': cases(web) }, 'a.yaml', '--cases', 'c.yaml');
    expect(stdout).toBe('ok    web\n1 of 1 case pass\n');
    expect(exitCode).toBe(0);
  });

  test('a report without a path takes the place of the text', async () => {
    const { stdout } = await traceIn({ 'c.yaml': cases(web) }, 'a.yaml', '--cases', 'c.yaml', '--report', 'junit');
    expect(stdout).toMatch(/^<\?xml[\s\S]*<testcase classname="c.yaml" name="web"\/>[\s\S]*<\/testsuites>\n$/);
  });

  test('a mismatch ends with 3 and says what was met', async () => {
    const wrong = web.replace('shop/web:8080', 'shop/cart:8080').replace('name: web', 'name: "<wrong> & \\"odd\\""');
    const { cwd, exitCode, stdout } = await traceIn(
      { 'c.yaml': cases(web, wrong) },
      ...['a.yaml', '--cases', 'c.yaml', '--report', 'junit=j.xml', '--report', 'json=r.json'],
    );
    expect(stdout).toContain(
      'FAIL  <wrong> & "odd"  c.yaml:4\n  outcome: expected shop/cart:8080, met shop/web:8080\n',
    );
    expect(exitCode).toBe(3);
    const junit = readFileSync(`${cwd}/j.xml`, 'utf8');
    expect(junit).toContain('<testsuite name="cases" tests="2" failures="1" errors="0">');
    expect(junit).toContain('name="&lt;wrong&gt; &amp; &quot;odd&quot;"');
    expect(JSON.parse(readFileSync(`${cwd}/r.json`, 'utf8')).summary).toEqual({ cases: 2, passed: 1, failed: 1 });
  });

  test('cases lie beside their input, and hold for both sides of --against', async () => {
    const { exitCode, stdout } = await traceIn(
      { 'c.yaml': cases(web), 'other/b.yaml': surroundings },
      ...['a.yaml', 'c.yaml', '--cases', 'c.yaml', '--against', 'other'],
    );
    expect(stdout).toContain('outcome: expected shop/web:8080, met status 404 in the configuration of --against\n');
    expect(exitCode).toBe(3);
  });

  test('the example of the README passes', async () => {
    const text = readFileSync('README.md', 'utf8');
    const [, example = ''] = /```yaml\n(version: 1\n[\s\S]*?)```/.exec(text) ?? [];
    const cwd = makeFolder({ 'c.yaml': example });
    const { exitCode, stdout } = await runCli(['trace', `${process.cwd()}/examples/istio-shop`, '--cases', 'c.yaml'], {
      cwd,
    });
    expect(stdout).toContain('1 of 1 case pass');
    expect(exitCode).toBe(0);
  });

  test.each([
    ['version: 1\ncase: []', 'unknown key "case"; did you mean "cases"?', 'c.yaml:2:7'],
    [cases(web.replace('expect', 'expects')), 'did you mean "expect"?', 'c.yaml:3:'],
    [cases(web.replace('url:', 'uri:')), 'did you mean "url"?', 'c.yaml:3:'],
    [cases(web.replace('http://a', 'ftp://a')), 'starts with http', 'c.yaml:3:'],
    [
      cases(web.replace('shop/web:8080', 'web')),
      'another form than it should; an example is shop/web:8080',
      'c.yaml:3:',
    ],
    ['', 'it is empty', 'c.yaml:1:1'],
  ])('%j is an error with its place', async (text, message, place) => {
    const { exitCode, stdout, stderr } = await traceIn({ 'c.yaml': text }, 'a.yaml', '--cases', 'c.yaml');
    expect(stderr).toContain(message);
    expect(stderr).toContain(`--> ${place}`);
    expect(stdout).toBe('');
    expect(exitCode).toBe(3);
  });
});

describe('trace -o json', () => {
  const ajv = new Ajv({ strict: false, allowUnionTypes: true });
  for (const name of ['envelope', 'trace']) {
    ajv.addSchema(JSON.parse(readFileSync(`schemas/output/${name}.json`, 'utf8')), `${name}.json`);
  }
  const read = (text: string) => {
    const report = JSON.parse(text);
    ajv.validate('trace.json', report);
    expect(ajv.errors ?? []).toEqual([]);
    return report;
  };

  test('is one document of the published schema', async () => {
    const { exitCode, stdout } = await traceIn({}, 'a.yaml', 'http://a.example.com/', '-o', 'json');
    const report = read(stdout);
    expect(report).toMatchObject({ schemaVersion: 1, command: 'trace', exitCode: 0 });
    expect(report.result).toMatchObject({
      request: { method: 'GET', host: 'a.example.com', port: 80, path: '/' },
      matched: {
        origin: { resource: { kind: 'VirtualService', name: 'shop' }, path: 'spec.http[1]', span: { line: 14 } },
      },
      outcome: { backends: [{ name: 'shop/web:8080', fraction: '1/1' }] },
      upstream: { method: 'GET', host: 'a.example.com', path: '/', headers: {} },
      skipped: [{ failed: 'path / is not /cart' }],
    });
    expect(exitCode).toBe(0);
  });

  test('holds both sides, cases, and what went wrong', async () => {
    const empty = { 'b.yaml': surroundings, 'c.yaml': 'version: 1\ncases: []', 'oops.yaml': 'oops: 1' };
    const both = await traceIn(empty, 'a.yaml', 'http://a.example.com/', '--against', 'b.yaml', '--report', 'json');
    expect(read(both.stdout).result).toMatchObject({
      against: { matched: null, outcome: { status: 404 }, agrees: false },
    });
    expect(both.exitCode).toBe(0);
    expect(read((await traceIn(empty, 'a.yaml', '--cases', 'c.yaml', '-o', 'json')).stdout).result).toEqual({
      cases: [],
    });
    const wrong = await traceIn(empty, 'a.yaml', 'http://a.example.com/', '--config', 'oops.yaml', '-o', 'json');
    expect(read(wrong.stdout)).toMatchObject({
      exitCode: 3,
      result: {},
      diagnostics: [{ code: 'settings/unknown-key' }],
    });
  });

  test('the published schema of cases is valid', () => {
    expect(ajv.validateSchema(JSON.parse(readFileSync('schemas/cases.schema.json', 'utf8')))).toBe(true);
  });
});

test('--explain-model needs no input', async () => {
  const { exitCode, stdout } = await traceIn({}, '--explain-model');
  expect(stdout).toContain('What a request is:\n  path');
  expect(stdout).toContain('istio-sidecar: Istio in a sidecar');
  expect(stdout).not.toMatch(/[`*]/);
  expect(exitCode).toBe(0);
});

test('a subset and the Service that stands for it agree', async () => {
  const subsets = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: web, namespace: shop}
spec: {host: web, subsets: [{name: v1, labels: {version: v1}}]}
---
`;
  const split = input.replace('{host: web, port', '{host: web, subset: v1, port');
  const cwd = makeFolder({ 'a.yaml': subsets + split });
  await runCli(['convert', 'a.yaml', '--out', 'out.yaml'], { cwd });
  const { stdout } = await runCli(['trace', 'a.yaml', 'http://a.example.com/', '--against', 'out.yaml'], { cwd });
  expect(stdout).toMatch(/→ shop\/web:8080@v1\n[\s\S]*agrees with:\n[\s\S]*→ shop\/web-v1:8080\n/);
});

test('colours come on request only, and names from the input paint nothing', async () => {
  const { stdout } = await traceIn({}, 'a.yaml', 'http://a.example.com/', '-H', 'x: \u009b31m', '--color', 'always');
  expect(stdout).toContain('\u001b[1m');
  expect(stdout).toContain('x: \\x9b31m');
});
