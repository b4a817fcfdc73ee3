import type { Millionths } from '../../ir/actions.ts';
import type { FieldPlace, FieldTable } from '../field-table.ts';
import { readCors } from './cors-fields.ts';
import { readDestination, readRouteDestination } from './destination-fields.ts';
import type { MirrorDraft, RouteDraft } from './draft.ts';
import { readDuration } from './duration-fields.ts';
import { reportExcluded } from './excluded-fields.ts';
import { readFault } from './fault-fields.ts';
import { readInto } from './field-reading.ts';
import { readHeaders } from './header-fields.ts';
import { readMatch } from './match-fields.ts';
import { readPercent, toMillionths } from './percent-fields.ts';
import { readDirectResponse, readRedirect, readRewrite } from './redirect-fields.ts';
import { readRetries } from './retry-fields.ts';
import type { DelegateInput, HttpRouteInput, MirrorInput } from './types.ts';

type DelegateParts = { -readonly [K in keyof DelegateInput]: DelegateInput[K] };

/** Where the rest of a rule stands. */
export const delegateTable: FieldTable<DelegateInput, DelegateParts> = {
  name: {
    read: (value, draft) => {
      draft.name = value;
    },
  },
  namespace: {
    read: (value, draft) => {
      if (value !== '') draft.namespace = value;
    },
  },
};

interface MirrorParts {
  destination?: MirrorDraft['destination'];
  fraction?: Millionths;
}

/** One entry of `mirrors`. */
export const mirrorTable: FieldTable<MirrorInput, MirrorParts> = {
  destination: {
    read: (value, draft, place) => {
      draft.destination = readDestination(value, place);
    },
  },
  percentage: {
    read: (value, draft, place) => {
      draft.fraction = readPercent(value, place);
    },
  },
};

/** Of a mirror that names no share everything is copied: `mirrorPercentage` belongs to `mirror` alone. */
const ALL: Millionths = 1_000_000;

function readMirrors(
  input: readonly MirrorInput[],
  namespace: string,
  { origin, report }: FieldPlace,
): readonly MirrorDraft[] {
  return input.flatMap((mirror, index) => {
    const { destination, fraction = ALL } = readInto<MirrorInput, MirrorParts>(
      mirror,
      mirrorTable,
      {},
      {
        origin: origin.at(index),
        report,
      },
    );
    return destination === undefined ? [] : [{ destination, namespace, fraction }];
  });
}

const mirrorPercent = {
  read: (value: number, draft: RouteDraft, { origin }: FieldPlace) => {
    draft.mirrorFraction ??= { value: toMillionths(value), origin };
  },
  note: 'old spelling of mirrorPercentage',
};

/** One entry of `http`. */
export const httpRouteTable: FieldTable<HttpRouteInput, RouteDraft> = {
  name: {
    read: (value, draft) => {
      if (value !== '') draft.name = value;
    },
  },
  match: {
    read: (value, draft, { origin, report }) => {
      draft.matches = value.map((match, index) =>
        readMatch(match, draft.namespace, { origin: origin.at(index), report }),
      );
    },
  },
  route: {
    read: (value, draft, { origin, report }) => {
      if (value.length === 0) return;
      const destinations = value.map((one, index) => readRouteDestination(one, { origin: origin.at(index), report }));
      draft.route = { value: destinations, origin };
    },
  },
  redirect: {
    read: (value, draft, place) => {
      draft.redirect = { value: readRedirect(value, place), origin: place.origin };
    },
  },
  directResponse: {
    read: (value, draft, place) => {
      draft.directResponse = { value: readDirectResponse(value, place), origin: place.origin };
    },
  },
  delegate: {
    read: (value, draft, place) => {
      const delegate: DelegateParts = {};
      draft.delegate = { value: readInto(value, delegateTable, delegate, place), origin: place.origin };
    },
  },
  rewrite: {
    read: (value, draft, place) => {
      draft.rewrite = { value: readRewrite(value, place), origin: place.origin };
    },
  },
  timeout: {
    read: (value, draft, place) => {
      const millis = readDuration(value, 'timeout', place);
      if (millis !== undefined) draft.timeout = { value: millis, origin: place.origin };
    },
  },
  retries: {
    read: (value, draft, place) => {
      draft.retries = { value: readRetries(value, place), origin: place.origin };
    },
  },
  fault: {
    read: (value, draft, place) => {
      draft.fault = { value: readFault(value, place), origin: place.origin };
    },
  },
  mirror: {
    read: (value, draft, place) => {
      if (value.host === undefined) return;
      const mirror = { destination: readDestination(value, place), namespace: draft.namespace };
      draft.mirrors = { value: [mirror], origin: place.origin };
    },
  },
  mirrors: {
    read: (value, draft, place) => {
      if (value.length > 0) draft.mirrors = { value: readMirrors(value, draft.namespace, place), origin: place.origin };
    },
  },
  mirror_percent: mirrorPercent,
  mirrorPercent,
  mirrorPercentage: {
    read: (value, draft, place) => {
      draft.mirrorFraction = { value: readPercent(value, place), origin: place.origin };
    },
  },
  corsPolicy: {
    read: (value, draft, place) => {
      draft.cors = { value: readCors(value, place), origin: place.origin };
    },
  },
  headers: {
    read: (value, draft, place) => {
      draft.headers = { value: readHeaders(value, place), origin: place.origin };
    },
  },
};

/** Reads one entry of `http` of an object in `namespace`. */
export function readRoute(input: HttpRouteInput, index: number, namespace: string, place: FieldPlace): RouteDraft {
  const draft: RouteDraft = { origin: place.origin, namespace, index, matches: [] };
  readInto(input, httpRouteTable, draft, place);
  reportExcluded(input, draft, place.report);
  return draft;
}
