import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { printObject } from '../../pipeline/acceptance.ts';
import { countChecks } from '../../pipeline/count-checks.ts';
import type { Translation } from '../../pipeline.ts';
import { codes, parsers } from '../../registry.ts';
import { count } from './count.ts';
import { escapeControls } from './escape.ts';
import { limitLines } from './limits.ts';
import type { Paint } from './paint.ts';
import { quoteForShell } from './quote-for-shell.ts';

interface SummaryOptions {
  readonly command: 'convert' | 'validate';
  /** The command line, for the next commands. */
  readonly argv: readonly string[];
  /** Lines about files that were written. */
  readonly notes: readonly string[];
  readonly paint: Paint;
  /** Of objects without one. */
  readonly namespace: string;
}

/** How many causes, client changes and the like are listed before the rest is counted. */
const SHOWN = 10;

/** What the run came to, on stderr: by source, limits, what to do before applying, and the next commands. */
export function renderSummary(translation: Translation, options: SummaryOptions): string {
  const { paint } = options;
  const sections: (readonly [string, readonly string[]])[] = [
    [headline(translation, options), [...sourceLines(translation), ...verifiedLines(translation), ...options.notes]],
    ['Limits', limitLines(translation.limits)],
    ['Before applying', shorten(translation.prerequisites)],
    ['Clients must change', shorten(translation.clientChanges.map(({ before, after }) => `${before} → ${after}`))],
    [withheldTitle(translation), causeLines(translation)],
    ['Next', nextCommands(translation, options)],
  ];
  return sections
    .filter(([title, lines], index) => title !== '' && (index === 0 || lines.length > 0))
    .map(([title, lines]) => {
      const body = lines.map((line) => `  ${escapeControls(line)}\n`).join('');
      return `${paint.strong(escapeControls(title))}${lines.length === 0 ? '' : ':'}\n${body}`;
    })
    .join('');
}

function headline({ hosts, resources, writable }: Translation, { command }: SummaryOptions): string {
  const written = hosts.filter(({ withheldBy }) => withheldBy.length === 0).length;
  if (hosts.length === 0 && (command === 'validate' || writable)) {
    if (command === 'validate') return 'No host is served';
    return `No host is served; ${resources.length === 0 ? 'nothing is' : count(resources.length, 'resource')} written`;
  }
  if (command === 'validate') return `${written} of ${count(hosts.length, 'host')} can be written`;
  if (!writable) return 'Nothing is written';
  return `${written} of ${count(hosts.length, 'host')} written, in ${count(countResources(resources), 'resource')}`;
}

/** A document of ours holds many resources. */
function countResources(resources: Translation['resources']): number {
  return resources.reduce((sum, { object }) => {
    const { resources: held } = object;
    return sum + (Array.isArray(held) ? held.length : 1);
  }, 0);
}

/** For each source: its objects, how many of them lose something (errors) and how many change (warnings). */
function sourceLines({ objects, diagnostics }: Translation): readonly string[] {
  const lost = documentsOf(diagnostics, 'error');
  const changed = documentsOf(diagnostics, 'warning');
  return parsers.flatMap(({ name, title }) => {
    const read = objects.get(name) ?? [];
    if (read.length === 0) return [];
    const losing = read.filter(({ origin }) => lost.has(origin.document)).length;
    const changing = read.filter(({ origin }) => changed.has(origin.document) && !lost.has(origin.document)).length;
    const whole = read.length - losing - changing;
    const parts = whole > 0 ? [`${whole} converted`] : [];
    if (changing > 0) parts.push(`${changing} changed (warnings)`);
    if (losing > 0) parts.push(`${losing} with losses (errors)`);
    return [`${title}: ${count(read.length, 'object')}, ${parts.join(', ')}`];
  });
}

/** What the comparison with the source came to; nothing where there was none. */
function verifiedLines({ checks }: Translation): readonly string[] {
  if (checks === undefined) return [];
  const { equal, reported, unknown } = countChecks(checks);
  const losing = checks.filter(({ losesBehaviour }) => losesBehaviour).length;
  const counts = [`${count(equal, 'host')} equal`, `${reported} ${reported === 1 ? 'differs' : 'differ'} as reported`];
  const around = losing === 0 ? '' : `; ${losing} with other timeouts, retries or the like, as reported`;
  const why = checks.flatMap(({ verdict, id, reasons }) =>
    verdict === 'unknown' ? [`  ${id}: ${reasons.join('; ')}`] : [],
  );
  return [`verified: ${counts.join(', ')}, ${unknown} unknown${around}`, ...shorten(why)];
}

