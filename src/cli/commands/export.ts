import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { LiveError } from '../../lattice/live-error.ts';
import type { LiveState } from '../../lattice/live-state.ts';
import { readLive } from '../../lattice/read-live.ts';
import { Recall } from '../../lattice/recall.ts';
import { type Exported, toResources } from '../../lattice/to-resources.ts';
import { codes, toolVersion } from '../../registry.ts';
import { UsageError } from '../errors.ts';
import { worstExitCode } from '../exit-code.ts';
import type { ExportFlags } from '../flags.ts';
import { backendFinder } from '../live/backend-of.ts';
import { liveDiagnostics } from '../live/diagnostics.ts';
import { openLattice, placeOf, settleBy } from '../live/open-lattice.ts';
import { tellWaiting } from '../live/tell-waiting.ts';
import { joinChunks, printModel, printProduct } from '../print-product.ts';
import { renderDiagnostics } from '../render/diagnostics.ts';
import { choosePaint } from '../render/paint.ts';
import { renderJsonReport } from '../reports/json.ts';
import { exitCodeOf, runFiles } from '../run-translation.ts';
import { findSettings } from '../settings/find-settings.ts';
import { noSettings, readSettings, type Settings } from '../settings/read-settings.ts';
import { toTranslateOptions } from '../translate-options.ts';
import type { World } from '../world.ts';
import { writeReportsBeside } from '../write-reports.ts';

/** `latticectl export`: what stands in an account, as configuration. Changes nothing. */
export async function exportStack(flags: ExportFlags, world: World): Promise<number> {
  const wrong: Diagnostic[] = [];
  const source = findSettings(flags.config, world);
  const settings =
    source === undefined ? noSettings : await readSettings(source, codes, (finding) => wrong.push(finding));
  if (wrong.length > 0) return report(wrong, { exitCode: 3, exported: undefined }, flags, world);
  const waiting = tellWaiting(placeOf(flags), flags, world);
  let found: Found;
  try {
    found = await read(flags, settings, world, waiting.note);
  } catch (error) {
    if (!(error instanceof LiveError)) throw error;
    if (flags.debug === true) world.stderr.write(`debug: ${error.stack ?? error.message}\n`);
    const finding = liveDiagnostics.unreadable({ problem: error.message }, undefined);
    return report([finding], { exitCode: 1, exported: undefined }, flags, world);
  } finally {
    waiting.stop();
  }
  const { exported } = found;
  const problems = findProblems(found, flags);
  const { texts, diagnostics, exitCode } = await print(exported, flags, settings, world);
  const all = [...problems, ...diagnostics];
  const isWhole = problems.every(({ severity }) => severity !== 'error');
  if (isWhole) for (const chunk of joinChunks(texts)) world.stdout.write(chunk);
  return report(all, { exitCode: worstExitCode([exitCode, exitCodeOf(all, flags)]), exported }, flags, world);
}

interface Found {
  readonly exported: Exported;
  readonly live: LiveState;
}

/** What is asked for and not there, and what cannot be named. */
function findProblems({ exported, live }: Found, { service, to }: ExportFlags): readonly Diagnostic[] {
  const { document, unmapped } = exported;
  if (service.length === 0 && document.resources.length === 0) {
    return [liveDiagnostics['nothing-found']({ stack: live.stack }, undefined)];
  }
  const names = new Set(document.resources.flatMap(({ kind, name }) => (kind === 'Service' ? [name] : [])));
  const absent = service
    .filter((name) => !names.has(name))
    .map((name) => {
      const shared = live.resources.find((one) => one.kind === 'Service' && one.name === name);
      return shared?.owner.kind === 'shared'
        ? liveDiagnostics['owner-elsewhere']({ service: name, account: shared.owner.account }, undefined)
        : liveDiagnostics.missing({ what: `the service ${name}` }, undefined);
    });
  // The resources themselves name groups as they are.
  if (to === 'lattice' || unmapped.length === 0) return absent;
  return [...absent, liveDiagnostics['group-unmapped']({ groups: unmapped }, undefined)];
}

async function read(
  flags: ExportFlags,
  { values }: Settings,
  world: World,
  note: (line: string) => void,
): Promise<Found> {
  const stack = flags.stack ?? values.stack;
  if (stack === undefined && flags.service.length === 0) {
    throw new UsageError('export needs --stack, --service, or a stack in the settings');
  }
  const region = values.region;
  const port = await openLattice({ flags, world, note, ...(region === undefined ? {} : { region }) });
  const live = await readLive(new Recall(port), {
    stack: stack ?? '',
    ...(values.account === undefined ? {} : { account: values.account }),
    // A service that is named may be anybody's.
    everything: flags.service.length > 0,
    settle: settleBy(world),
  });
  const { document, unmapped } = toResources(live, {
    ...(flags.service.length === 0 ? {} : { services: new Set(flags.service) }),
    backendOf: backendFinder(values.backends),
  });
  const { kind, stack: owner, account = values.account, ...rest } = document;
  const place = flags.region ?? region;
  const placed = {
    kind,
    ...(owner === undefined ? {} : { stack: owner }),
    ...(place === undefined ? {} : { region: place }),
    ...(account === undefined ? {} : { account }),
    ...rest,
  };
  return { exported: { document: placed, unmapped }, live };
}

interface Printed {
  readonly texts: Iterable<string>;
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: number;
}

/** The resources themselves, or what converting them gives. */
async function print({ document }: Exported, flags: ExportFlags, settings: Settings, world: World): Promise<Printed> {
  if (document.resources.length === 0) return { texts: [], diagnostics: [], exitCode: 0 };
  if (flags.to === 'lattice') {
    const texts = printProduct([{ object: { ...document }, hosts: [] }], flags);
    return { texts, diagnostics: [], exitCode: 0 };
  }
  const bytes = new TextEncoder().encode(JSON.stringify(document, undefined, 2));
  // It is our own form of what is there, and not an output of an earlier run that lies among the input.
  const options = { ...toTranslateOptions(flags, settings, false), readOwn: true };
  const { translation, ...run } = await runFiles([{ file: '<account>', bytes }], options, { flags, world });
  if (translation?.writable !== true) return { texts: [], ...run };
  const texts =
    flags.to === 'ir' ? [printModel(translation, flags.output)] : printProduct(translation.resources, flags);
  return { texts, ...run };
}

async function report(
  diagnostics: readonly Diagnostic[],
  { exitCode, exported }: { readonly exitCode: number; readonly exported: Exported | undefined },
  flags: ExportFlags,
  world: World,
): Promise<number> {
  const paint = await choosePaint(flags.color, world);
  const options = { paint, quiet: flags.quiet === true, verbose: flags.verbose === true };
  const summary = exported === undefined ? {} : { resources: exported.document.resources.length };
  const facts = { command: 'export', version: toolVersion, exitCode, summary, result: {}, diagnostics };
  const text = () => renderDiagnostics(diagnostics, options);
  writeReportsBeside(flags, () => renderJsonReport(facts), text, world);
  return exitCode;
}
