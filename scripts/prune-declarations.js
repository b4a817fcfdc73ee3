// The compiler declares every module of the program. A user of the library needs those that its entry leads to.
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * Removes the declarations below `root` that `entry` does not lead to by imports of types.
 *
 * @param {string} root
 * @param {string} entry
 */
export function pruneDeclarations(root, entry) {
  const needed = reach(join(root, entry));
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const path = join(root, file);
    if (file.endsWith('.d.ts') && !needed.has(path)) rmSync(path);
  }
  removeEmpty(root);
}

/** @param {string} entry */
function reach(entry) {
  const found = new Set([entry]);
  for (const file of found) {
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*['"](\.[^'"]+)['"]/g)) {
      found.add(resolve(dirname(file), specifier.replace(/\.(?:js|ts)$/, '.d.ts')));
    }
  }
  return found;
}

/** @param {string} folder */
function removeEmpty(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!statSync(path).isDirectory()) continue;
    removeEmpty(path);
    if (readdirSync(path).length === 0) rmSync(path, { recursive: true });
  }
}