function documentsOf(diagnostics: readonly Diagnostic[], severity: 'error' | 'warning'): ReadonlySet<unknown> {
  return new Set(diagnostics.filter((one) => one.severity === severity).map(({ origin }) => origin?.document));
}

function withheldTitle({ hosts, writable }: Translation): string {
  const written = hosts.filter(({ withheldBy }) => withheldBy.length === 0).length;
  if (written === hosts.length && writable) return '';
  if (hosts.length === 0) return 'Withheld because of errors';
  return `Withheld: ${written} of ${count(hosts.length, 'host')} can be written`;
}

interface Cause {
  readonly code: string;
  readonly hosts: Set<string>;
  readonly findings: Set<Diagnostic>;
}

/** What keeps hosts from being written, the cause of the most hosts first. */
function findCauses({ hosts, diagnostics, writable }: Translation): readonly Cause[] {
  const causes = new Map<string, Cause>();
  const causeOf = (finding: Diagnostic): Cause => {
    const known = causes.get(finding.code);
    if (known !== undefined) return known;
    const fresh = { code: finding.code, hosts: new Set<string>(), findings: new Set<Diagnostic>() };
    causes.set(finding.code, fresh);
    return fresh;
  };
  for (const { id, withheldBy } of hosts) {
    for (const finding of withheldBy) {
      const cause = causeOf(finding);
      cause.hosts.add(id);
      cause.findings.add(finding);
    }
  }
  // Errors that concern no host keep everything back too, as long as --partial is not given.
  const blocking = writable ? [] : diagnostics.filter((one) => one.severity === 'error' && one.accepted === undefined);
  for (const finding of blocking) if (!causes.has(finding.code)) causeOf(finding).findings.add(finding);
  const byWeight = (left: Cause, right: Cause) =>
    right.hosts.size - left.hosts.size || (left.code < right.code ? -1 : 1);
  return [...causes.values()].sort(byWeight);
}

function causeLines(translation: Translation): readonly string[] {
  const lines = findCauses(translation).map(({ code, hosts }) =>
    hosts.size === 0 ? `the input: ${code}` : `${count(hosts.size, 'host')}: ${code}`,
  );
  return shorten(lines);
}

/** Commands to paste: what can be written now, how the causes are accepted, and what explains them. */
function nextCommands(translation: Translation, { argv, namespace }: SummaryOptions): readonly string[] {
  const causes = findCauses(translation).filter(({ code }) => codes.get(code)?.definition.isConsequence !== true);
  const [first] = causes;
  if (first === undefined) return [];
  const base = ['latticectl', ...argv];
  const commands: string[][] = [];
  if (!translation.writable && translation.hosts.some(({ withheldBy }) => withheldBy.length === 0)) {
    commands.push([...base, '--partial']);
  }
  const accepts = causes.slice(0, 3).flatMap((cause) => acceptFlags(cause, namespace));
  if (accepts.length > 0) commands.push([...base, ...accepts.slice(0, 6)]);
  commands.push(['latticectl', 'explain', first.code]);
  return commands.map((words) => words.map(quoteForShell).join(' '));
}

function acceptFlags({ code, findings }: Cause, defaultNamespace: string): readonly string[] {
  const definition = codes.get(code)?.definition;
  if (definition === undefined || definition.accept === 'never') return [];
  if (definition.security !== true) return ['--accept', `${code}=REASON`];
  const objects = new Set<string>();
  for (const { origin } of findings) {
    const resource = origin?.document.resource;
    if (resource === undefined) continue;
    objects.add(
      printObject({ kind: resource.kind, namespace: resource.namespace ?? defaultNamespace, name: resource.name }),
    );
  }
  return [...objects].sort().flatMap((object) => ['--accept', `${code}@${object}=REASON`]);
}

function shorten(lines: readonly string[]): readonly string[] {
  return lines.length <= SHOWN ? lines : [...lines.slice(0, SHOWN - 1), `and ${lines.length - SHOWN + 1} more`];
}
