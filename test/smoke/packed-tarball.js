// Packs the package as it would be published and uses it as a stranger would: from an empty folder, with an empty npm
// cache. Run by `npm run smoke`; prints one line per check and exits 1 when one fails.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const work = mkdtempSync(join(tmpdir(), 'latticectl-smoke-'));
const maxTarballBytes = 1_000_000;

const virtualService = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
  namespace: shop
spec:
  hosts: [reviews.example.com]
  gateways: [shop/public]
  http:
    - route:
        - destination:
            host: reviews.shop.svc.cluster.local
            port:
              number: 9080
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector:
    istio: ingressgateway
  servers:
    - port:
        number: 80
        name: http
        protocol: HTTP
      hosts: [reviews.example.com]
---
apiVersion: v1
kind: Service
metadata:
  name: reviews
  namespace: shop
spec:
  selector:
    app: reviews
  ports:
    - name: http
      port: 9080
`;

const consumer = `import * as latticectl from 'latticectl';
export const names: readonly string[] = Object.keys(latticectl);
`;

function folder(name) {
  const path = join(work, name);
  mkdirSync(path);
  return path;
}

function run(command, args, { cwd, input = '' }) {
  const environment = {
    ...process.env,
    npm_config_cache: join(work, 'npm-cache'),
    // `npm run --silent` hands its silence down, and a failure would not say why.
    npm_config_loglevel: 'error',
    npm_config_update_notifier: 'false',
  };
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    input,
    encoding: 'utf8',
    env: environment,
    timeout: 120_000,
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}

function expectExit(result, status) {
  if (result.status !== status)
    throw new Error(`exit ${result.status}, not ${status}\n${result.stdout}${result.stderr}`);
}

function filesIn(path) {
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((file) => statSync(join(path, file)).isFile());
}

let failed = 0;
function check(title, body) {
  try {
    const note = body();
    process.stdout.write(`ok    ${title}${note === undefined ? '' : ` (${note})`}\n`);
  } catch (error) {
    failed += 1;
    process.stdout.write(`FAIL  ${title}\n${error instanceof Error ? error.message : String(error)}\n`);
  }
}

async function main() {
  const packed = folder('packed');
  execFileSync('npm', ['pack', '--silent', '--pack-destination', packed], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [tarball] = readdirSync(packed).filter((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack made no tarball');
  const unpacked = folder('unpacked');
  execFileSync('tar', ['-xzf', join(packed, tarball), '-C', unpacked, '--strip-components=1']);
  const files = filesIn(unpacked);

  check('the tarball is under 1 MB', () => {
    const { size } = statSync(join(packed, tarball));
    if (size >= maxTarballBytes) throw new Error(`${size} bytes`);
    return `${Math.round(size / 1000)} kB, ${files.length} files`;
  });

  const manifest = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));
  check('the package has no dependencies', () => {
    for (const field of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundleDependencies']) {
      if (manifest[field] !== undefined) throw new Error(`${field}: ${JSON.stringify(manifest[field])}`);
    }
  });

  check('only what is meant to be published is in it', () => {
    const meant = /^(bin|dist|schemas|examples)\/|^(package\.json|README\.md|LICENSE|NOTICE|CHANGELOG\.md)$/;
    const wrong = files.filter((file) => !meant.test(file) || /\.(map|ts\.snap|test\.\w+|tgz)$/.test(file));
    const missing = ['README.md', 'LICENSE', 'NOTICE', 'CHANGELOG.md', 'bin/latticectl.js', 'dist/index.js'].filter(
      (file) => !files.includes(file),
    );
    if (wrong.length > 0 || missing.length > 0) throw new Error(`unexpected: ${wrong}; missing: ${missing}`);
  });

  check('no file names the machine it was built on', () => {
    const marks = [root, homedir()].filter((path) => path.length > 4);
    const wrong = files.filter((file) =>
      marks.some((mark) => readFileSync(join(unpacked, file), 'utf8').includes(mark)),
    );
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
  });

  const empty = folder('empty');
  copyFileSync(join(packed, tarball), join(empty, tarball));
  // npm resolves `./` from the nearest folder above that has a node_modules: a stray one beside the temporary folder
  // must not be taken for the place where the tarball lies.
  mkdirSync(join(empty, 'node_modules'));

  check('npx runs it in an empty folder', () => {
    const result = run('npx', ['--yes', `./${tarball}`, '--version'], { cwd: empty });
    expectExit(result, 0);
    if (!tarball.includes(result.stdout.trim())) throw new Error(`printed ${result.stdout}`);
  });

  check('npx converts a VirtualService from stdin', () => {
    const args = ['--yes', `./${tarball}`, 'convert', '-', '--profile', 'standard'];
    const result = run('npx', args, { cwd: empty, input: virtualService });
    expectExit(result, 0);
    if (!/^kind: HTTPRoute$/m.test(result.stdout)) throw new Error(`no HTTPRoute in\n${result.stdout}${result.stderr}`);
  });

  const project = folder('project');
  writeFileSync(join(project, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }\n');
  writeFileSync(join(project, 'consumer.ts'), consumer);
  expectExit(
    run('npm', ['install', '--offline', '--no-audit', '--no-fund', join(packed, tarball)], { cwd: project }),
    0,
  );

  check('the library can be imported', () => {
    const source = "const names = Object.keys(await import('latticectl')); process.stdout.write(names.join(' '));";
    const result = run(process.execPath, ['--input-type=module', '-e', source], { cwd: project });
    expectExit(result, 0);
    return result.stdout;
  });

  check('the declarations compile without any other package', () => {
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', ''];
    expectExit(run(process.execPath, [compiler, ...flags, 'consumer.ts'], { cwd: project }), 0);
  });

  const { messages } = await publint({ pkgDir: unpacked, pack: false, strict: true });
  check('publint finds nothing', () => {
    if (messages.length > 0) throw new Error(messages.map((message) => formatMessage(message, manifest)).join('\n'));
  });
}

try {
  await main();
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;
