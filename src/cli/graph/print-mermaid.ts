import { escapeControls } from '../render/escape.ts';
import type { Graph, GraphEdge, GraphTarget } from './build-graph.ts';

/** The brackets that Mermaid draws a kind of target with. */
const shapes: Readonly<Record<GraphTarget['kind'], readonly [string, string]>> = {
  backend: ['[[', ']]'],
  redirect: ['>', ']'],
  answer: ['{{', '}}'],
};

/** A flowchart that GitHub and GitLab draw inside a code block `mermaid`. */
export function printMermaid({ hosts, targets }: Graph): string {
  const lines = ['flowchart LR'];
  for (const { id, label, rules } of hosts) {
    lines.push(`  ${id}([${quote(label)}])`);
    for (const rule of rules) {
      lines.push(`  ${rule.id}[${quote(rule.lines.join('\n'))}]`, `  ${id} --> ${rule.id}`);
    }
  }
  for (const { id, label, kind } of targets) {
    const [open, close] = shapes[kind];
    lines.push(`  ${id}${open}${quote(label)}${close}`);
  }
  for (const { id, edges } of hosts.flatMap(({ rules }) => rules)) {
    for (const edge of edges) lines.push(`  ${id} ${printArrow(edge)} ${edge.target}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

function printArrow({ kind, label }: GraphEdge): string {
  const arrow = kind === 'mirror' ? '-.->' : '-->';
  return label === undefined ? arrow : `${arrow}|${quote(label)}|`;
}

/**
 * Mermaid reads labels as HTML with entities of its own (`#quot;`), a backtick in front as Markdown, and `%%{init: …}%%` as
 * an order to itself wherever it stands.
 */
function quote(label: string): string {
  const lines = label
    .split('\n')
    .map((line) => escapeControls(line).replace(/[#&<>"`\\]|%(?=[%{])|(?<=%)%/g, (sign) => `#${sign.charCodeAt(0)};`));
  return `"${lines.join('<br/>')}"`;
}
