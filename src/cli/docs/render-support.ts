import type { Emitter } from '../../emitters/emitter.ts';
import { sharedDiagnostics } from '../../emitters/shared-diagnostics.ts';
import type { AnyFieldTable, FieldRow } from '../../parsers/field-table.ts';
import { kubernetesKinds } from '../../parsers/kubernetes/kubernetes-kinds.ts';
import type { KindSupport, Parser } from '../../parsers/parser.ts';

/** A row of the support matrix. */
export interface SupportRow {
  readonly name: string;
  readonly answer: string;
  readonly note: string;
}

export interface SupportSection {
  readonly title: string;
  readonly columns: readonly [string, string, string];
  readonly rows: readonly SupportRow[];
}

/** What is read of every kind and field, and what a target reports. */
export function supportSections(parsers: readonly Parser[], emitters: readonly Emitter[]): readonly SupportSection[] {
  return [
    {
      title: 'Kubernetes: kinds that are read for facts, or route nothing',
      columns: ['kind', 'answer', 'note'] as const,
      rows: kubernetesKinds.map(toKindRow),
    },
    ...parsers.flatMap(({ title, kinds, tables }) => [
      { title: `${title}: kinds`, columns: ['kind', 'answer', 'note'] as const, rows: kinds.map(toKindRow) },
      ...Object.entries(tables).map(([type, table]) => ({
        title: `${title}: ${type}`,
        columns: ['field', 'answer', 'note'] as const,
        rows: Object.entries(table).map(([field, row]) => toFieldRow(field, row)),
      })),
    ]),
    ...[
      { title: 'All targets: what one of them cannot say, or says otherwise', diagnostics: sharedDiagnostics },
      ...emitters.map(({ name, diagnostics }) => ({
        title: `Target ${name}: what it alone cannot say, or says otherwise`,
        diagnostics,
      })),
    ].map(({ title, diagnostics }) => ({
      title,
      columns: ['code', 'severity', 'when'] as const,
      rows: Object.values(diagnostics)
        .map(({ code, definition }) => ({ name: code, answer: definition.severity, note: definition.summary }))
        .sort((left, right) => (left.name < right.name ? -1 : 1)),
    })),
  ];
}

function toKindRow({ group, kind, versions, answer, reason }: KindSupport): SupportRow {
  const name = group === '' ? kind : `${group}/${kind}`;
  return { name, answer, note: [versions.join(', '), reason].filter((part) => part).join('; ') };
}

function toFieldRow(field: string, row: AnyFieldTable[string]): SupportRow {
  return { name: field, ...toAnswer(row) };
}

function toAnswer(row: FieldRow<never, never>): Omit<SupportRow, 'name'> {
  if ('ignore' in row) return { answer: 'ignored', note: row.ignore };
  if ('drop' in row) {
    const { code, definition } = row.drop;
    return { answer: `reported (${definition.severity})`, note: row.note ?? code };
  }
  return { answer: 'read', note: row.note ?? '' };
}

/** The matrix as Markdown. */
export function renderSupportPage(sections: readonly SupportSection[]): string {
  const intro = `# What is supported

Generated from the tables that the code runs on (\`npm run update\`); \`latticectl explain --matrix\` prints the same.

- read: becomes part of the routing model, and the target answers for it · carried: written as it is, in its newest version
- reported: a finding says what is lost · ignored: routes no request, for the reason beside it
`;
  const parts = sections.map(({ title, columns, rows }) => {
    const lines = rows.map(
      ({ name, answer, note }) => `| ${[`\`${name}\``, answer, escapeMarkdown(note)].join(' | ')} |`,
    );
    return `## ${title}\n\n| ${columns.join(' | ')} |\n|---|---|---|\n${lines.join('\n')}\n`;
  });
  return `${intro}\n${parts.join('\n')}`;
}

/** The matrix in columns, for a terminal. */
export function renderSupportText(sections: readonly SupportSection[]): string {
  return sections
    .map(({ title, rows }) => {
      const width = Math.max(0, ...rows.map(({ name }) => name.length));
      const answers = Math.max(0, ...rows.map(({ answer }) => answer.length));
      const lines = rows.map(({ name, answer, note }) =>
        `  ${name.padEnd(width)}  ${answer.padEnd(answers)}  ${note}`.trimEnd(),
      );
      return `${title}\n${lines.join('\n')}\n`;
    })
    .join('\n');
}

function escapeMarkdown(text: string): string {
  return text.replace(/[<|*]/g, '\\$&').replaceAll('\n', ' ');
}
