import { resolve } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { LiveError } from '../../lattice/live-error.ts';
import { checksumOf } from '../../lattice/plan/checksum.ts';
import { makePlan } from '../../lattice/plan/make-plan.ts';
import { hasChanges } from '../../lattice/plan/plan-types.ts';
import { type IsProtected, protectBy } from '../../lattice/plan/protection.ts';
import { type LivePlan, planLive } from '../../lattice/plan-live.ts';
import { asLiveState, toWantedState } from '../../lattice/wanted-state.ts';
import { weigh } from '../../pipeline/severity.ts';
import { UsageError } from '../errors.ts';
import { worstExitCode } from '../exit-code.ts';
import type { DiffFlags } from '../flags.ts';
import { liveDiagnostics } from '../live/diagnostics.ts';
import { digest } from '../live/digest.ts';
import { openLattice, placeOf, settleBy } from '../live/open-lattice.ts';
import { printPlanFile } from '../live/plan-file.ts';
import { toFindings } from '../live/plan-findings.ts';
import type { Wanted } from '../live/read-products.ts';
import { readWanted, type WantedRun } from '../live/read-wanted.ts';
import { tellWaiting } from '../live/tell-waiting.ts';
import { type DiffResult, reportDiff } from '../report-diff.ts';
import { type CommandContext, exitCodeOf } from '../run-translation.ts';
import type { World } from '../world.ts';
import { writeFileWhole } from '../write-output.ts';

/** `latticectl diff`: what would have to change, in an account or from one configuration to another. Changes nothing. */
export async function diff(inputs: readonly string[], flags: DiffFlags, { world }: CommandContext): Promise<number> {
  checkFlags(flags);
  const except = flags.planOut === undefined ? [] : [resolve(world.cwd, flags.planOut)];
  const run = await readWanted(inputs, flags, { world, except });
  const outcome = await compare(run, flags, world);
  const { severities = {} } = run.settings.values;
  const weighing = { severities, strict: flags.strict === true };
  const found = [...run.diagnostics, ...outcome.diagnostics.map((finding) => weigh(finding, weighing))];
  const { result } = outcome;
  const isChanged = flags.exitCode === true && result !== undefined && hasChanges(result.plan);
  const exitCode = worstExitCode([run.exitCode, outcome.exitCode, exitCodeOf(found, flags), isChanged ? 2 : 0]);
  const notes: string[] = [];
  if (flags.planOut !== undefined && result !== undefined) {
    // A plan with a hole would be taken for the whole.
    if (result.plan.blocked.length > 0) notes.push(`${flags.planOut} is not written while something stands in the way`);
    else {
      writeFileWhole(flags.planOut, printPlanFile(result), world);
      notes.push(`wrote the plan to ${flags.planOut}`);
    }
  }
  await reportDiff(result, found, { exitCode, flags, world, notes });
  return exitCode;
}

interface Outcome {
  readonly result: DiffResult | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Of causes that are no findings at their severity. */
  readonly exitCode: number;
}

async function compare(run: WantedRun, flags: DiffFlags, world: World): Promise<Outcome> {
  const { wanted } = run;
  if (wanted === undefined) return { result: undefined, diagnostics: [], exitCode: 0 };
  const isProtected = protectBy(run.settings.values.protect ?? []);
  if (flags.against.length > 0) return compareWithOld(wanted, isProtected, flags, world);
  const { document, places } = wanted;
  const { stack } = document;
  if (stack === undefined) {
    return { result: undefined, diagnostics: [liveDiagnostics['stack-missing']({}, undefined)], exitCode: 0 };
  }
  const state = toWantedState(document, stack, places);
  const wantedRegion = flags.region ?? document.region;
  const waiting = tellWaiting(placeOf(flags), flags, world);
  let found: LivePlan;
  try {
    const port = await openLattice({
      flags,
      world,
      note: waiting.note,
      ...(wantedRegion === undefined ? {} : { region: wantedRegion }),
    });
    const { account } = document;
    const region = await port.region();
    // An account in which nothing stands does not tell which one it is. With an endpoint no other service is asked.
    if (account !== undefined && flags.endpointUrl === undefined) {
      const other = findOtherAccount(account, await port.account());
      if (other !== undefined) return { result: undefined, diagnostics: [other], exitCode: 4 };
    }
    found = await planLive(state, port, {
      ...{ prune: flags.prune === true, adopt: new Set<string>(), isProtected, digest, region },
      read: { stack, settle: settleBy(world), ...(account === undefined ? {} : { account }) },
    });
  } catch (error) {
    if (!(error instanceof LiveError)) throw error;
    if (flags.debug === true) world.stderr.write(`debug: ${error.stack ?? error.message}\n`);
    const finding = liveDiagnostics.unreadable({ problem: error.message }, undefined);
    return { result: undefined, diagnostics: [finding], exitCode: 1 };
  } finally {
    waiting.stop();
  }
  const other = findOtherAccount(document.account, found.live.account);
  if (other !== undefined) return { result: undefined, diagnostics: [other], exitCode: 4 };
  const { plan, checksum, place } = found;
  const result = {
    plan,
    checksum,
    wanted: document,
    ...place,
    ...(flags.endpointUrl && { endpoint: flags.endpointUrl }),
  };
  return { result, diagnostics: toFindings(plan, state), exitCode: 0 };
}

/** Without an account: the old configuration stands for what is there. */
async function compareWithOld(
  { document, places }: Wanted,
  isProtected: IsProtected,
  flags: DiffFlags,
  world: World,
): Promise<Outcome> {
  const old = await readWanted(flags.against, flags, { world, except: [] });
  if (old.wanted === undefined) return { result: undefined, diagnostics: old.diagnostics, exitCode: old.exitCode };
  const stack = document.stack ?? old.wanted.document.stack ?? 'stack';
  const state = toWantedState(document, stack, places);
  const before = toWantedState(old.wanted.document, stack, old.wanted.places);
  const plan = makePlan(state, asLiveState(before, state), { prune: true, adopt: new Set(), isProtected });
  const result = { plan, checksum: checksumOf(plan, digest), wanted: document };
  return { result, diagnostics: [...old.diagnostics, ...toFindings(plan, state)], exitCode: old.exitCode };
}

function findOtherAccount(wanted: string | undefined, found: string | undefined): Diagnostic | undefined {
  if (wanted === undefined || found === undefined || found === wanted) return undefined;
  return liveDiagnostics['other-account']({ wanted, found }, undefined);
}

function checkFlags({ against, planOut, prune, endpointUrl, region, awsProfile, output, report }: DiffFlags): void {
  if (against.length > 0) {
    const live = [
      ['--plan-out', planOut],
      ['--prune', prune],
      ['--endpoint-url', endpointUrl],
      ['--region', region],
      ['--aws-profile', awsProfile],
    ].find(([, value]) => value !== undefined);
    if (live !== undefined)
      throw new UsageError(`--against compares without an account; ${live[0]} has no meaning there`);
  }
  const onStdout = report.filter(({ path }) => path === undefined || path === '-');
  if (onStdout.length + (output === undefined ? 0 : 1) > 1) {
    throw new UsageError('stdout takes one report; name a file for the other, as in --report json=diff.json');
  }
}
