import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { InputFile } from '../pipeline.ts';
import { FileError, reasonOf, UsageError } from './errors.ts';
import { SETTINGS_FILE } from './settings/find-settings.ts';
import { tuneEngine } from './tune-engine.ts';
import type { World } from './world.ts';

const manifest = /\.(?:ya?ml|json)$/i;
const globSigns = /[*?[\]{}]/;

/** Collects the files that the arguments name. Each file is read once, however often it is named. */
class InputCollector {
  readonly files = new Map<string, string>();
  readonly #cwd: string;
  /** Absolute paths of files that are no input, such as the settings. */
  readonly #except: ReadonlySet<string>;

  constructor(cwd: string, except: ReadonlySet<string>) {
    this.#cwd = cwd;
    this.#except = except;
  }

  addFile(shown: string): void {
    const path = resolve(this.#cwd, shown);
    if (!this.#except.has(path) && !this.files.has(path)) this.files.set(path, shown);
  }

  /** All manifests below a directory, hidden files, hidden directories and settings skipped. */
  addDirectory(shown: string, above: readonly string[] = []): void {
    const path = resolve(this.#cwd, shown);
    const real = attempt(shown, () => realpathSync(path));
    // A link to a directory that it stands in would be followed for ever.
    if (above.includes(real)) return;
    const entries = attempt(shown, () => readdirSync(path, { withFileTypes: true }));
    for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
      if (entry.name.startsWith('.')) continue;
      const child = joinShown(shown, entry.name);
      // A link that leads nowhere matters only where a manifest is meant.
      const isDirectory = entry.isSymbolicLink()
        ? attempt(child, () => statSync(resolve(this.#cwd, child), { throwIfNoEntry: false }))?.isDirectory() === true
        : entry.isDirectory();
      if (isDirectory) this.addDirectory(child, [...above, real]);
      else if (manifest.test(entry.name) && entry.name !== SETTINGS_FILE) this.addFile(child);
    }
  }

  async addGlob(pattern: string): Promise<void> {
    const { glob } = await import('tinyglobby');
    const found = await glob([pattern], { cwd: this.#cwd, onlyFiles: true, expandDirectories: false });
    const wanted = /\*$/.test(pattern) ? found.filter((file) => manifest.test(file)) : found;
    if (wanted.length === 0) throw new FileError(`${pattern}: no such file or directory, and no file matches it`);
    for (const file of wanted.sort()) this.addFile(isAbsolute(pattern) ? resolve(this.#cwd, file) : file);
  }
}

/**
 * Reads the inputs of a command: files, directories, globs, `-`. Without any, stdin is read when it is a pipe.
 * `except` are absolute paths that are never input.
 */
export async function readInputs(
  inputs: readonly string[],
  world: World,
  except: ReadonlySet<string>,
): Promise<readonly InputFile[]> {
  if (inputs.length === 0 && world.stdin.isTTY) {
    throw new UsageError('no input: name files, directories or globs, or pipe manifests in (- reads stdin)');
  }
  const collector = new InputCollector(world.cwd, except);
  const fromStdin = inputs.length === 0 || inputs.includes('-');
  for (const input of inputs) {
    if (input === '-') continue;
    if (input === '') throw new UsageError('an input is the empty string');
    const stats = statSync(resolve(world.cwd, input), { throwIfNoEntry: false });
    if (stats === undefined && globSigns.test(input)) await collector.addGlob(input);
    else if (stats === undefined) throw new FileError(`${input}: no such file or directory`);
    else if (stats.isDirectory()) collector.addDirectory(input);
    else collector.addFile(input);
  }
  const files = [...collector.files].map(([path, file]) => ({ file, bytes: attempt(file, () => readFileSync(path)) }));
  const all = fromStdin ? [{ file: '<stdin>', bytes: await world.stdin.read() }, ...files] : files;
  tuneEngine(all);
  return all;
}

function joinShown(directory: string, name: string): string {
  if (directory === '.' || directory === './') return name;
  return directory.endsWith('/') ? `${directory}${name}` : `${directory}/${name}`;
}

function attempt<Result>(shown: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw new FileError(`${shown}: ${reasonOf(error)}`, { cause: error });
  }
}
