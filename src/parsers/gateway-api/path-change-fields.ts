import type { FieldPlace, FieldTable } from '../field-table.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import type { PathModifierDraft, RedirectDraft, RewriteDraft } from './draft.ts';
import { readInto } from './field-reading.ts';
import type { PathModifierInput, RedirectInput, UrlRewriteInput } from './types.ts';

/** `path` of a redirect or of a rewrite. */
export const pathModifierTable: FieldTable<PathModifierInput, PathModifierDraft> = {
  type: {
    read: (value, draft) => {
      draft.type = value;
    },
  },
  replaceFullPath: {
    read: (value, draft) => {
      draft.full = value;
    },
  },
  replacePrefixMatch: {
    read: (value, draft) => {
      draft.prefix = value;
    },
  },
};

const path = {
  read: (value: PathModifierInput, draft: { path?: PathModifierDraft }, place: FieldPlace) => {
    const modifier = readInto<PathModifierInput, PathModifierDraft>(
      value,
      pathModifierTable,
      { origin: place.origin, type: '' },
      place,
    );
    const { type, full, prefix } = modifier;
    const isWhole = type === 'ReplaceFullPath' ? full !== undefined : prefix !== undefined;
    if (isWhole && (full === undefined || prefix === undefined)) {
      draft.path = modifier;
      return;
    }
    const want = 'exactly the replacement that it names beside it';
    place.report(d['invalid-value']({ field: 'type', value: type || 'not written', want }, place.origin));
  },
};

const hostname = {
  read: (value: string, draft: { hostname?: string }) => {
    if (value !== '') draft.hostname = value.toLowerCase();
  },
};

/** `requestRedirect`. */
export const redirectTable: FieldTable<RedirectInput, RedirectDraft> = {
  scheme: {
    read: (value, draft, { origin, report }) => {
      if (value === 'http' || value === 'https') draft.scheme = value;
      else report(d['invalid-value']({ field: 'scheme', value: JSON.stringify(value), want: 'http or https' }, origin));
    },
  },
  hostname,
  path,
  port: {
    read: (value, draft) => {
      draft.port = value;
    },
  },
  statusCode: {
    read: (value, draft) => {
      draft.status = value;
    },
  },
};

/** `urlRewrite`. */
export const urlRewriteTable: FieldTable<UrlRewriteInput, RewriteDraft> = { hostname, path };

/** Reads a redirect; its status is 302 unless it says another. */
export function readRedirect(input: RedirectInput, place: FieldPlace): RedirectDraft {
  return readInto<RedirectInput, RedirectDraft>(input, redirectTable, { status: 302 }, place);
}

export function readRewrite(input: UrlRewriteInput, place: FieldPlace): RewriteDraft {
  return readInto<UrlRewriteInput, RewriteDraft>(input, urlRewriteTable, {}, place);
}
