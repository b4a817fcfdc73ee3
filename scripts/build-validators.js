// Compiles every JSON Schema under schemas/ to a standalone ajv validator, one module per schema, so that no schema is
// compiled at run time (that costs hundreds of milliseconds per process) and each one can be its own lazy chunk.
//
//   schemas/input/<group>/<Kind>.json  key `<group>/<Kind>` (folder `core` is the group '' and gives `core/<Kind>`)
//   schemas/input/*.json               definitions shared by `$ref`, by their `$id`; no validator
//   schemas/<name>.schema.json         key `latticectl/<name>`
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const schemaRoot = join(root, 'schemas');
const outDir = join(root, 'src/generated/validators');

const moduleTypes = `import type { ErrorObject } from 'ajv';

export declare const validate: { (data: unknown): boolean; errors?: ErrorObject[] | null };
`;

const indexTypes = `import type { ErrorObject } from 'ajv';

/** A compiled schema: true when the value is valid, else every error stands in \`errors\` until the next call. */
export interface StandaloneValidator {
  (data: unknown): boolean;
  errors?: ErrorObject[] | null;
}

type Loaders = Readonly<Record<string, () => Promise<{ readonly validate: StandaloneValidator }>>>;

/** Loaders by \`group/Kind\` (the core group is \`core\`), one lazy chunk each. */
export declare const validatorLoaders: Loaders;

/** Loaders of the files of the CLI by \`latticectl/name\`; the library goes without. */
export declare const fileValidatorLoaders: Loaders;
`;

function findSchemas() {
  if (!existsSync(schemaRoot)) return [];
  return readdirSync(schemaRoot, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .map((path) => path.split(sep).join('/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(schemaRoot, path), 'utf8'), ...nameOf(path) }));
}

function nameOf(path) {
  const parts = path.split('/');
  if (parts[0] !== 'input') {
    const name = basename(path).replace(/(\.schema)?\.json$/, '');
    return parts.length === 1 ? { key: `latticectl/${name}`, file: `latticectl.${name}` } : {};
  }
  if (parts.length !== 3) return {};
  const kind = basename(path, '.json');
  return { key: `${parts[1]}/${kind}`, file: `${parts[1]}.${kind}` };
}

/** The same schemas, tools and generator give the same digest, and then there is nothing to do. */
function digestOf(schemas) {
  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)));
  hash.update(readFileSync(join(root, 'node_modules/ajv/package.json')));
  for (const { path, text } of schemas) hash.update(`${path}\n${text}\n`);
  return hash.digest('hex');
}

function writeIfChanged(path, text) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}

async function compile(schemas) {
  const [{ Ajv }, { Ajv2020 }, { default: standalone }] = await Promise.all([
    import('ajv'),
    import('ajv/dist/2020.js'),
    import('ajv/dist/standalone/index.js'),
  ]);
  const { build } = await import('esbuild');
  const parsed = schemas.map((schema) => ({ ...schema, json: JSON.parse(schema.text) }));
  const shared = parsed.filter(({ path, key }) => path.startsWith('input/') && key === undefined);

  async function emit({ path, json, file }) {
    const dialect = String(json.$schema ?? '').includes('draft-07') ? Ajv : Ajv2020;
    const ajv = new dialect({
      allErrors: true,
      strict: false,
      code: { source: true, esm: true, lines: false },
      // Kubernetes' widths of integers say nothing that a JavaScript number could check.
      formats: { int32: true, int64: true, double: true },
      // ajv only warns of a format or keyword that it does not know; a check that never runs must not pass the build.
      logger: {
        log() {},
        warn: (message) => {
          throw new Error(`${path}: ${message}`);
        },
        error: (message) => {
          throw new Error(`${path}: ${message}`);
        },
      },
    });
    for (const { json: definitions } of shared) ajv.addSchema(definitions);
    const validate = ajv.compile(json);
    const code = standalone.default(ajv, validate);
    // Even with `esm: true` ajv calls `require` for its run-time functions: bundling turns these calls into plain code.
    const bundled = await build({
      stdin: { contents: code, resolveDir: root, sourcefile: `${file}.js`, loader: 'js' },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'neutral',
      target: 'node20',
      legalComments: 'none',
      minifySyntax: true,
      minifyWhitespace: true,
      logLevel: 'error',
    });
    writeIfChanged(join(outDir, `${file}.js`), bundled.outputFiles.map(({ text }) => text).join(''));
    writeIfChanged(join(outDir, `${file}.d.ts`), moduleTypes);
  }
  for (const schema of parsed) if (schema.key !== undefined) await emit(schema);
}

/** Brings src/generated/validators up to date with schemas/. Cheap when nothing changed; also vitest's global set-up. */
export async function setup() {
  const schemas = findSchemas();
  const named = schemas.filter(({ key }) => key !== undefined);
  const stamp = join(outDir, '.digest');
  const digest = digestOf(schemas);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  mkdirSync(outDir, { recursive: true });
  await compile(schemas);
  // Kinds start with a capital, names of files do not.
  const rowsOf = (pattern) =>
    named
      .filter(({ key = '' }) => pattern.test(key))
      .map(({ key, file }) => `  '${key}': () => import('./${file}.js'),\n`)
      .join('');
  const kinds = `export const validatorLoaders = {\n${rowsOf(/\/[A-Z]/)}};\n`;
  const files = `export const fileValidatorLoaders = {\n${rowsOf(/\/[a-z]/)}};\n`;
  writeIfChanged(join(outDir, 'index.js'), `${kinds}\n${files}`);
  writeIfChanged(join(outDir, 'index.d.ts'), indexTypes);
  const expected = new Set(['index', ...named.map(({ file }) => file)]);
  for (const file of readdirSync(outDir)) {
    if (/\.(js|d\.ts)$/.test(file) && !expected.has(file.replace(/\.(js|d\.ts)$/, ''))) {
      rmSync(join(outDir, file), { force: true });
    }
  }
  writeFileSync(stamp, digest);
  process.stderr.write(`compiled ${named.length} schemas to ${relative(root, outDir)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await setup();
