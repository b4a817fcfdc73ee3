import type { Origin } from '../../diagnostics/origin.ts';
import type { Answer, Trace } from '../../semantics/trace/trace.ts';
import { type CaseResult, printMismatch, type TracedSides } from '../cases/run-cases.ts';
import { count } from './count.ts';
import { printResource } from './diagnostics.ts';
import { escapeControls } from './escape.ts';
import { printOutcome } from './outcome.ts';
import type { Paint } from './paint.ts';

interface RenderOptions {
  readonly paint: Paint;
  /** Everything, and not only what stands nearest. */
  readonly verbose: boolean;
}

/** How many of the earlier rules are named: the last ones, which stand nearest to the one that answers. */
const SHOWN_SKIPPED = 10;

/** What a request meets, as a person reads it; on a second side too where one is given. */
export function renderTraces({ traces: [own, other], agrees }: TracedSides, options: RenderOptions): string {
  if (own === undefined) return '';
  const lines = renderSide(own, options);
  if (other !== undefined) {
    lines.push(
      options.paint[agrees ? 'info' : 'error'](agrees ? 'agrees with:' : 'differs from:'),
      ...renderSide(other, options),
    );
  }
  return lines.map((line) => `${line}\n`).join('');
}

function renderSide({ request, answers }: Trace, options: RenderOptions): string[] {
  const asked = `${request.method} ${request.url}`;
  return answers.flatMap((answer) => [
    `${escapeControls(asked)} → ${options.paint.strong(escapeControls(printOutcome(answer.outcome)))}`,
    ...renderAnswer(answer, options),
  ]);
}

function renderAnswer(answer: Answer, { paint, verbose }: RenderOptions): readonly string[] {
  const { where, profile, matched, outcome, upstream, skipped, extras, conditions } = answer;
  const rows: (readonly [string, string])[] = [];
  if (matched !== undefined) rows.push(['rule', printPlace(matched)]);
  rows.push(['at', profile === undefined ? where : `${where} (${profile})`]);
  if (upstream !== undefined) {
    rows.push(['sends', `${upstream.method} ${upstream.path}, host ${upstream.host}`]);
    for (const [name, value] of Object.entries(upstream.headers)) rows.push(['', `${name}: ${value}`]);
  }
  if (outcome.kind === 'backends') {
    for (const { name, headers } of outcome.backends) {
      const list = Object.entries(headers ?? {}).map(([key, value]) => `${key}: ${value}`);
      if (headers !== undefined) rows.push(['', `to ${name}: ${list.length === 0 ? 'no headers' : list.join(', ')}`]);
    }
  }
  for (const extra of extras) rows.push(['also', extra]);
  for (const one of conditions) {
    rows.push(['holds', `where ${one.holds}; ${one.otherwise}: ${printOutcome(one.outcome)}`]);
  }
  const shown = verbose ? skipped : skipped.slice(-SHOWN_SKIPPED);
  if (shown.length < skipped.length)
    rows.push(['not', `${count(skipped.length - shown.length, 'earlier rule')} (-v shows them)`]);
  for (const { origin, failed } of shown) rows.push(['not', `${printLine(origin)}  ${failed}`]);
  return rows.map(
    ([label, value]) => `  ${paint.faint(`${label === '' ? '' : `${label}:`}`.padEnd(6))} ${escapeControls(value)}`,
  );
}

function printLine(origin: Origin): string {
  const { file, line } = origin.span();
  return `${file}:${line}`;
}

function printPlace(origin: Origin): string {
  const { resource } = origin.document;
  const parts = [origin.toString(), ...(resource === undefined ? [] : [printResource(resource)]), origin.field];
  return parts.filter((part) => part !== '').join('  ');
}

/** The cases one by one, and how many of them pass. */
export function renderCases(
  results: readonly CaseResult[],
  { paint, quiet, verbose }: RenderOptions & { readonly quiet: boolean },
): string {
  const failed = results.filter(({ mismatches }) => mismatches.length > 0);
  const lines = results.flatMap((result) => {
    const { case: one, mismatches, sides } = result;
    if (mismatches.length === 0) return quiet ? [] : [`ok    ${escapeControls(one.name)}`];
    const name = `${paint.error('FAIL')}  ${paint.strong(escapeControls(one.name))}`;
    const details = mismatches.map((mismatch) => `  ${printMismatch(mismatch)}`);
    return [
      `${name}  ${paint.faint(escapeControls(printLine(one.origin)))}`,
      ...details.map(escapeControls),
      ...sides.traces.flatMap((trace) => renderSide(trace, { paint, verbose })).map((line) => `  ${line}`),
    ];
  });
  if (!quiet || failed.length > 0)
    lines.push(`${results.length - failed.length} of ${count(results.length, 'case')} pass`);
  return lines.map((line) => `${line}\n`).join('');
}
