import schema from '../../../schemas/LatticeResources.schema.json' with { type: 'json' };
import type { Diagnostic, Report } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import { type LatticeResources, resourceKey } from '../../emitters/lattice/resources.ts';
import type { InputFile } from '../../pipeline.ts';
import { codes } from '../../registry.ts';
import { UsageError } from '../errors.ts';
import type { DiffFlags } from '../flags.ts';
import { readInputs } from '../read-inputs.ts';
import { runFiles } from '../run-translation.ts';
import { settingsDiagnostics } from '../settings/diagnostics.ts';
import { findSettings } from '../settings/find-settings.ts';
import { type OwnFormat, readOwnFile } from '../settings/read-own-file.ts';
import { noSettings, readSettings, type Settings } from '../settings/read-settings.ts';
import { toTranslateOptions } from '../translate-options.ts';
import type { World } from '../world.ts';

/** What is wanted, with the place of each resource. */
export interface WantedRun {
  /** Undefined where an error stands. */
  readonly wanted: Wanted | undefined;
  readonly settings: Settings;
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: number;
}

export interface Wanted {
  readonly document: LatticeResources;
  readonly places: ReadonlyMap<string, Origin>;
}

const format: OwnFormat = { name: 'LatticeResources', schema, diagnostics: settingsDiagnostics };

/** Whether a file holds what `convert --to lattice` has printed. */
const isProduct = ({ bytes }: InputFile) =>
  /["']?kind["']?\s*:\s*["']?LatticeResources\b/.test(new TextDecoder().decode(bytes.subarray(0, 2000)));

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
  const products: Wanted[] = [];
  for (const file of files.filter(isProduct)) {
    const own = await readOwnFile(file, format, report);
    // The schema has checked its form.
    if (own?.value !== undefined) products.push(place(own.value as LatticeResources, own.origin));
  }
  if (found.length > 0) return { wanted: undefined, settings, diagnostics: found, exitCode: 3 };
  const rest = files.filter((file) => !isProduct(file));
  if (rest.length === 0 && products.length > 0) {
    return { wanted: join(products), settings, diagnostics: found, exitCode: 0 };
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
  return { wanted: join([...own, ...products]), settings, diagnostics, exitCode };
}

/** What sources are converted to. */
const TARGET = { to: 'lattice', profile: 'lattice', channel: 'standard', verify: true } as const;

function place(document: LatticeResources, origin: Origin): Wanted {
  const places = document.resources.map(
    (resource, index) => [resourceKey(resource), origin.at('resources', index)] as const,
  );
  return { document, places: new Map(places) };
}

/** Everything together; one resource that is wanted in two ways is an error of the command line. */
function join(parts: readonly Wanted[]): Wanted {
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
  const first = parts[0]?.document;
  const { stack, region, account, tags } = first ?? {};
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
