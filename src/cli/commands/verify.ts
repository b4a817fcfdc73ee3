import { resolve } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { printManifests } from '../../emitters/print-manifest.ts';
import type { RoutingModel } from '../../ir/model.ts';
import { compareSides } from '../../pipeline/compare/compare-sides.ts';
import { type ComparedSide, type ReadSide, toComparedSide } from '../../pipeline/compare/compared-side.ts';
import { findMovedGateways } from '../../pipeline/compare/find-moved-gateways.ts';
import { findUncompared } from '../../pipeline/compare/find-uncompared.ts';
import { codes } from '../../registry.ts';
import type { ProfileName } from '../../semantics/profile-names.ts';
import { isReadBy } from '../../semantics/profiles.ts';
import { trace } from '../../semantics/trace/trace.ts';
import { renderRequestModelText } from '../docs/render-request-model.ts';
import { UsageError } from '../errors.ts';
import { worstExitCode } from '../exit-code.ts';
import type { VerifyFlags } from '../flags.ts';
import { type ModelSide, readSides } from '../read-model.ts';
import { count } from '../render/count.ts';
import { reportVerify, type VerifyResult } from '../report-verify.ts';
import { type CommandContext, exitCodeOf } from '../run-translation.ts';
import type { Settings } from '../settings/read-settings.ts';
import { narrowByHost } from '../verify/hosts-near.ts';
import { fails, gravityOf, gravityOfUnknown } from '../verify/judge.ts';
import { Showing } from '../verify/shown-difference.ts';
import { toShownHosts } from '../verify/shown-host.ts';
import { collectCases } from '../verify/write-cases.ts';
import { writeFileWhole } from '../write-output.ts';

/** `latticectl verify`: whether two configurations route every request alike. */
export async function verify(
  inputs: readonly string[],
  flags: VerifyFlags,
  { world }: CommandContext,
): Promise<number> {
  if (flags.explainModel === true) {
    world.stdout.write(renderRequestModelText());
    return 0;
  }
  checkFlags(flags);
  const {
    sides: read,
    settings,
    diagnostics,
    exitCode,
  } = await readSides(toSides(inputs, flags), flags, {
    world,
    // Cases of an earlier run may lie among the input.
    except: flags.writeCases === undefined ? [] : [resolve(world.cwd, flags.writeCases)],
  });
  const [old, fresh] = read ?? [];
  if (old === undefined || fresh === undefined) {
    await reportVerify(undefined, diagnostics, { exitCode, flags, world, notes: [] });
    return exitCode;
  }
  const left = toSide(old, flags.semantics, flags);
  const right = toSide(fresh, flags.againstSemantics, flags);
  const result = await compare(left, right, { flags, settings });
  const found = [...left.diagnostics, ...right.diagnostics, ...findBeside(result, { left, right, flags })];
  const worst = worstExitCode([exitCodeOf(found, flags), isAlike(result, flags) ? 0 : 3]);
  let notes: readonly string[] = [];
  try {
    if (flags.writeCases !== undefined)
      notes = writeCases(flags.writeCases, result, { flags, world, model: left.model });
  } finally {
    // The verdict is worth reading even where the cases could not be written.
    await reportVerify(result, found, { exitCode: worst, flags, world, notes });
  }
  return worst;
}

function checkFlags({ against, output, report }: VerifyFlags): void {
  if (against.length === 0) throw new UsageError('verify needs the configuration to compare with: --against NEW…');
  const onStdout = report.filter(({ path }) => path === undefined || path === '-');
  if (onStdout.length + (output === undefined ? 0 : 1) > 1) {
    throw new UsageError('stdout takes one report; name files for the others, as in --report junit=hosts.xml');
  }
}

function toSides(
  inputs: readonly string[],
  { against, semantics, againstSemantics, sourceClass }: VerifyFlags,
): readonly ModelSide[] {
  const side = (paths: readonly string[], name: ProfileName | undefined): ModelSide => ({
    inputs: paths,
    ...(name === undefined ? {} : { semantics: name }),
    ...(sourceClass === undefined ? {} : { sourceClass }),
  });
  return [side(inputs, semantics), side(against, againstSemantics)];
}

/** A side with those of its hosts that are read as `--semantics` says. */
function toSide(read: ReadSide, semantics: ProfileName | undefined, { namespace }: VerifyFlags): ComparedSide {
  const hosts = read.model.virtualHosts;
  const virtualHosts = semantics === undefined ? hosts : hosts.filter((host) => isReadBy(host, semantics));
  return toComparedSide({ ...read, model: { ...read.model, virtualHosts } }, { codes, defaultNamespace: namespace });
}

async function compare(
  left: ComparedSide,
  right: ComparedSide,
  { flags, settings: { values } }: { readonly flags: VerifyFlags; readonly settings: Settings },
): Promise<VerifyResult> {
  const expanded = Object.entries(values.hosts ?? {}).flatMap(([host, { expand }]) =>
    expand === undefined ? [] : [host],
  );
  const comparison = await compareSides(left, right, {
    budget: flags.budget,
    seed: flags.seed,
    mappings: flags.map,
    expanded: new Set(expanded),
    allReadings: true,
    keepRequests: flags.writeCases !== undefined,
    ...(values.subsetService === undefined ? {} : { subsetService: values.subsetService }),
  });
  return { comparison, hosts: toShownHosts(comparison, new Showing(left, right)) };
}

/** What the two sides say otherwise beside the answers to requests. */
function findBeside(
  { comparison }: VerifyResult,
  { left, right, flags }: { readonly left: ComparedSide; readonly right: ComparedSide; readonly flags: VerifyFlags },
): readonly Diagnostic[] {
  const moved = findMovedGateways(
    comparison.hosts.map(({ pair }) => pair),
    left.model,
    right.model,
  );
  const found = [...moved, ...findUncompared(left.settings, right.settings)];
  return flags.strict === true ? found.map((one) => ({ ...one, severity: 'error' })) : found;
}

function isAlike({ hosts, comparison }: VerifyResult, flags: VerifyFlags): boolean {
  const isOpen = comparison.unread.length > 0 && fails(gravityOfUnknown(flags), flags);
  return !isOpen && hosts.every((host) => !fails(gravityOf(host, flags), flags));
}

/** Gives the line that tells what was written. */
function writeCases(
  path: string,
  { hosts }: VerifyResult,
  {
    flags,
    world,
    model,
  }: { readonly flags: VerifyFlags; readonly model: RoutingModel } & Pick<CommandContext, 'world'>,
): readonly string[] {
  const { clusterDomain, semantics } = flags;
  const near = narrowByHost(model);
  const follow = (request: Parameters<typeof trace>[1]) =>
    trace(near(request.host), request, { clusterDomain, ...(semantics === undefined ? {} : { semantics }) });
  const { cases, left } = collectCases(hosts, follow);
  writeFileWhole(
    path,
    printManifests([{ version: 1, cases }], () => ['what the old side of latticectl verify answers']),
    world,
  );
  const more = left === 0 ? '' : `; ${count(left, 'request')} cannot be replayed`;
  return [`wrote ${count(cases.length, 'case')} to ${path}${more}`];
}
