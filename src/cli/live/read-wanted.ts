import type { Diagnostic, Report } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import { type LatticeResources, resourceKey } from '../../emitters/lattice/resources.ts';
import { sortKeys } from '../../lattice/fields/canonical-json.ts';
import { codes } from '../../registry.ts';
import { UsageError } from '../errors.ts';
import type { DiffFlags } from '../flags.ts';
import { readInputs } from '../read-inputs.ts';
import { runFiles } from '../run-translation.ts';
import { findSettings } from '../settings/find-settings.ts';
import { noSettings, readSettings, type Settings } from '../settings/read-settings.ts';
import { toTranslateOptions } from '../translate-options.ts';
import type { World } from '../world.ts';
import { isProduct, readProducts, type Wanted } from './read-products.ts';

/** What is wanted, with the place of each resource. */
export interface WantedRun {
  /** Undefined where an error stands. */
  readonly wanted: Wanted | undefined;
  readonly settings: Settings;
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: number;
}

/** Reads what is wanted: products of `convert --to lattice`, and sources, which are converted. */
export async function readWanted(
  inputs: readonly string[],
  flags: DiffFlags,
  { world, except }: { readonly world: World; readonly except: readonly string[] },
): Promise<WantedRun> {
  const source = findSettings(flags.config, world);
  const found: Diagnostic[] = [];
  const report: Report = (finding) => found.push(finding);
  const settings = source === undefined ? noSettings : await readSettings(source, codes, report);
  const noInput = new Set([...except, ...(source === undefined ? [] : [source.path])]);
  const files = await readInputs(inputs, world, noInput);
  const products = await readProducts(files.filter(isProduct), report);
  if (found.length > 0) return { wanted: undefined, settings, diagnostics: found, exitCode: 3 };
  const rest = files.filter((file) => !isProduct(file));
  if (rest.length === 0 && products.length > 0) {
    return { wanted: join(products, settings), settings, diagnostics: found, exitCode: 0 };
  }
  const converted = await runFiles(rest, toTranslateOptions({ ...flags, ...TARGET }, settings, false), {
    flags,
    world,
  });
  const { translation, diagnostics, exitCode } = converted;
  // Half of what is wanted would make the other half look like orphans.
  if (translation?.writable !== true) return { wanted: undefined, settings, diagnostics, exitCode };
  const own = translation.resources.map(({ object, places }) => ({
    document: object as unknown as LatticeResources,
    places: places ?? new Map<string, Origin>(),
  }));
  return { wanted: join([...own, ...products], settings), settings, diagnostics, exitCode };
}

/** What sources are converted to. */
const TARGET = { to: 'lattice', profile: 'lattice', channel: 'standard', verify: true } as const;

/** Everything together; what is wanted in two ways is an error of the command line. */
function join(parts: readonly Wanted[], { values }: Settings): Wanted {
  const resources = new Map<string, LatticeResources['resources'][number]>();
  for (const { document } of parts) {
    for (const resource of document.resources) {
      const key = resourceKey(resource);
      const known = resources.get(key);
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(resource)) {
        throw new UsageError(`${key} is wanted twice, and not alike`);
      }
      resources.set(key, resource);
    }
  }
  const documents = parts.map(({ document }) => document);
  // A product that does not say where it belongs belongs where the settings say.
  const stack = agreed('stack', documents) ?? values.stack;
  const region = agreed('region', documents) ?? values.region;
  const account = agreed('account', documents) ?? values.account;
  const tags = agreed('tags', documents);
  return {
    document: {
      kind: 'LatticeResources',
      ...(stack === undefined ? {} : { stack }),
      ...(region === undefined ? {} : { region }),
      ...(account === undefined ? {} : { account }),
      ...(tags === undefined ? {} : { tags }),
      resources: [...resources.values()],
    },
    places: new Map(parts.flatMap(({ places }) => [...places])),
  };
}

/** What all documents say that say something. */
function agreed<Key extends 'stack' | 'region' | 'account' | 'tags'>(
  key: Key,
  documents: readonly LatticeResources[],
): LatticeResources[Key] | undefined {
  const said = documents.map((document) => document[key]).filter((value) => value !== undefined);
  const [first, ...rest] = said;
  const other = rest.find((value) => JSON.stringify(sortKeys(value)) !== JSON.stringify(sortKeys(first)));
  if (other !== undefined) {
    const [left, right] = [first, other].map((value) => JSON.stringify(value));
    throw new UsageError(`the input has two values of ${key}: ${left} and ${right}`);
  }
  return first;
}
