import { escapeControls } from '../render/escape.ts';
import type { Graph, GraphEdge, GraphTarget } from './build-graph.ts';

const shapes: Readonly<Record<GraphTarget['kind'], string>> = {
  backend: 'component',
  redirect: 'cds',
  answer: 'hexagon',
};

/** A directed graph for Graphviz. */
export function printDot({ hosts, targets }: Graph): string {
  const lines = ['digraph routes {', '  rankdir=LR;', '  node [shape=box];'];
  for (const { id, label, rules } of hosts) {
    lines.push(`  ${id} [label=${quote(label)}, shape=ellipse];`);
    for (const rule of rules) {
      lines.push(`  ${rule.id} [label=${quote(rule.lines.join('\n'))}];`, `  ${id} -> ${rule.id};`);
    }
  }
  for (const { id, label, kind } of targets) lines.push(`  ${id} [label=${quote(label)}, shape=${shapes[kind]}];`);
  for (const { id, edges } of hosts.flatMap(({ rules }) => rules)) {
    for (const edge of edges) lines.push(`  ${id} -> ${edge.target}${printAttributes(edge)};`);
  }
  return [...lines, '}'].map((line) => `${line}\n`).join('');
}

function printAttributes({ kind, label }: GraphEdge): string {
  const attributes = [
    ...(label === undefined ? [] : [`label=${quote(label)}`]),
    ...(kind === 'mirror' ? ['style=dashed'] : []),
  ];
  return attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`;
}

/** Inside a quoted label a backslash starts an escape of Graphviz, `\n` being a line break. */
function quote(label: string): string {
  const lines = label.split('\n').map((line) => escapeControls(line).replace(/[\\"]/g, '\\$&'));
  return `"${lines.join('\\n')}"`;
}
