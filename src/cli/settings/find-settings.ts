import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { InputFile } from '../../pipeline.ts';
import { FileError, reasonOf } from '../errors.ts';
import type { World } from '../world.ts';

/** The settings file of a run, as findings name it and where it is. */
export interface SettingsSource extends InputFile {
  readonly path: string;
}

/** The settings file that is searched for. */
export const SETTINGS_FILE = 'latticectl.yaml';

/** Finds and reads the settings: the file that was named, else the nearest latticectl.yaml up to the repository's root. */
export function findSettings(named: string | undefined, world: World): SettingsSource | undefined {
  if (named !== undefined) return read(resolve(world.cwd, named), named);
  for (const directory of directoriesUpward(world.cwd)) {
    const path = join(directory, SETTINGS_FILE);
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) return read(path, relative(world.cwd, path));
  }
  return undefined;
}

/** From here to the root of the repository; outside of a repository only this one, since what lies above is not ours. */
function directoriesUpward(start: string): readonly string[] {
  const directories = [start];
  for (let directory = start; !existsSync(join(directory, '.git')); ) {
    const parent = dirname(directory);
    if (parent === directory) return [start];
    directories.push(parent);
    directory = parent;
  }
  return directories;
}

function read(path: string, file: string): SettingsSource {
  try {
    return { path, file, bytes: readFileSync(path) };
  } catch (error) {
    throw new FileError(`${file}: ${reasonOf(error)}`, { cause: error });
  }
}
