import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { readDocuments } from '../documents/read-documents.ts';
import { isOwnOutput } from '../pipeline/own-output.ts';
import { FileError, reasonOf } from './errors.ts';
import type { World } from './world.ts';

/** A file to write, its name relative to the place of the output. */
export interface OutputFile {
  readonly name: string;
  readonly text: string;
}

/** Whether a folder stands where a file is to be written. */
export function isFolder(path: string, world: World): boolean {
  return statSync(resolve(world.cwd, path), { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Writes one file whole or not at all: beside it first, then renamed over it. */
export function writeFileWhole(path: string, text: string, world: World): void {
  const target = resolve(world.cwd, path);
  const stats = statSync(target, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) throw new FileError(`cannot write ${path}: is a directory`);
  // A device or a pipe (/dev/stdout) is written to; it must not be replaced by a file.
  if (stats !== undefined && !stats.isFile()) attempt(path, () => writeFileSync(target, text));
  else attempt(path, () => replaceFiles(dirname(target), [{ name: basename(target), text }], world));
}

/**
 * Writes the files of a directory, all or none, and removes what an earlier run left there: files that hold
 * nothing but objects with our annotation. Where another file or a folder stands in the way, nothing is written. Links
 * in the directory are replaced or left alone, never followed.
 */
export function writeDirectory(
  path: string,
  files: readonly OutputFile[],
  { world, prune }: { readonly world: World; readonly prune: boolean },
): readonly string[] {
  return attempt(path, () => {
    const target = resolve(world.cwd, path);
    mkdirSync(target, { recursive: true });
    const directory = realpathSync(target);
    const written = new Set(files.map(({ name }) => name));
    for (const { name } of files) {
      const obstacle = findObstacle(join(directory, name));
      if (obstacle === undefined) continue;
      throw new FileError(`cannot write ${path}: ${name} ${obstacle}; move it, or choose another directory`);
    }
    const stale = prune ? findStale(directory, written) : [];
    replaceFiles(directory, files, world);
    for (const name of stale) rmSync(join(directory, name));
    return stale;
  });
}

function replaceFiles(directory: string, files: readonly OutputFile[], world: World): void {
  const temporary = files.map((file, index) => ({
    ...file,
    path: join(directory, `.latticectl-${process.pid}-${index}.tmp`),
  }));
  const cleanUp = () => {
    for (const { path } of temporary) rmSync(path, { force: true });
  };
  const done = world.onInterrupt(cleanUp);
  try {
    // `wx`: a file or link that somebody put at this name is never written through.
    for (const { path, text } of temporary) writeFileSync(path, text, { flag: 'wx' });
    for (const { path, name } of temporary) renameSync(path, join(directory, name));
  } finally {
    cleanUp();
    done();
  }
}

function findStale(directory: string, written: ReadonlySet<string>): readonly string[] {
  return readdirSync(directory)
    .filter((name) => /\.(?:yaml|json)$/.test(name) && !name.startsWith('.') && !written.has(name))
    .filter((name) => lstatSync(join(directory, name)).isFile() && holdsOwnOutputOnly(join(directory, name)))
    .sort();
}

/** Why a file cannot be replaced: it would be lost and is not ours (an empty one holds nothing), or it is a folder. */
function findObstacle(path: string): string | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) return 'is a folder';
  const isLost = stats?.isFile() === true && stats.size > 0 && !holdsOwnOutputOnly(path);
  return isLost ? 'holds something that latticectl did not write' : undefined;
}

function holdsOwnOutputOnly(path: string): boolean {
  let clean = true;
  const documents = readDocuments({ file: path, bytes: readFileSync(path) }, () => {
    clean = false;
  });
  return clean && documents.length > 0 && documents.every(({ object }) => isOwnOutput(object));
}

function attempt<Result>(path: string, write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    if (error instanceof FileError) throw error;
    throw new FileError(`cannot write ${path}: ${reasonOf(error)}`, { cause: error });
  }
}
