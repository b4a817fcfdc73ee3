import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';

// What README and docs say is run: commands, their output, and links. `npm ci` itself is left to CI.

const root = fileURLToPath(new URL('..', import.meta.url));
const pages = [...markdownIn('.'), ...markdownIn('docs'), ...markdownIn('docs/decisions')];

function markdownIn(folder: string): readonly string[] {
  const files = readdirSync(join(root, folder)).filter((name) => name.endsWith('.md'));
  return files.sort().map((name) => relative(root, join(root, folder, name)));
}

function readPage(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

interface Block {
  readonly info: string;
  readonly line: number;
  readonly lines: readonly string[];
}

function blocksOf(page: string): readonly Block[] {
  const blocks: { info: string; line: number; lines: string[] }[] = [];
  let open: { info: string; line: number; lines: string[] } | undefined;
  for (const [index, line] of readPage(page).split('\n').entries()) {
    if (line.startsWith('```')) {
      if (open === undefined) open = { info: line.slice(3).trim(), line: index + 1, lines: [] };
      else {
        blocks.push(open);
        open = undefined;
      }
    } else open?.lines.push(line);
  }
  expect(open, `${page} has an open code block`).toBeUndefined();
  return blocks;
}

function run(args: readonly string[]): {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  const env = { PATH: process.env['PATH'] ?? '', NO_COLOR: '1' };
  return spawnSync(process.execPath, ['bin/latticectl.js', ...args], { cwd: root, env, encoding: 'utf8' });
}

/** The words of a command line; quotes keep spaces, nothing is expanded. */
function toWords(command: string): readonly string[] {
  const words = command.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  return words.map((word) => word.replace(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double));
}

/** The arguments of a documented command, or undefined where it is no latticectl. */
function toArguments(command: string): readonly string[] | undefined {
  const match = /^(?:latticectl|node bin\/latticectl\.js)(?:\s+(.*))?$/.exec(command);
  return match === null ? undefined : toWords(match[1] ?? '');
}

/** Whether a text fits an excerpt in which a line `…` stands for any lines. */
function fits(text: string, excerpt: readonly string[]): boolean {
  const quote = (line: string) => line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = excerpt.map((line) => (line === '…' ? '(?:.*\\n)*?' : `${quote(line)}\\n`)).join('');
  return new RegExp(`^${pattern}$`).test(text);
}

interface Transcript {
  readonly name: string;
  readonly args: readonly string[];
  readonly output: readonly string[];
  readonly exitCode: number;
}

function transcriptsOf(page: string): readonly Transcript[] {
  return blocksOf(page)
    .filter(({ info }) => info === 'console')
    .map(({ line, lines: [first = '', ...rest] }) => {
      const args = toArguments(first.replace(/^\$ /, ''));
      if (!first.startsWith('$ ') || args === undefined)
        throw new Error(`${page}:${line}: not a command of latticectl`);
      const exit = /^\[exit (\d+)\]$/.exec(rest.at(-1) ?? '');
      const output = exit === null ? rest : rest.slice(0, -1);
      return { name: `${page}:${line} ${first}`, args, output, exitCode: Number(exit?.[1] ?? 0) };
    });
}

describe('documented commands', () => {
  const transcripts = pages.flatMap(transcriptsOf);

  test('are found', () => {
    expect(transcripts.length).toBeGreaterThan(1);
  });

  test.for(transcripts)('$name', ({ args, output, exitCode }) => {
    const { status, stdout, stderr } = run(args);
    const text = `${stdout}${stderr}`.replace(/\n+$/, '\n');
    expect(status, stderr).toBe(exitCode);
    if (output.length > 0 && !fits(text, output)) expect(text).toBe(`${output.join('\n')}\n`);
  });
});

describe('README', () => {
  const setUp = 'npm ci && node bin/latticectl.js convert examples/istio-shop';

  test('has the two commands for a fresh machine, each in a block of its own', () => {
    const starts = blocksOf('README.md').filter(({ lines }) => lines.some((line) => line.startsWith('npm ci')));
    expect(starts.map(({ lines }) => lines)).toEqual([[setUp], ['npm ci && npm test']]);
  });

  test('names the version of the tarball', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
    const named = [...readPage('README.md').matchAll(/latticectl-([\d.]+\d)\.tgz/g)].map(([, text]) => text);
    expect(new Set(named)).toEqual(new Set([version]));
  });

  test('shows the list of rules that examples/order holds', () => {
    const yaml = blocksOf('README.md').find(({ info }) => info === 'yaml');
    const example = readFileSync(join(root, 'examples/order/shop.yaml'), 'utf8');
    expect(example).toContain(yaml?.lines.map((line) => `  ${line}\n`).join('') ?? 'no block');
  });
});

