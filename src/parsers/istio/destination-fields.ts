import type { FieldPlace, FieldTable } from '../field-table.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import type { DestinationDraft, HeadersDraft } from './draft.ts';
import { readInto } from './field-reading.ts';
import { NO_HEADERS, readHeaders } from './header-fields.ts';
import type { DestinationInput, PortSelectorInput, RouteDestinationInput } from './types.ts';

type DestinationParts = { -readonly [K in keyof DestinationDraft]: DestinationDraft[K] };

/** `port` of a destination. */
export const portSelectorTable: FieldTable<PortSelectorInput, { port?: number }> = {
  number: {
    read: (value, draft) => {
      // 0 is what an unset number looks like in Istio's own types.
      if (value !== 0) draft.port = value;
    },
  },
};

/** Where requests are sent. */
export const destinationTable: FieldTable<DestinationInput, DestinationParts> = {
  host: {
    read: (value, draft) => {
      draft.host = value;
    },
  },
  subset: {
    read: (value, draft) => {
      if (value !== '') draft.subset = value;
    },
  },
  port: {
    read: (value, draft, place) => {
      readInto(value, portSelectorTable, draft, place);
    },
  },
};

interface RouteDestinationParts {
  destination?: DestinationParts;
  weight: number;
  headers: HeadersDraft;
}

/** One entry of `route`. */
export const routeDestinationTable: FieldTable<RouteDestinationInput, RouteDestinationParts> = {
  destination: {
    read: (value, draft, place) => {
      draft.destination = readParts(value, place);
    },
  },
  weight: {
    read: (value, draft, { origin, report }) => {
      draft.weight = value;
      if (value >= 0) return;
      report(d['invalid-value']({ field: 'weight', value: String(value), want: '0 or more' }, origin));
    },
  },
  headers: {
    read: (value, draft, place) => {
      draft.headers = readHeaders(value, place);
    },
  },
};

/** Reads a destination; its host is completed later. */
export function readDestination(input: DestinationInput, place: FieldPlace): DestinationDraft {
  return readParts(input, place);
}

function readParts(input: DestinationInput, place: FieldPlace): DestinationParts {
  const draft: DestinationParts = { origin: place.origin, host: '', weight: 0, headers: NO_HEADERS };
  return readInto(input, destinationTable, draft, place);
}

/** Reads one entry of `route`. A weight that is not written counts as 0, as in Istio. */
export function readRouteDestination(input: RouteDestinationInput, place: FieldPlace): DestinationDraft {
  const empty: RouteDestinationParts = { weight: 0, headers: NO_HEADERS };
  const { destination, weight, headers } = readInto(input, routeDestinationTable, empty, place);
  if (destination === undefined) return { origin: place.origin, host: '', weight, headers };
  destination.weight = weight;
  destination.headers = headers;
  return destination;
}
