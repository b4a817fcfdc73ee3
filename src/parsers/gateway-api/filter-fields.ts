import type { FieldPlace, FieldTable } from '../field-table.ts';
import { readCors } from './cors-fields.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import type { FilterDraft } from './draft.ts';
import { readInto } from './field-reading.ts';
import { readHeaderOps } from './header-fields.ts';
import { readMirror } from './mirror-fields.ts';
import { readRedirect, readRewrite } from './path-change-fields.ts';
import type { FilterInput } from './types.ts';

/** One entry of `filters`. */
export const filterTable: FieldTable<FilterInput, FilterDraft> = {
  type: {
    read: (value, draft) => {
      draft.type = value;
    },
  },
  requestHeaderModifier: {
    read: (value, draft, place) => {
      draft.requestHeaders = readHeaderOps(value, place);
    },
  },
  responseHeaderModifier: {
    read: (value, draft, place) => {
      draft.responseHeaders = readHeaderOps(value, place);
    },
  },
  requestMirror: {
    read: (value, draft, place) => {
      draft.mirror = readMirror(value, place);
    },
  },
  requestRedirect: {
    read: (value, draft, place) => {
      draft.redirect = readRedirect(value, place);
    },
  },
  urlRewrite: {
    read: (value, draft, place) => {
      draft.rewrite = readRewrite(value, place);
    },
  },
  cors: {
    read: (value, draft, place) => {
      draft.cors = readCors(value, place);
    },
  },
  externalAuth: {
    read: (_, draft) => {
      draft.externalAuth = true;
    },
    note: 'reported as a whole',
  },
  extensionRef: {
    read: ({ kind = '', name = '' }, draft) => {
      draft.extension = `${kind} ${name}`;
    },
    note: 'reported as a whole',
  },
};

/** The part that each type of filter has. */
const PART_OF_TYPE: Readonly<Record<string, { readonly draft: keyof FilterDraft; readonly field: string }>> = {
  RequestHeaderModifier: { draft: 'requestHeaders', field: 'requestHeaderModifier' },
  ResponseHeaderModifier: { draft: 'responseHeaders', field: 'responseHeaderModifier' },
  RequestMirror: { draft: 'mirror', field: 'requestMirror' },
  RequestRedirect: { draft: 'redirect', field: 'requestRedirect' },
  URLRewrite: { draft: 'rewrite', field: 'urlRewrite' },
  CORS: { draft: 'cors', field: 'cors' },
  ExternalAuth: { draft: 'externalAuth', field: 'externalAuth' },
  ExtensionRef: { draft: 'extension', field: 'extensionRef' },
};

/** Reads one entry of `filters`; undefined where it is not whole, which is reported. */
export function readFilter(input: FilterInput, place: FieldPlace): FilterDraft | undefined {
  const draft = readInto<FilterInput, FilterDraft>(input, filterTable, { origin: place.origin, type: '' }, place);
  const parts = Object.values(PART_OF_TYPE).filter((part) => draft[part.draft] !== undefined);
  const own = PART_OF_TYPE[draft.type];
  if (own !== undefined && parts.length === 1 && parts[0]?.draft === own.draft) return draft;
  const want = own === undefined ? 'a known type' : `\`${own.field}\` beside it, and no other part`;
  place.report(d['invalid-value']({ field: 'type', value: draft.type || 'not written', want }, place.origin));
  return undefined;
}

export function readFilters(input: readonly FilterInput[], { origin, report }: FieldPlace): readonly FilterDraft[] {
  return input.flatMap((filter, index) => readFilter(filter, { origin: origin.at(index), report }) ?? []);
}
