import type { Origin } from '../../diagnostics/origin.ts';
import type { Coverage } from '../../semantics/equivalence/coverage.ts';
import type { VerifyFlags } from '../flags.ts';
import type { VerifyResult } from '../report-verify.ts';
import { gravityOf, gravityOfDifference, gravityOfUnknown } from '../verify/judge.ts';
import type { ShownDifference, ShownSide } from '../verify/shown-difference.ts';
import { nameOf, type ShownHost } from '../verify/shown-host.ts';
import { count } from './count.ts';
import { printResource } from './diagnostics.ts';
import { escapeControls as safe } from './escape.ts';
import type { Paint } from './paint.ts';

interface RenderOptions {
  readonly flags: VerifyFlags;
  readonly paint: Paint;
}

/** More equal hosts than this are counted, and not named. */
const NAMED_EQUAL = 5;

/** The verdict as a person reads it. */
export function renderVerify(result: VerifyResult, options: RenderOptions): string {
  const { hosts, comparison } = result;
  const { quiet, verbose } = options.flags;
  // A host that is equal in one reading only has something to say.
  const isPlain = ({ verdict, holds }: ShownHost) => verdict === 'equal' && holds === undefined;
  const equal = hosts.filter(isPlain);
  const lines = hosts.filter((host) => !isPlain(host)).flatMap((host) => renderHost(host, options));
  if (quiet !== true) {
    if (verbose === true || equal.length <= NAMED_EQUAL)
      lines.push(...equal.map((one) => `${safe(nameOf(one))}  equal`));
    else lines.push(`${equal.length} hosts equal`);
  }
  for (const { finding } of comparison.unread) {
    const { origin, message, code } = finding;
    const place = origin === undefined ? '' : `${origin.toString()}  `;
    lines.push(
      `${options.paint[gravityOfUnknown(options.flags)]('not read')}: ${safe(`${place}${message} (${code})`)}`,
    );
  }
  if (quiet !== true) {
    const changes = [
      ...new Set(
        hosts.flatMap(({ clientChanges }) => clientChanges.map((one) => safe(`  ${one.before} → ${one.after}`))),
      ),
    ];
    if (changes.length > 0) lines.push('clients must change:', ...changes);
    lines.push(...renderCoverage(comparison.coverage));
  }
  lines.push(renderTotals(result, options));
  return lines.map((line) => `${line}\n`).join('');
}

function renderHost(host: ShownHost, options: RenderOptions): readonly string[] {
  const { verdict, differences, reasons, sampled, holds } = host;
  const { paint, flags } = options;
  const gravity = gravityOf(host, flags);
  const name = paint.strong(safe(nameOf(host)));
  const word = gravity === undefined ? verdict : paint[gravity](verdict);
  const dimensions = [...new Set(differences.map(({ dimension }) => dimension))].join(', ');
  const isMinor = gravity === 'warning' && differences.every((one) => one.gravity === 'behaviour');
  const what = verdict === 'differs' ? `: ${dimensions}${isMinor ? ' (routed alike)' : ''}` : '';
  const shown = flags.verbose === true ? differences : differences.filter((one) => !followsFrom(one, differences));
  const lines = [`${name}  ${word}${what}`, ...shown.flatMap((one) => renderDifference(one, options))];
  for (const reason of reasons) lines.push(`  ${paint.faint('unknown:')} ${safe(reason)}`);
  if (reasons.length > 0 && sampled > 0) lines.push(`  ${paint.faint('tried:')} ${count(sampled, 'request')}`);
  if (holds !== undefined) lines.push(`  ${paint.faint('holds:')} ${holds}`);
  return lines;
}

/** A request that moves as the closed list says has the timeouts of where it goes, which goes without saying. */
function followsFrom({ gravity, known }: ShownDifference, differences: readonly ShownDifference[]): boolean {
  return (
    gravity === 'behaviour' &&
    differences.some((one) => one.gravity === 'routing' && one.known === known && known !== undefined)
  );
}

function renderDifference(difference: ShownDifference, { paint, flags }: RenderOptions): readonly string[] {
  const { dimension, request, left, right, known, reading, conditions = [] } = difference;
  const gravity = gravityOfDifference(difference, flags);
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
  if (request.fromNamespace !== undefined) headers.push(`from namespace ${request.fromNamespace}`);
  const asked = `${request.method} ${request.url}${headers.length === 0 ? '' : ` (${headers.join(', ')})`}`;
  const notes = [
    ...conditions.map((one) => `where ${one} holds`),
    ...(reading === undefined ? [] : [reading]),
    ...(known === undefined ? [] : [`known as ${known}`]),
  ];
  return [
    `  ${paint[gravity](dimension)}: ${safe(asked)}${notes.length === 0 ? '' : `  [${safe(notes.join('; '))}]`}`,
    `    before: ${safe(renderSide(left))}`,
    `    after:  ${safe(renderSide(right))}`,
  ];
}

function renderSide({ text, origins }: ShownSide): string {
  const places = origins.map(printPlace);
  return places.length === 0 ? text : `${text}  ${places.join(', ')}`;
}

function printPlace(origin: Origin): string {
  const { file, line } = origin.span();
  return `${file}:${line}`;
}

function renderCoverage({ left, right }: { readonly left: Coverage; readonly right: Coverage }): readonly string[] {
  const rows = [
    ...left.unreached.map(({ origin }) => ['old', origin] as const),
    ...right.unreached.map(({ origin }) => ['new', origin] as const),
  ];
  if (rows.length === 0) return [];
  const lines = rows.map(([side, origin]) => {
    const { resource } = origin.document;
    const what = [...(resource === undefined ? [] : [printResource(resource)]), origin.field];
    return safe(`  ${side}: ${printPlace(origin)}  ${what.filter((part) => part !== '').join('  ')}`);
  });
  return ['no request reaches these rules:', ...lines];
}

function renderTotals({ hosts, comparison }: VerifyResult, { flags, paint }: RenderOptions): string {
  if (hosts.length === 0) return `${paint.strong(comparison.verdict)}: neither side serves a host`;
  const of = (verdict: ShownHost['verdict']) => hosts.filter((one) => one.verdict === verdict);
  const differing = of('differs');
  const minor = differing.filter((one) => gravityOf(one, flags) === 'warning').length;
  const differ = `${differing.length} ${differing.length === 1 ? 'differs' : 'differ'}`;
  const parts = [
    `${of('equal').length} equal`,
    `${differ}${minor > 0 ? ` (${minor} as a warning)` : ''}`,
    `${of('unknown').length} unknown`,
  ];
  return `${paint.strong(comparison.verdict)}: ${count(hosts.length, 'host')}, ${parts.join(', ')}`;
}
