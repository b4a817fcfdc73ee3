import { type HeaderValue, NO_HEADER_OPS } from '../../ir/actions.ts';
import type { FieldPlace, FieldTable } from '../field-table.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import type { HeadersDraft, Placed } from './draft.ts';
import { placedEntries, readInto } from './field-reading.ts';
import type { HeaderOpsInput, HeadersInput } from './types.ts';

export const NO_HEADERS: HeadersDraft = { request: NO_HEADER_OPS, response: NO_HEADER_OPS };

interface OpsDraft {
  remove: readonly string[];
  set: readonly HeaderValue[];
  add: readonly HeaderValue[];
  /** A `Host` of `set` beats one of `add`. */
  hostSet?: Placed<string>;
  hostAdded?: Placed<string>;
}

/** Changes of one direction. */
export const headerOpsTable: FieldTable<HeaderOpsInput, OpsDraft> = {
  set: {
    read: (value, draft, place) => {
      draft.set = readValues(value, place, (host) => {
        draft.hostSet = host;
      });
    },
  },
  add: {
    read: (value, draft, place) => {
      draft.add = readValues(value, place, (host) => {
        draft.hostAdded = host;
      });
    },
  },
  remove: {
    read: (value, draft, { origin, report }) => {
      const names: string[] = [];
      for (const [index, name] of value.entries()) {
        if (isPseudo(name)) report(d['pseudo-header']({ header: name }, origin.at(index)));
        else names.push(name.toLowerCase());
      }
      draft.remove = [...new Set(names)].sort();
    },
  },
};

type HeadersParts = { -readonly [K in keyof HeadersDraft]: HeadersDraft[K] };

/** `headers` of a rule or of a destination. */
export const headersTable: FieldTable<HeadersInput, HeadersParts> = {
  request: {
    read: (value, draft, place) => {
      const { hostSet, hostAdded, ...ops } = readOps(value, place);
      draft.request = ops;
      const host = hostSet ?? hostAdded;
      if (host !== undefined) draft.host = host;
    },
  },
  response: {
    read: (value, draft, place) => {
      const { hostSet, hostAdded, ...ops } = readOps(value, place);
      draft.response = ops;
      const host = hostSet ?? hostAdded;
      if (host !== undefined) place.report(d['pseudo-header']({ header: 'Host' }, host.origin));
    },
  },
};

/** Reads `headers`. */
export function readHeaders(input: HeadersInput, place: FieldPlace): HeadersDraft {
  const parts: HeadersParts = { ...NO_HEADERS };
  return readInto(input, headersTable, parts, place);
}

function readOps(input: HeaderOpsInput, place: FieldPlace): OpsDraft {
  return readInto<HeaderOpsInput, OpsDraft>(input, headerOpsTable, { remove: [], set: [], add: [] }, place);
}

const isHost = (name: string) => /^(host|:authority)$/i.test(name);
const isPseudo = (name: string) => name.startsWith(':') || isHost(name);

function readValues(
  input: Readonly<Record<string, string>>,
  { origin, report }: FieldPlace,
  takeHost: (host: Placed<string>) => void,
): readonly HeaderValue[] {
  const values: HeaderValue[] = [];
  for (const [name, entry] of placedEntries(input, origin, '')) {
    const value = literalOf(entry.value);
    if (value === undefined) report(d['header-operator']({ header: name, value: entry.value }, entry.origin));
    else if (isHost(name)) takeHost({ value, origin: entry.origin });
    else if (isPseudo(name)) report(d['pseudo-header']({ header: name }, entry.origin));
    else values.push({ name: name.toLowerCase(), value });
  }
  return values.sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0));
}

/** The text that Envoy sends for a value, where it does not depend on the request. */
function literalOf(value: string): string | undefined {
  return value.replaceAll('%%', '').includes('%') ? undefined : value.replaceAll('%%', '%');
}
