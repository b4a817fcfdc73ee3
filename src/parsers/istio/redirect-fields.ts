import type { FieldPlace, FieldTable } from '../field-table.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import type { RedirectDraft, RewriteDraft } from './draft.ts';
import { readInto } from './field-reading.ts';
import type { BodyInput, DirectResponseInput, RedirectInput, RegexRewriteInput, RewriteInput } from './types.ts';

type RedirectParts = { -readonly [K in keyof RedirectDraft]: RedirectDraft[K] };

/**
 * Reports a replacement that is no path. Envoy pastes it in as it is, operators like `%PREFIX()%` included, so that what
 * comes out is another host or no request at all; other routers mend it, refuse it or fill it in.
 */
function checkReplacement(value: string, { origin, report }: FieldPlace): void {
  const problem = !value.startsWith('/')
    ? 'it does not start with a slash'
    : /%(?![0-9a-f]{2})/i.test(value)
      ? 'it holds a percent sign that escapes nothing'
      : /[^!-~]/.test(value)
        ? 'it holds a character that must be percent-encoded'
        : undefined;
  if (problem !== undefined) report(d['replacement-no-path']({ value, problem }, origin));
}

const REDIRECT_CODES = [301, 302, 303, 307, 308];

/** `redirect` of a rule. */
export const redirectTable: FieldTable<RedirectInput, RedirectParts> = {
  uri: {
    read: (value, draft, { origin, report }) => {
      if (value === '') return;
      const cut = value.indexOf('?');
      draft.uri = cut < 0 ? value : value.slice(0, cut);
      checkReplacement(draft.uri, { origin, report });
      if (cut < 0) return;
      draft.query = value.slice(cut + 1);
      report(d['redirect-query']({ uri: value }, origin));
    },
  },
  prefixRewrite: {
    read: (value, draft, place) => {
      if (value === '') return;
      draft.prefix = value;
      checkReplacement(value, place);
    },
  },
  authority: {
    read: (value, draft) => {
      if (value !== '') draft.authority = value;
    },
  },
  scheme: {
    read: (value, draft, { origin, report }) => {
      if (value === '') return;
      if (value === 'http' || value === 'https') draft.scheme = value;
      else report(d['invalid-value']({ field: 'scheme', value: JSON.stringify(value), want: 'http or https' }, origin));
    },
  },
  port: {
    read: (value, draft) => {
      if (value !== 0) draft.port = value;
    },
  },
  derivePort: {
    read: (value, draft) => {
      if (value === 'FROM_REQUEST_PORT') draft.port = 'listener';
    },
    note: 'FROM_PROTOCOL_DEFAULT is what Envoy does anyway',
  },
  redirectCode: {
    read: (value, draft, { origin, report }) => {
      if (value === 0) return;
      draft.status = value;
      if (REDIRECT_CODES.includes(value)) return;
      const want = `one of ${REDIRECT_CODES.join(', ')}`;
      report(d['invalid-value']({ field: 'redirectCode', value: String(value), want }, origin));
    },
  },
};

/** Reads `redirect`. Istio's default is 301. */
export function readRedirect(input: RedirectInput, place: FieldPlace): RedirectDraft {
  return readInto<RedirectInput, RedirectParts>(input, redirectTable, { status: 301 }, place);
}

type RewriteParts = { -readonly [K in keyof RewriteDraft]: RewriteDraft[K] };
type RegexRewriteParts = { -readonly [K in keyof RegexRewriteInput]: RegexRewriteInput[K] };

export const regexRewriteTable: FieldTable<RegexRewriteInput, RegexRewriteParts> = {
  match: {
    read: (value, draft) => {
      draft.match = value;
    },
  },
  rewrite: {
    read: (value, draft) => {
      draft.rewrite = value;
    },
  },
};

/** `rewrite` of a rule. */
export const rewriteTable: FieldTable<RewriteInput, RewriteParts> = {
  uri: {
    read: (value, draft, place) => {
      if (value === '') return;
      draft.uri = value;
      checkReplacement(value, place);
    },
  },
  authority: {
    read: (value, draft) => {
      if (value !== '') draft.authority = value;
    },
  },
  uriRegexRewrite: {
    read: (value, draft, place) => {
      const empty: RegexRewriteParts = {};
      const { match = '', rewrite = '' } = readInto(value, regexRewriteTable, empty, place);
      draft.regex = { kind: 'regex', pattern: match, substitution: rewrite };
    },
  },
};

export function readRewrite(input: RewriteInput, place: FieldPlace): RewriteDraft {
  return readInto<RewriteInput, RewriteParts>(input, rewriteTable, {}, place);
}

interface ResponseParts {
  status: number;
  body?: string;
}

export const bodyTable: FieldTable<BodyInput, ResponseParts> = {
  string: {
    read: (value, draft) => {
      draft.body = value;
    },
  },
  bytes: {
    read: (value, draft, { origin, report }) => {
      if (/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value)) {
        draft.body = new TextDecoder().decode(Uint8Array.from(atob(value), (letter) => letter.charCodeAt(0)));
        return;
      }
      report(d['invalid-value']({ field: 'bytes', value: 'other text', want: 'Base64' }, origin));
    },
  },
};

/** `directResponse` of a rule. */
export const directResponseTable: FieldTable<DirectResponseInput, ResponseParts> = {
  status: {
    read: (value, draft) => {
      draft.status = value;
    },
  },
  body: {
    read: (value, draft, place) => {
      readInto(value, bodyTable, draft, place);
    },
  },
};

export function readDirectResponse(input: DirectResponseInput, place: FieldPlace): ResponseParts {
  return readInto<DirectResponseInput, ResponseParts>(input, directResponseTable, { status: 0 }, place);
}
