import type { Retry } from '../../ir/actions.ts';
import type { FieldPlace, FieldTable } from '../field-table.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import { readDuration } from './duration-fields.ts';
import { readInto } from './field-reading.ts';
import type { RetriesInput } from './types.ts';

type RetryDraft = { -readonly [K in keyof Retry]: Retry[K] };

/** What Istio retries on where `retryOn` is not written. */
const DEFAULT_CONDITIONS = ['connect-failure', 'refused-stream', 'unavailable', 'cancelled'];

/** `retries` of a rule. */
export const retriesTable: FieldTable<RetriesInput, RetryDraft> = {
  attempts: {
    read: (value, draft) => {
      draft.attempts = value;
    },
  },
  perTryTimeout: {
    read: (value, draft, place) => {
      const millis = readDuration(value, 'perTryTimeout', place);
      if (millis !== undefined && millis > 0) draft.perTryTimeout = millis;
    },
  },
  retryOn: {
    read: (value, draft) => {
      const parts = [...new Set(value.split(',').map((part) => part.trim()))];
      if (parts.every((part) => part === '')) return;
      draft.codes = parts.filter((part) => /^\d+$/.test(part)).map(Number);
      draft.conditions = parts.filter((part) => part !== '' && !/^\d+$/.test(part));
    },
  },
  backoff: {
    read: (value, draft, place) => {
      const millis = readDuration(value, 'backoff', place);
      if (millis !== undefined && millis > 0) draft.backoff = millis;
    },
  },
  retryRemoteLocalities: { drop: d['retry-detail-lost'] },
  retryIgnorePreviousHosts: { drop: d['retry-detail-lost'] },
};

/** Reads `retries`. Attempts that are not written count as 0, which switches retries off. */
export function readRetries(input: RetriesInput, place: FieldPlace): Retry {
  const draft: RetryDraft = { attempts: 0, codes: [], conditions: DEFAULT_CONDITIONS };
  readInto(input, retriesTable, draft, place);
  return draft.attempts > 0 ? draft : { attempts: 0, codes: [], conditions: [] };
}
