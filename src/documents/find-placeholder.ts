import type { PathSegment } from '../diagnostics/origin.ts';

const doubleBraces = /\{\{[^\n]*?\}\}/;
const placeholder = /\{\{[^\n]*?\}\}|\$\{[A-Za-z_][A-Za-z0-9_]*(?:(?::[-=?+])[^}\n]*)?\}/;

/** Values that shells, proxies, agents and dashboards read: `${HOME}` in them is no placeholder of a deployment tool. */
const podTemplates = new Set(['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob']);
const freeText = /(?:snippet|description|last-applied-configuration|dashboard)$/;

/** A placeholder such as `{{ .Values.host }}` or `${HOST}`, and the field that holds it. */
export interface Placeholder {
  readonly text: string;
  readonly path: readonly PathSegment[];
}

/** Whether a text may hold placeholders at all; cheap, so that clean documents are never walked. */
export function mayHoldPlaceholder(text: string): boolean {
  return text.includes('{{') || text.includes('${');
}

/** The first placeholder in the values of an object, in document order. */
export function findPlaceholder(object: Readonly<Record<string, unknown>>): Placeholder | undefined {
  const kind = object['kind'];
  if (typeof kind === 'string' && (podTemplates.has(kind) || kind === 'ConfigMap' || kind === 'Secret')) {
    const { annotations: _agents, ...read } = Object(object['metadata']) as Readonly<Record<string, unknown>>;
    return findIn(read, ['metadata']);
  }
  return findIn(object, []);
}

function findIn(value: unknown, path: readonly PathSegment[]): Placeholder | undefined {
  if (typeof value === 'string') {
    const match = placeholder.exec(value);
    return match === null ? undefined : { text: match[0], path };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const entries: Iterable<readonly [PathSegment, unknown]> = Array.isArray(value)
    ? value.entries()
    : Object.entries(value);
  for (const [key, child] of entries) {
    if (typeof key === 'string' && freeText.test(key)) continue;
    const found = findIn(child, [...path, key]) ?? (typeof key === 'string' ? findIn(key, [...path, key]) : undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * What kept a text from being parsed at an offset, if it is a placeholder: the first `{{ }}` outside of comments, or a
 * `${VAR}` on the line of the offset, whose brace opens a mapping inside of `[ ]` or `{ }`.
 */
export function findRawPlaceholder(
  text: string,
  at: number,
): { readonly text: string; readonly offset: number } | undefined {
  let start = 0;
  let onLine: { readonly text: string; readonly offset: number } | undefined;
  for (const line of text.split('\n')) {
    const end = start + line.length;
    const isComment = line.trimStart().startsWith('#');
    const match = isComment ? null : doubleBraces.exec(line);
    if (match !== null) return { text: match[0], offset: start + match.index };
    const variable = isComment || at < start || at > end ? null : placeholder.exec(line);
    if (variable !== null) onLine = { text: variable[0], offset: start + variable.index };
    start = end + 1;
  }
  return onLine;
}
