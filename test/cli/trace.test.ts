import { readFileSync } from 'node:fs';
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
  ])('%j cannot be followed', async (argv) => {
    expect((await traceIn({}, ...argv)).exitCode).toBe(64);
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

  test.each([
    ['version: 1\ncase: []', 'unknown key "case"; did you mean "cases"?', 'c.yaml:2:7'],
    [cases(web.replace('expect', 'expects')), 'did you mean "expect"?', 'c.yaml:3:'],
    [cases(web.replace('url:', 'uri:')), 'did you mean "url"?', 'c.yaml:3:'],
    [cases(web.replace('http://a', 'ftp://a')), 'starts with http', 'c.yaml:3:'],
    [cases(web.replace('shop/web:8080', 'web')), 'not of the form', 'c.yaml:3:'],
    ['', 'it is empty', 'c.yaml:1:1'],
  ])('%j is an error with its place', async (text, message, place) => {
    const { exitCode, stdout, stderr } = await traceIn({ 'c.yaml': text }, 'a.yaml', '--cases', 'c.yaml');
    expect(stderr).toContain(message);
    expect(stderr).toContain(`--> ${place}`);
    expect(stdout).toBe('');
    expect(exitCode).toBe(3);
  });
});
