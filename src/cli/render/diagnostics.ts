import type { Diagnostic, Severity, Witness } from '../../diagnostics/diagnostic.ts';
import type { Origin, ResourceId } from '../../diagnostics/origin.ts';
import { escapeControls } from './escape.ts';
import type { Paint } from './paint.ts';

/** How many further places of a repeated finding are named. */
const SHOWN_PLACES = 3;
/** Wider excerpts are cut around what is marked. */
const EXCERPT_WIDTH = 120;

export interface RenderOptions {
  readonly paint: Paint;
  /** Infos are left out. */
  readonly quiet: boolean;
  /** Repeats are shown in full. */
  readonly verbose: boolean;
}

/** Findings as a person reads them. Repeats of one kind are counted behind the first one. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], options: RenderOptions): string {
  const shown = options.quiet ? diagnostics.filter(({ severity }) => severity !== 'info') : diagnostics;
  const groups = new Map<unknown, Diagnostic[]>();
  // The keys of a settings file are few, and each of them is another mistake. Repeats mostly say the very same, and only the first is looked at word by word.
  const bare = remember(withoutNames);
  for (const diagnostic of shown) {
    const isApart = options.verbose || diagnostic.code.startsWith('settings/');
    const key = isApart ? diagnostic : shapeOf(diagnostic, bare(diagnostic.message));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [diagnostic]);
    else group.push(diagnostic);
  }
  return [...groups.values()]
    .map(([first, ...more]) =>
      first === undefined ? '' : `${renderOne(first, options.paint)}${renderRepeats(more)}\n`,
    )
    .join('');
}

function renderOne(diagnostic: Diagnostic, paint: Paint): string {
  const { code, severity, message, origin, effect, help, accepted, witness, related } = diagnostic;
  const lines = [`${paint[severity](`${severity}[${code}]`)}: ${paint.strong(escapeControls(message))}`];
  if (origin !== undefined) lines.push(...renderPlace(origin, severity, paint));
  if (effect !== undefined) lines.push(`  effect: ${escapeControls(effect)}`);
  if (witness !== undefined) lines.push(...renderWitness(witness, effect === undefined));
  for (const { message: text, origin: place } of related) {
    lines.push(`  see: ${escapeControls(`${place.toString()}  ${text}`)}`);
  }
  // Lines to paste stand below the sentence, indented so that no name can pass for a finding of its own.
  if (help !== undefined) lines.push(`  help: ${help.split('\n').map(escapeControls).join('\n    ')}`);
  if (accepted !== undefined) lines.push(`  accepted: ${escapeControls(accepted.reason)}`);
  return `${lines.join('\n')}\n`;
}

function renderPlace(origin: Origin, severity: Severity, paint: Paint): readonly string[] {
  const span = origin.span();
  const place = [`${span.file}:${span.line}:${span.col}`];
  if (origin.document.resource !== undefined) place.push(printResource(origin.document.resource));
  if (origin.field !== '') place.push(origin.field);
  const { template } = origin.document;
  if (template !== undefined) place.push(`(from ${template})`);
  const lines = [`  ${paint.faint('-->')} ${escapeControls(place.join('  '))}`];
  const text = origin.document.lineText(span.line);
  if (text === undefined || text.trim() === '') return lines;
  const from = Math.max(0, span.col - 1 > EXCERPT_WIDTH - 20 ? span.col - 21 : 0);
  const end = span.endLine === span.line ? span.endCol - 1 : text.length;
  const before = escapeControls(text.slice(from, span.col - 1)).replaceAll('\t', ' ');
  const marked = escapeControls(text.slice(span.col - 1, Math.min(end, from + EXCERPT_WIDTH)));
  const after = escapeControls(text.slice(Math.min(end, from + EXCERPT_WIDTH), from + EXCERPT_WIDTH));
  const number = String(span.line);
  const margin = ' '.repeat(number.length);
  const mark = paint[severity]('^'.repeat(Math.max(1, marked.length)));
  return [
    ...lines,
    ` ${paint.faint(`${number} |`)} ${before}${marked.replaceAll('\t', ' ')}${after}`.trimEnd(),
    ` ${paint.faint(`${margin} |`)} ${' '.repeat(before.length)}${mark}`,
  ];
}

function renderWitness({ request, before, after }: Witness, alone: boolean): readonly string[] {
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
  const what = `${request.method} ${request.url}${headers.length === 0 ? '' : ` (${headers.join(', ')})`}`;
  const lead = alone ? '  effect: ' : '          ';
  return [
    `${lead}${escapeControls(what)}`,
    `          before: ${escapeControls(before)}`,
    `          after:  ${escapeControls(after)}`,
  ];
}

function renderRepeats(more: readonly Diagnostic[]): string {
  if (more.length === 0) return '';
  const places = new Set<string>();
  for (const { origin } of more) {
    // Placing a finding means reading its document again, so no more are placed than are shown.
    if (places.size > SHOWN_PLACES) break;
    if (origin === undefined) continue;
    const { file, line } = origin.span();
    places.add(`${file}:${line}`);
  }
  const shown = [...places].slice(0, SHOWN_PLACES);
  const list = shown.length < Math.min(places.size, more.length) ? [...shown, '…'] : shown;
  const where = list.length === 0 ? '' : `: ${escapeControls(list.join(', '))}`;
  return `  and ${more.length} more like this${where}\n`;
}

/** `Kind namespace/name`. */
export function printResource({ kind, namespace, name }: ResourceId): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** Equal for findings that say the same about different things: names, numbers and quoted parts do not count. */
function shapeOf({ code, severity, accepted, origin }: Diagnostic, bare: string): string {
  const own = origin?.document.resource?.name;
  const words = () => bare.split(' ').map((word) => (word === own ? '#' : word));
  const shape = own === undefined || !bare.includes(own) ? bare : words().join(' ');
  return [code, severity, accepted?.reason ?? '', shape].join('\n');
}

/** A message with its numbers, paths and quoted parts left out. */
function withoutNames(message: string): string {
  return message.replace(/"(?:[^"\\]|\\.)*"|`[^`]*`|'[^']*'|\S*[\d./:*_-]\S*/g, '#');
}

function remember(work: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = work(text);
    known.set(text, result);
    return result;
  };
}
