import type { FieldPlace, FieldTable } from '../field-table.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import type { MirrorDraft } from './draft.ts';
import { readInto } from './field-reading.ts';
import { readObjectRef } from './reference-fields.ts';
import type { FractionInput, MirrorInput } from './types.ts';

interface FractionParts {
  numerator: number;
  denominator: number;
}

/** `fraction` of a mirror. */
export const fractionTable: FieldTable<FractionInput, FractionParts> = {
  numerator: {
    read: (value, draft) => {
      draft.numerator = value;
    },
  },
  denominator: {
    read: (value, draft) => {
      draft.denominator = value;
    },
  },
};

/** `requestMirror`. */
export const mirrorTable: FieldTable<MirrorInput, MirrorDraft> = {
  backendRef: {
    read: (value, draft, place) => {
      draft.backend = readObjectRef(value, place);
    },
  },
  percent: {
    read: (value, draft) => {
      draft.fraction = value * 10_000;
    },
  },
  fraction: {
    read: (value, draft, place) => {
      const { numerator, denominator } = readInto(value, fractionTable, { numerator: 0, denominator: 100 }, place);
      const exact = (numerator / denominator) * 1_000_000;
      draft.fraction = Math.min(1_000_000, Math.round(exact));
      if (numerator > denominator) {
        const want = 'at most the denominator';
        place.report(d['invalid-value']({ field: 'numerator', value: String(numerator), want }, place.origin));
      } else if ((numerator * 1_000_000) % denominator !== 0) {
        place.report(
          d['mirror-share-rounded']({ share: `${numerator}/${denominator}`, millionths: draft.fraction }, place.origin),
        );
      }
    },
  },
};

/** Reads a mirror; it copies every request unless it names a share. */
export function readMirror(input: MirrorInput, place: FieldPlace): MirrorDraft {
  const draft: MirrorDraft = { origin: place.origin, fraction: 1_000_000 };
  if ((input.percent ?? undefined) !== undefined && (input.fraction ?? undefined) !== undefined) {
    const want = 'no percent beside it';
    place.report(d['invalid-value']({ field: 'fraction', value: 'a second share', want }, place.origin));
  }
  return readInto(input, mirrorTable, draft, place);
}
