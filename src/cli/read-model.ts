import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { RoutingModel } from '../ir/model.ts';
import type { ReadSide } from '../pipeline/compare/compared-side.ts';
import { internalDiagnostics } from '../pipeline/diagnostics.ts';
import { type InputFile, translate } from '../pipeline.ts';
import { codes } from '../registry.ts';
import type { ProfileName } from '../semantics/profile-names.ts';
import { profiles } from '../semantics/profiles.ts';
import { UsageError } from './errors.ts';
import type { CommonFlags, TargetFlags } from './flags.ts';
import { readInputs } from './read-inputs.ts';
import { exitCodeOf } from './run-translation.ts';
import { findSettings } from './settings/find-settings.ts';
import { noSettings, readSettings, type Settings } from './settings/read-settings.ts';
import { toTranslateOptions } from './translate-options.ts';
import type { World } from './world.ts';

/** One side of what a command looks at: a configuration, and how it is read. */
export interface ModelSide {
  readonly inputs: readonly string[];
  /** Absent = as each object's own format and class have it. */
  readonly semantics?: ProfileName;
  readonly sourceClass?: string;
}

/** What reading came to. */
export interface SidesRun {
  /** In the order of the sides; undefined where the settings are wrong or a pass of ours broke down. */
  readonly sides: readonly ReadSide[] | undefined;
  readonly settings: Settings;
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: number;
}

/** The same for those who look at the models only. */
export interface ModelRun extends Omit<SidesRun, 'sides' | 'settings'> {
  readonly models: readonly RoutingModel[] | undefined;
}

interface ReadContext {
  readonly world: World;
  /** Absolute paths of files that are no input though they may lie among it. */
  readonly except: readonly string[];
}

/** What decides the output, which is not asked for here. */
const NO_TARGET: Omit<TargetFlags, keyof CommonFlags> = {
  to: 'ir',
  profile: 'standard',
  channel: 'standard',
  latticePrefix: 'unknown',
  verify: false,
};

/** Findings that make no sense where nothing is written: losses that were accepted occur in writing only. */
const ABOUT_WRITING = ['input/nothing-to-emit', 'accept/unused'];

/**
 * Reads settings and inputs to routing models, for commands that write nothing: our own output is read like any other
 * configuration. Throws UsageError and FileError only.
 */
export async function readModels(
  sides: readonly ModelSide[],
  flags: CommonFlags,
  context: ReadContext,
): Promise<ModelRun> {
  const { sides: read, diagnostics, exitCode } = await readSides(sides, flags, context);
  return { models: read?.map(({ model }) => model), diagnostics, exitCode };
}

/** As `readModels`, with what was found on each side. */
export async function readSides(
  sides: readonly ModelSide[],
  flags: CommonFlags,
  { world, except }: ReadContext,
): Promise<SidesRun> {
  const fromStdin = sides.filter(({ inputs }) => inputs.length === 0 || inputs.includes('-'));
  if (fromStdin.length > 1) throw new UsageError('stdin can be read once: name files for the other configuration');
  const source = findSettings(flags.config, world);
  const wrong: Diagnostic[] = [];
  const settings =
    source === undefined ? noSettings : await readSettings(source, codes, (finding) => wrong.push(finding));
  const noInput = new Set([...except, ...(source === undefined ? [] : [source.path])]);
  const files = [];
  for (const { inputs } of sides) files.push(await readInputs(inputs, world, noInput));
  if (wrong.length > 0) return { sides: undefined, settings, diagnostics: wrong, exitCode: 3 };
  const read: ReadSide[] = [];
  const diagnostics: Diagnostic[] = [];
  try {
    for (const [index, side] of sides.entries()) {
      const found = await readSide(files[index] ?? [], side, { flags, settings });
      read.push(found);
      diagnostics.push(...found.diagnostics);
    }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    if (flags.debug === true && error instanceof Error) world.stderr.write(`${error.stack ?? problem}\n`);
    const finding = internalDiagnostics['pass-failed']({ pass: 'reading the configuration', problem }, undefined);
    return { sides: undefined, settings, diagnostics: [...diagnostics, finding], exitCode: 1 };
  }
  return { sides: read, settings, diagnostics, exitCode: exitCodeOf(diagnostics, flags) };
}

async function readSide(
  files: readonly InputFile[],
  { semantics, sourceClass = semantics && profiles[semantics].sourceClass }: ModelSide,
  { flags, settings }: { readonly flags: CommonFlags; readonly settings: Settings },
): Promise<ReadSide> {
  const chosen = { ...flags, ...NO_TARGET, ...(sourceClass === undefined ? {} : { sourceClass }) };
  const { model, diagnostics, contents } = await translate(files, {
    ...toTranslateOptions(chosen, settings, true),
    readOwn: true,
    keepContents: true,
  });
  return { model, contents, diagnostics: diagnostics.filter(({ code }) => !ABOUT_WRITING.includes(code)) };
}
