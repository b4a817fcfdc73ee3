import { isObject } from '../model/check-shape.ts';
import { emptyState, type State, type TableName } from './state.ts';

/** The version of the file; one with another version is not read. */
const version = 1;

/** The JSON of rows that are written again and again while they stay the same. */
const texts = new WeakMap<object, string>();

/** A state as JSON, one row on a line. */
export function writeState(state: State): string {
  const tables = Object.entries(state).map(([table, rows]) => {
    const lines = [...(rows as ReadonlyMap<string, unknown>)].map(
      ([key, row]) => `${JSON.stringify(key)}: ${textOf(row)}`,
    );
    return `${JSON.stringify(table)}: {${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n`}}`;
  });
  return `{"version": ${version},\n${tables.join(',\n')}}\n`;
}

function textOf(row: unknown): string {
  if (!isObject(row)) return JSON.stringify(row);
  const known = texts.get(row);
  if (known !== undefined) return known;
  const text = JSON.stringify(row);
  texts.set(row, text);
  return text;
}

/** Reads what `writeState` wrote. Undefined where the text is none; the rows themselves are taken on trust. */
export function readState(text: string): State | undefined {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(file) || file['version'] !== version) return undefined;
  const names = Object.keys(emptyState) as readonly TableName[];
  if (Object.keys(file).some((key) => key !== 'version' && !names.some((name) => name === key))) return undefined;
  const tables: Record<string, ReadonlyMap<string, unknown>> = {};
  for (const name of names) {
    const rows = file[name] ?? {};
    if (!isObject(rows)) return undefined;
    tables[name] = new Map(Object.entries(rows));
  }
  // The file is ours; whoever edits it by hand is trusted to know its rows.
  return tables as State;
}