describe('the two terminals of the README', () => {
  test('show the whole tool without an account', async () => {
    const isSandbox = ({ lines }: Block) => lines[0]?.startsWith('latticectl sandbox') === true;
    const blocks = blocksOf('README.md');
    const first = blocks.findIndex(isSandbox);
    const [start = ''] = blocks[first]?.lines ?? [];
    const [keys = '', folder = '', ...commands] = blocks[first + 1]?.lines ?? [];
    const cwd = mkdtempSync(join(tmpdir(), 'latticectl-readme-'));
    cpSync(join(root, folder.replace(/^cd /, '')), cwd, { recursive: true });
    const bin = join(root, 'bin/latticectl.js');
    const words = toArguments(start.replace('--port 8421', '--port 0')) ?? [];
    const sandbox = spawn(process.execPath, [bin, ...words], { cwd, stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => {
      sandbox.kill();
      rmSync(cwd, { recursive: true, force: true });
    });
    const url = String((await once(sandbox.stdout, 'data'))[0]).trim();
    const exported = keys.replace(/^export /, '').split(' ');
    const env = { PATH: process.env['PATH'] ?? '', ...Object.fromEntries(exported.map((pair) => pair.split('='))) };
    for (const command of commands) {
      const here = command.replace('http://127.0.0.1:8421', url);
      if (here.startsWith('curl -s ')) {
        const calls: unknown = await (await fetch(here.replace('curl -s ', ''))).json();
        expect(Object.keys(Object(calls)).filter((name) => !name.startsWith('List'))).toEqual([]);
        continue;
      }
      const ran = spawnSync(process.execPath, [bin, ...(toArguments(here) ?? [])], { cwd, env, encoding: 'utf8' });
      expect(ran, command).toMatchObject({ status: 0 });
    }
    expect(commands.filter((command) => toArguments(command) !== undefined)).toHaveLength(3);
    expect(readFileSync(join(cwd, 'plan.json'), 'utf8')).toContain('Rule shop-example-com/http-80/exact-cart-');
  });
});

describe('examples', () => {
  const settings = ['--config', 'examples/ingress/latticectl.yaml'];

  test.for([
    { name: 'istio-shop, lattice', args: ['examples/istio-shop'] },
    { name: 'istio-shop, standard', args: ['examples/istio-shop', '--profile', 'standard'] },
    {
      name: 'istio-shop, experimental',
      args: ['examples/istio-shop', '--profile', 'standard', '--channel', 'experimental'],
    },
    { name: 'ingress, lattice with its settings', args: ['examples/ingress', ...settings] },
    { name: 'ingress, standard', args: ['examples/ingress', '--profile', 'standard', ...settings] },
    { name: 'gateway-api, lattice', args: ['examples/gateway-api'] },
    { name: 'order, standard', args: ['examples/order', '--profile', 'standard'] },
    { name: 'order, lattice', args: ['examples/order'] },
  ])('$name: every host, no error', ({ args }) => {
    const { status, stdout, stderr } = run(['convert', ...args]);
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('kind: HTTPRoute');
    expect(stderr).toMatch(/^(\d+) of \1 hosts? written/m);
    expect(stderr).not.toMatch(/^error\[/m);
  });

  test('the shop shows warnings and what clients must change', () => {
    const { stderr } = run(['convert', 'examples/istio-shop']);
    expect(stderr).toContain('warning[gateway-api/timeout-lost]');
    expect(stderr).toContain('warning[lattice/plain-http-closed]');
    expect(stderr).toContain('Clients must change');
  });

  test('a tester of the shop gets the canary on the paths of both objects', () => {
    const { stdout } = run(['convert', 'examples/istio-shop', '-o', 'json']);
    const { items } = JSON.parse(stdout) as { readonly items: readonly Item[] };
    const rules = items.find(({ kind, metadata }) => kind === 'HTTPRoute' && metadata.name === 'storefront')?.spec
      .rules;
    for (const path of ['/api/catalog', '/cart', '/cart/', '/']) {
      // Document order decides in this profile: the first rule of a path is the one with the header.
      const first = rules?.find(({ matches }) => matches[0]?.path.value === path);
      expect(first?.matches[0]?.headers?.[0]?.name, path).toBe('x-canary');
      expect(first?.backendRefs[0]?.name, path).toBe('storefront-v2');
    }
  });

  test('the wildcard of the Ingresses needs its settings in the profile lattice', () => {
    const { status, stdout, stderr } = run(['convert', 'examples/ingress']);
    expect(status).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).toContain('error[lattice/wildcard-host]');
  });
});

interface Item {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly rules?: readonly {
      readonly matches: readonly {
        readonly path: { readonly value: string };
        readonly headers?: readonly { readonly name: string }[];
      }[];
      readonly backendRefs: readonly { readonly name: string }[];
    }[];
  };
}

describe('links', () => {
  const withoutCode = (page: string) =>
    readPage(page)
      .replace(/^```[\s\S]*?^```/gm, '')
      .replace(/`[^`\n]*`/g, '');
  const links = pages.flatMap((page) =>
    [...withoutCode(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({ page, target })),
  );

  test.for(links.filter(({ target }) => !/^[a-z]+:/.test(target)))('$page → $target', ({ page, target }) => {
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? join(root, page) : resolve(root, dirname(page), path);
    expect(existsSync(file), `${target} does not exist`).toBe(true);
    if (anchor !== undefined) expect(anchorsOf(relative(root, file))).toContain(anchor);
    if (path.endsWith('/')) expect(statSync(file).isDirectory()).toBe(true);
  });

  /** Headings as GitHub makes anchors of them. */
  function anchorsOf(page: string): readonly string[] {
    const headings = [...readPage(page).matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => text);
    return headings.map((text) =>
      text
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    );
  }
});
