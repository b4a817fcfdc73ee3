import { isObject } from '../model/check-shape.ts';
import { Rows } from './rows.ts';
import { emptyState, type State, type TableName } from './state.ts';

/** The version of the file; one with another version is not read. */
const version = 1;

/** The JSON of parts of tables, which are written again and again while they stay the same. */
const texts = new WeakMap<object, string>();

/** A state as JSON, one row on a line. */
export function writeState(state: State): string {
  const tables = Object.entries(state).map(([table, { shards }]) => {
    const parts = shards.filter(({ size }) => size > 0).map(textOf);
    return `${JSON.stringify(table)}: {${parts.length === 0 ? '' : `\n${parts.join(',\n')}\n`}}`;
  });
  return `{"version": ${version},\n${tables.join(',\n')}}\n`;
}

function textOf(shard: ReadonlyMap<string, unknown>): string {
  const known = texts.get(shard);
  if (known !== undefined) return known;
  const text = [...shard].map(([key, row]) => `${JSON.stringify(key)}: ${JSON.stringify(row)}`).join(',\n');
  texts.set(shard, text);
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
  const tables: Record<string, Rows<unknown>> = {};
  for (const name of names) {
    const rows = file[name] ?? {};
    if (!isObject(rows)) return undefined;
    tables[name] = Rows.empty<unknown>().with(Object.entries(rows));
  }
  // The file is ours; whoever edits it by hand is trusted to know its rows.
  return tables as State;
}
