import type { DiagnosticFactory } from '../../diagnostics/diagnostic.ts';
import { type DiagnosticEntry, toEntry } from './diagnostic-entry.ts';

/** The page of all codes, by scope, as Markdown. */
export function renderDiagnosticsPage(factories: Iterable<DiagnosticFactory<never>>): string {
  const scopes = new Map<string, DiagnosticEntry[]>();
  for (const factory of factories) {
    const entry = toEntry(factory);
    const scope = entry.code.slice(0, entry.code.indexOf('/'));
    scopes.set(scope, [...(scopes.get(scope) ?? []), entry]);
  }
  const sections = [...scopes].map(([scope, entries]) => {
    const sorted = entries.sort((left, right) => (left.code < right.code ? -1 : 1));
    return `## ${scope}\n\n${sorted.map(renderEntry).join('\n')}`;
  });
  return `${intro}\n${sections.join('\n')}`;
}

const intro = `# Diagnostics

Generated from the tables that the code runs on (\`npm run update\`); \`latticectl explain CODE\` prints one entry.

- **error**: some request would get another backend, split, status, redirect, path, host or access decision. Its hosts are not written.
- **warning**: routing holds, and something around it is lost or changes.
- **info**: worth knowing.

\`<name>\` stands for a value of the finding. *May change* says what the requests that it is about may meet otherwise: the
comparison of the output with its source allows that there, and nothing else.
`;

/** One code, as the page has it. */
export function renderEntry(entry: DiagnosticEntry): string {
  const { code, severity, summary, message, effect, help, changes, accepting, flag } = entry;
  const lines = [`### ${code}`, '', `**${severity}** ${summary}`, ''];
  if (message !== undefined) lines.push(`- message: ${escapeMarkdown(message)}`);
  if (effect !== undefined) lines.push(`- effect: ${escapeMarkdown(effect)}`);
  if (help !== undefined) lines.push(`- help: ${escapeMarkdown(help)}`);
  if (changes !== undefined) lines.push(`- may change: ${changes}`);
  lines.push(`- accepting: ${accepting}${flag === undefined ? '' : ` (\`${flag}\`)`}`);
  return `${lines.join('\n')}\n`;
}

/** Placeholders would be taken for HTML, stars for emphasis. */
function escapeMarkdown(text: string): string {
  return text.replace(/[<*]/g, '\\$&').replaceAll('\n', ' ');
}
