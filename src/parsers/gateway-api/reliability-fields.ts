import type { Retry, Session } from '../../ir/actions.ts';
import type { FieldPlace, FieldTable } from '../field-table.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import type { TimeoutsDraft } from './draft.ts';
import { readDuration, readInto } from './field-reading.ts';
import type { CookieInput, RetryInput, SessionInput, TimeoutsInput } from './types.ts';

type RetryParts = { -readonly [K in keyof Retry]: Retry[K] };
type SessionParts = { -readonly [K in keyof Session]: Session[K] };

/** `timeouts` of a rule. */
export const timeoutsTable: FieldTable<TimeoutsInput, TimeoutsDraft> = {
  request: {
    read: (value, draft, place) => {
      const millis = readDuration(value, 'request', place);
      if (millis !== undefined) draft.request = millis;
    },
  },
  backendRequest: {
    read: (value, draft, place) => {
      const millis = readDuration(value, 'backendRequest', place);
      if (millis !== undefined) draft.backend = millis;
    },
  },
};

/** Reads `timeouts`; 0 means that there is none. */
export function readTimeouts(input: TimeoutsInput, place: FieldPlace): TimeoutsDraft {
  const draft = readInto<TimeoutsInput, TimeoutsDraft>(input, timeoutsTable, {}, place);
  const { request, backend } = draft;
  if (request !== undefined && request > 0 && backend !== undefined && backend > request) {
    const want = `at most the request timeout, ${input.request}`;
    place.report(
      d['invalid-value']({ field: 'backendRequest', value: input.backendRequest ?? '', want }, place.origin),
    );
  }
  if (request === 0) delete draft.request;
  if (backend === 0) delete draft.backend;
  return draft;
}

/** What Istio and Envoy-based gateways repeat when a retry does not say how often. */
const USUAL_ATTEMPTS = 2;

/** `retry` of a rule. */
export const retryTable: FieldTable<RetryInput, RetryParts> = {
  codes: {
    read: (value, draft) => {
      draft.codes = [...new Set(value)];
    },
  },
  attempts: {
    read: (value, draft) => {
      draft.attempts = value;
    },
  },
  backoff: {
    read: (value, draft, place) => {
      const millis = readDuration(value, 'backoff', place);
      if (millis !== undefined) draft.backoff = millis;
    },
  },
};

export function readRetry(input: RetryInput, place: FieldPlace): Retry {
  if (input.attempts === undefined || input.attempts === null) {
    place.report(d['retry-attempts-open']({ attempts: USUAL_ATTEMPTS }, place.origin));
  }
  const empty: RetryParts = { attempts: USUAL_ATTEMPTS, codes: [], conditions: [] };
  return readInto(input, retryTable, empty, place);
}

const sessionName = {
  read: (value: string, draft: SessionParts) => {
    draft.name = value;
  },
};

/** `cookie` of a session. */
export const cookieTable: FieldTable<CookieInput, SessionParts> = {
  name: sessionName,
  path: {
    read: (value, _, { origin, report }) => {
      if (value !== '/') report(d['session-part-not-read']({ field: 'path', value }, origin));
    },
  },
  lifetimeType: {
    read: (value, draft) => {
      draft.permanent = value === 'Permanent';
    },
  },
};

/** `header` of a session. */
export const sessionHeaderTable: FieldTable<{ readonly name?: string }, SessionParts> = { name: sessionName };

const cookie = {
  read: (value: CookieInput, draft: SessionParts, place: FieldPlace) => {
    readInto(value, cookieTable, draft, place);
  },
};

/** `sessionPersistence` of a rule. */
export const sessionTable: FieldTable<SessionInput, SessionParts> = {
  type: {
    read: (value, draft) => {
      draft.kind = value === 'Header' ? 'header' : 'cookie';
    },
  },
  sessionName: { ...sessionName, note: 'the spelling of releases up to 1.6' },
  absoluteTimeout: {
    read: (value, draft, place) => {
      const millis = readDuration(value, 'absoluteTimeout', place);
      if (millis !== undefined) draft.absoluteTimeout = millis;
    },
  },
  idleTimeout: { drop: d['session-part-not-read'] },
  cookieConfig: { ...cookie, note: 'the spelling of releases up to 1.6' },
  cookie,
  header: {
    read: (value, draft, place) => {
      readInto(value, sessionHeaderTable, draft, place);
    },
  },
};

export function readSession(input: SessionInput, place: FieldPlace): Session {
  return readInto<SessionInput, SessionParts>(input, sessionTable, { kind: 'cookie', permanent: false }, place);
}
