import type { Fault, Millionths } from '../../ir/actions.ts';
import type { FieldPlace, FieldTable } from '../field-table.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import { readDuration } from './duration-fields.ts';
import { readInto } from './field-reading.ts';
import { readPercent, toMillionths } from './percent-fields.ts';
import type { AbortInput, DelayInput, FaultInput } from './types.ts';

/** https://grpc.io/docs/guides/status-codes/ in order of their numbers. */
const GRPC_CODES = [
  ...['OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS'],
  ...['PERMISSION_DENIED', 'RESOURCE_EXHAUSTED', 'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED'],
  ...['INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED'],
];

interface DelayDraft {
  duration?: number;
  fraction?: Millionths;
  oldFraction?: Millionths;
}

export const delayTable: FieldTable<DelayInput, DelayDraft> = {
  fixedDelay: {
    read: (value, draft, place) => {
      const millis = readDuration(value, 'fixedDelay', place);
      if (millis !== undefined) draft.duration = millis;
    },
  },
  percentage: {
    read: (value, draft, place) => {
      draft.fraction = readPercent(value, place);
    },
  },
  percent: {
    read: (value, draft) => {
      draft.oldFraction = toMillionths(value);
    },
    note: 'old spelling of percentage',
  },
  exponentialDelay: { drop: d['field-not-used'] },
};

interface AbortDraft {
  status?: number;
  grpc: boolean;
  fraction: Millionths;
}

export const abortTable: FieldTable<AbortInput, AbortDraft> = {
  httpStatus: {
    read: (value, draft) => {
      draft.status = value;
    },
  },
  grpcStatus: {
    read: (value, draft, { origin, report }) => {
      const code = GRPC_CODES.indexOf(value.toUpperCase());
      if (code < 0) {
        const want = 'the name of a gRPC status such as UNAVAILABLE';
        report(d['invalid-value']({ field: 'grpcStatus', value: JSON.stringify(value), want }, origin));
        return;
      }
      draft.status = code;
      draft.grpc = true;
    },
  },
  percentage: {
    read: (value, draft, place) => {
      draft.fraction = readPercent(value, place);
    },
  },
  http2Error: { drop: d['field-not-used'] },
};

type FaultDraft = { -readonly [K in keyof Fault]: Fault[K] };

/** `fault` of a rule. A part without a percentage never happens. */
export const faultTable: FieldTable<FaultInput, FaultDraft> = {
  delay: {
    read: (value, draft, place) => {
      const { duration, fraction, oldFraction } = readInto<DelayInput, DelayDraft>(value, delayTable, {}, place);
      const share = fraction ?? oldFraction ?? 0;
      if (duration !== undefined && duration > 0 && share > 0) draft.delay = { duration, fraction: share };
    },
  },
  abort: {
    read: (value, draft, place) => {
      const empty: AbortDraft = { grpc: false, fraction: 0 };
      const { status, grpc, fraction } = readInto(value, abortTable, empty, place);
      if (status !== undefined && fraction > 0) draft.abort = { status, grpc, fraction };
    },
  },
};

export function readFault(input: FaultInput, place: FieldPlace): Fault {
  return readInto<FaultInput, FaultDraft>(input, faultTable, {}, place);
}
