import { invalid } from './errors.ts';
import { hash } from './state/ids.ts';

interface Page {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

interface Row {
  readonly sequence: number;
}

/** Items on a page where the call does not say. */
const usualPage = 100;

/**
 * One page of rows in the order of creation, and the token of the next one. A token says behind which row to go on, so
 * that rows which come or go in between neither repeat nor hide others; it holds for the same call only.
 */
export function pageOf<Item extends Row>(
  list: string,
  rows: readonly Item[],
  { maxResults = usualPage, nextToken, ...filters }: Page & Readonly<Record<string, unknown>>,
  show: (row: Item) => unknown,
): { readonly items: readonly unknown[]; readonly nextToken?: string } {
  const call = hash(JSON.stringify([list, ...Object.entries(filters).sort()]));
  const after = nextToken === undefined ? 0 : readToken(nextToken, call);
  const sorted = rows.filter(({ sequence }) => sequence > after).sort((one, other) => one.sequence - other.sequence);
  const page = sorted.slice(0, maxResults);
  const last = page.at(-1);
  const items = page.map(show);
  return last === undefined || sorted.length <= maxResults
    ? { items }
    : { items, nextToken: `${call}.${last.sequence}` };
}

function readToken(token: string, call: string): number {
  const [of, sequence = ''] = token.split('.');
  if (of !== call || !/^\d+$/.test(sequence)) throw invalid('nextToken', 'The token is not one of this list');
  return Number(sequence);
}
