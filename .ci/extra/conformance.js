// The Gateway API conformance cases of a folder, asked of the built CLI: `trace --cases` over the manifests of each test.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { dump, loadAll } from 'js-yaml';
import { judge } from './judge-conformance.js';

const [root = '.'] = process.argv.slice(2);
const cli = join(import.meta.dirname, '../../bin/latticectl.js');
const folder = mkdtempSync(join(tmpdir(), 'conformance-'));

/** What is not asked, and why. */
const SKIPPED = [
  [/GRPCRoute/, 'GRPCRoute is not read yet'],
  [/TLSRoute/, 'TLSRoute is not read yet'],
  [/ListenerSet/, 'ListenerSet is not read yet'],
  [/ClientCertificate/, 'client certificates decide whether a client is let in, not where a request goes'],
];

/**
 * A case as the file of cases has it. What is expected is judged here: conformance leaves more open than a case can.
 * The suite dials the port of Host where a listener has it, else port 80, whatever Host says.
 */
function toCase({ Request, Namespace = '' }, index, isMesh, listenerPorts) {
  const { Host = '', Method = 'GET', Path = '/', Headers, Protocol } = Request;
  // An address stands for "any host".
  const host = Host === '' ? (isMesh ? 'echo' : '192.0.2.1') : Host;
  const port = Number(/:(\d+)$/.exec(host)?.[1] ?? 80);
  return {
    name: `${index}`,
    request: {
      method: Method,
      url: `${Protocol === 'https' ? 'https' : 'http'}://${host}${Path === '' ? '/' : Path}`,
      headers: Headers ?? {},
      ...(isMesh || listenerPorts.includes(port) ? {} : { port: 80 }),
      ...(isMesh ? { fromNamespace: Namespace || 'gateway-conformance-mesh' } : {}),
    },
    expect: { status: 599 },
  };
}

function write(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const objectsOf = (...path) =>
  loadAll(readFileSync(join(root, ...path), 'utf8').replaceAll('{GATEWAY_CLASS_NAME}', 'any')).filter(Boolean);

/**
 * Of two manifests with one name, that of the mesh test is at hand. The other one has the same rules at a gateway, with
 * the backends of the base.
 */
function atGateway(route) {
  const { metadata, spec } = route;
  if (route.kind !== 'HTTPRoute' || spec.parentRefs.some(({ kind }) => kind !== 'Service')) return route;
  const namespace = 'gateway-conformance-infra';
  const rules = JSON.parse(JSON.stringify(spec.rules).replaceAll('"echo-v', '"infra-backend-v'));
  for (const { backendRefs = [] } of rules) for (const ref of backendRefs) ref.port = 8080;
  return {
    ...route,
    metadata: { ...metadata, namespace },
    spec: { ...spec, parentRefs: [{ name: 'same-namespace' }], rules },
  };
}

const print = (objects) => objects.map((object) => dump(object)).join('---\n');
const portsOf = ({ kind, spec }) => (kind === 'Gateway' ? spec.listeners.map(({ port }) => port) : []);

/** The shares of the only rule, by name of the backend: what a test of weights counts. */
function weightsOf(objects) {
  const rules = objects.flatMap(({ kind, spec }) => (kind === 'HTTPRoute' ? spec.rules : []));
  const refs = rules.length === 1 ? (rules[0].backendRefs ?? []) : [];
  const sum = refs.reduce((total, { weight = 1 }) => total + weight, 0);
  return refs.flatMap(({ name, weight = 1 }) => (weight === 0 ? [] : [`${name} ${weight / sum}`])).sort();
}

const base = readdirSync(join(root, 'base')).map((file) => write(`base-${file}`, print(objectsOf('base', file))));
const skipped = new Map();
const problems = [];
let asked = 0;
let tests = 0;

for (const { ShortName, Features, Manifests, Mesh, Cases } of JSON.parse(
  readFileSync(join(root, 'cases.json'), 'utf8'),
)) {
  const reason = SKIPPED.find(([pattern]) => pattern.test(`${ShortName} ${Features.join(' ')}`))?.[1];
  if (reason !== undefined) {
    skipped.set(reason, (skipped.get(reason) ?? 0) + Cases.length);
    continue;
  }
  tests++;
  const read = Manifests.flatMap((file) => objectsOf('manifests', basename(file)));
  const objects = Mesh ? read : read.map(atGateway);
  const inputs = [write('test.yaml', print(objects))];
  const cases = Cases.map((one, index) => toCase(one, index, Mesh, objects.flatMap(portsOf)));
  const asking = write('cases.yaml', JSON.stringify({ version: 1, cases }));
  const argv = [cli, 'trace', ...base, ...inputs, '--cases', asking, '-o', 'json'];
  const { stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const answers = stdout === '' ? [] : (JSON.parse(stdout).result.cases ?? []);
  if (answers.length !== cases.length) problems.push(`${ShortName}: no answer\n${stdout}${stderr}`);
  for (const [index, answer] of answers.entries()) {
    asked++;
    const wrong = judge(Cases[index], cases[index].request, answer, weightsOf(objects));
    if (wrong.length > 0) problems.push(`${ShortName} ${index} ${cases[index].request.url}: ${wrong.join('; ')}`);
  }
}
rmSync(folder, { recursive: true });

const lines = [`${asked} requests of ${tests} tests asked, ${problems.length} wrong`, ...problems];
for (const [reason, count] of skipped) lines.push(`${count} requests skipped: ${reason}`);
process.stdout.write(`${lines.join('\n')}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
