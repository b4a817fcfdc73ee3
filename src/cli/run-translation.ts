import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { internalDiagnostics } from '../pipeline/diagnostics.ts';
import { reaches } from '../pipeline/severity.ts';
import { type InputFile, type TranslateOptions, type Translation, translate } from '../pipeline.ts';
import { codes } from '../registry.ts';
import { worstExitCode } from './exit-code.ts';
import type { TargetFlags } from './flags.ts';
import { readInputs } from './read-inputs.ts';
import { findSettings } from './settings/find-settings.ts';
import { noSettings, readSettings } from './settings/read-settings.ts';
import { toTranslateOptions } from './translate-options.ts';
import type { World } from './world.ts';

/** What a command runs with beside its inputs and flags. */
export interface CommandContext {
  /** As the user wrote it, for the commands that the summary suggests. */
  readonly argv: readonly string[];
  readonly world: World;
}

/** The outcome of a translation as a command sees it. */
export interface TranslationRun {
  /** Absent when the settings are wrong or a pass of ours broke down. */
  readonly translation: Translation | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: number;
}

/** Reads settings and inputs and translates them. Throws UsageError and FileError only. */
export async function runTranslation(
  inputs: readonly string[],
  flags: TargetFlags,
  { world, partial, print }: Pick<TranslateOptions, 'partial' | 'print'> & { readonly world: World },
): Promise<TranslationRun> {
  const source = findSettings(flags.config, world);
  const wrong: Diagnostic[] = [];
  const settings =
    source === undefined ? noSettings : await readSettings(source, codes, (finding) => wrong.push(finding));
  const target = toTranslateOptions(flags, settings, partial);
  const options = print === undefined ? target : { ...target, print };
  const files = await readInputs(inputs, world, new Set(source === undefined ? [] : [source.path]));
  if (wrong.length > 0) return { translation: undefined, diagnostics: wrong, exitCode: 3 };
  return runFiles(files, options, { flags, world });
}

/** The same for files that were read already. */
export function runFiles(
  files: readonly InputFile[],
  options: TranslateOptions,
  { flags, world }: { readonly flags: Pick<TargetFlags, 'failOn' | 'debug'>; readonly world: World },
): Promise<TranslationRun> {
  const succeed = (translation: Translation): TranslationRun => ({
    translation,
    diagnostics: translation.diagnostics,
    exitCode: exitCodeOf(translation.diagnostics, flags),
  });
  const fail = (error: unknown): TranslationRun => {
    const problem = error instanceof Error ? error.message : String(error);
    if (flags.debug === true && error instanceof Error) world.stderr.write(`${error.stack ?? problem}\n`);
    const finding = internalDiagnostics['pass-failed']({ pass: 'the translation', problem }, undefined);
    return { translation: undefined, diagnostics: [finding], exitCode: 1 };
  };
  // Not awaited here: a function that waits keeps its variables, and so the bytes of the input.
  return translate(files, options).then(succeed).catch(fail);
}

/** What the findings of a run make of its exit code. */
export function exitCodeOf(diagnostics: readonly Diagnostic[], { failOn }: Pick<TargetFlags, 'failOn'>): number {
  const causes = diagnostics.map((finding) => {
    if (finding.code.startsWith('internal/')) return 1;
    return reaches(finding, failOn) ? 3 : 0;
  });
  return worstExitCode(causes);
}
