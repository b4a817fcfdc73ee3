import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { makeFolder, runCli, surroundings } from './fake-world.ts';

const routes = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: shop, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [edge]
  http:
  - match:
    - uri: {exact: '/a"b<d>'}
      method: {exact: POST}
    - uri: {prefix: /cart}
      headers: {x-canary: {exact: 'true'}}
    route:
    - destination: {host: cart, port: {number: 8080}}
      weight: 90
    - destination: {host: web, port: {number: 8080}}
      weight: 10
    mirror: {host: web, port: {number: 8080}}
  - match:
    - uri: {exact: /old}
    redirect: {uri: /new, authority: new.example.com}
  - match:
    - uri: {regex: '/x\\d+'}
    directResponse: {status: 404}
  - match:
    - uri: {prefix: /}
      withoutHeaders: {x-internal: {}}
    route:
    - destination: {host: web, port: {number: 8080}}
`;

const folder = () => makeFolder({ 'routes.yaml': routes, 'around.yaml': surroundings });

describe('graph', () => {
  test('draws host, rule and weighted backend as Mermaid, with redirects and fixed answers', async () => {
    const { stdout, exitCode } = await runCli(['graph', '.'], { cwd: folder() });
    expect(exitCode).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "flowchart LR
        h1(["shop.example.com<br/>istio=ingressgateway, HTTP 80"])
        h1r1["POST /a#34;b#60;d#62;<br/>/cart* and header x-canary: true"]
        h1 --> h1r1
        h1r2["/old"]
        h1 --> h1r2
        h1r3["~ /x#92;d+"]
        h1 --> h1r3
        h1r4["header x-internal absent"]
        h1 --> h1r4
        h1r0["no rule"]
        h1 --> h1r0
        t1[["shop/cart:8080"]]
        t2[["shop/web:8080"]]
        t3>"redirect 301 to new.example.com, path to /new"]
        t4{{"status 404"}}
        h1r1 -->|"90 %"| t1
        h1r1 -->|"10 %"| t2
        h1r1 -.->|"mirror"| t2
        h1r2 --> t3
        h1r3 --> t4
        h1r4 --> t2
        h1r0 --> t4
      "
    `);
  });

  test('draws the same for Graphviz', async () => {
    const { stdout } = await runCli(['graph', '.', '-o', 'dot'], { cwd: folder() });
    expect(stdout).toMatchInlineSnapshot(`
      "digraph routes {
        rankdir=LR;
        node [shape=box];
        h1 [label="shop.example.com\\nistio=ingressgateway, HTTP 80", shape=ellipse];
        h1r1 [label="POST /a\\"b<d>\\n/cart* and header x-canary: true"];
        h1 -> h1r1;
        h1r2 [label="/old"];
        h1 -> h1r2;
        h1r3 [label="~ /x\\\\d+"];
        h1 -> h1r3;
        h1r4 [label="header x-internal absent"];
        h1 -> h1r4;
        h1r0 [label="no rule"];
        h1 -> h1r0;
        t1 [label="shop/cart:8080", shape=component];
        t2 [label="shop/web:8080", shape=component];
        t3 [label="redirect 301 to new.example.com, path to /new", shape=cds];
        t4 [label="status 404", shape=hexagon];
        h1r1 -> t1 [label="90 %"];
        h1r1 -> t2 [label="10 %"];
        h1r1 -> t2 [label="mirror", style=dashed];
        h1r2 -> t3;
        h1r3 -> t4;
        h1r4 -> t2;
        h1r0 -> t4;
      }
      "
    `);
  });

  test('lets no text of the input leave its label', async () => {
    const odd = [
      `/end"]; x --> y`,
      "/%%{init: {'theme':'dark'}}%%",
      '/`**bold**`#quot;&amp;<b>',
      '/click\\"',
      '/日本|}}',
      '/a\u0007b',
    ];
    const matches = odd.map((path) => `    - uri: {exact: ${JSON.stringify(path)}}\n`).join('');
    const text = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: end, namespace: subgraph}
spec:
  hosts: ['*.end.example.com']
  gateways: [shop/edge]
  http:
  - match:
${matches}    route:
    - destination: {host: end, port: {number: 80}}
`;
    const cwd = makeFolder({ 'a.yaml': text, 'b.yaml': surroundings });
    const { stdout } = await runCli(['graph', '.', '-q'], { cwd });
    const label = '"(?!.*%%)[^"`<>&\\\\]*(?:<br/>[^"`<>&\\\\]*)*"';
    const node = `\\w+(?:\\(\\[${label}\\]\\)|\\[${label}\\]|\\[\\[${label}\\]\\]|\\{\\{${label}\\}\\})`;
    const edge = `\\w+ -\\.?-?-?>(?:\\|${label}\\|)? \\w+`;
    for (const line of stdout.split('\n').slice(1, -1)) expect(line).toMatch(new RegExp(`^ {2}(?:${node}|${edge})$`));
    const dot = (await runCli(['graph', '.', '-q', '-o', 'dot'], { cwd })).stdout;
    const quoted = '"(?:[^"\\\\]|\\\\[n"\\\\])*"';
    const statement = `\\w+(?: -> \\w+)?(?: \\[label=${quoted}(?:, shape=\\w+)?(?:, style=dashed)?\\])?;`;
    for (const line of dot.split('\n').slice(3, -2)) expect(line).toMatch(new RegExp(`^ {2}${statement}$`));
  });

  test('draws the answer of an abort, and not the backend that no request reaches', async () => {
    const withFault = (percentage: number) =>
      routes.replace(
        '    mirror: {host: web',
        `    fault: {abort: {httpStatus: 503, percentage: {value: ${percentage}}}}\n    mirror: {host: web`,
      );
    const draw = async (percentage: number) => {
      const cwd = makeFolder({ 'a.yaml': withFault(percentage), 'b.yaml': surroundings });
      return (await runCli(['graph', '.', '-q'], { cwd })).stdout;
    };
    const all = await draw(100);
    expect(all).toContain('t1{{"status 503"}}\n');
    expect(all).toContain('  h1r1 --> t1\n');
    expect(all).not.toContain('shop/cart:8080');
    const some = await draw(10);
    expect(some).toContain('  h1r1 -->|"90 %"| t1\n');
    expect(some).toMatch(/h1r1 -->\|"abort 10 %"\| t3\n/);
  });

  test('names no rule that cannot be missed, and draws equal input alike', async () => {
    const cwd = makeFolder({
      'a.yaml': `${routes}  - route:\n    - destination: {host: cart, port: {number: 8080}}\n`,
      'b.yaml': surroundings,
    });
    const first = await runCli(['graph', '.'], { cwd });
    expect(first.stdout).not.toContain('no rule');
    expect(await runCli(['graph', 'b.yaml', 'a.yaml'], { cwd })).toEqual(first);
  });

  test('keeps stdout for the drawing when a report is asked for', async () => {
    const { stdout, stderr } = await runCli(['graph', '.', '--report', 'json', '-q'], { cwd: folder() });
    expect(stdout).toMatch(/^flowchart LR\n/);
    const report = JSON.parse(stderr);
    expect(report.summary).toEqual({ hosts: 1, rules: 5, targets: 4 });
    const ajv = new Ajv({ strict: false });
    for (const name of ['envelope', 'graph']) {
      ajv.addSchema(JSON.parse(readFileSync(`schemas/output/${name}.json`, 'utf8')), `${name}.json`);
    }
    expect(ajv.validate('graph.json', report), ajv.errorsText()).toBe(true);
  });

  test('draws nothing where nothing routes', async () => {
    const run = await runCli(['graph', 'b.yaml'], { cwd: makeFolder({ 'b.yaml': surroundings }) });
    expect(run).toMatchObject({ stdout: '', exitCode: 0 });
  });
});
