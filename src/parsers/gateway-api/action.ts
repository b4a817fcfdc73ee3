import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import {
  type Action,
  type Forward,
  type ForwardPart,
  type HeaderOps,
  type Mirror,
  NO_HEADER_OPS,
  type PathRewrite,
  type Redirect,
  type Respond,
  type Share,
} from '../../ir/actions.ts';
import { mergeShares } from '../merge-shares.ts';
import type { Backends } from './backends.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import type { BackendDraft, FilterDraft, PathModifierDraft, RedirectDraft, RouteDraft, RuleDraft } from './draft.ts';

/** What an action is built with. */
export interface ActionContext {
  readonly backends: Backends;
  readonly report: Report;
}

/** What a rule does by the specification. */
export function toAction(rule: RuleDraft, route: RouteDraft, context: ActionContext): Action {
  const { report } = context;
  const filters = new Filters(rule.filters, report);
  const responseHeaders = filters.responseHeaders;
  const redirect = filters.redirect;
  if (redirect !== undefined) {
    refuseBesideRedirect(rule, filters, report);
    filters.reportUnkept('a redirect', report);
    return toRedirect(redirect, responseHeaders, rule, report);
  }
  const parts = rule.backends.map((backend) => toShare(backend, route, context));
  const shares = mergeShares(parts);
  if (shares.every(({ kind }) => kind === 'invalid')) {
    filters.reportUnkept('a rule without a backend', report);
    return respond500(whyNoBackend(parts, shares), responseHeaders, rule.origin);
  }
  const { rewrite } = filters;
  const { requestHeaders, cors } = filters;
  const { timeouts, retry, session, origin } = rule;
  const path = rewrite?.value.path === undefined ? undefined : toPathRewrite(rewrite.value.path, rule, report);
  const mirrors = filters.mirrors.flatMap((mirror) => toMirror(mirror, route, context));
  const places = placesOf(rule, filters);
  // Field by field: most rules have none of the parts, and this runs for every rule of an output that is read back.
  const forward: ForwardParts = { kind: 'forward', shares, requestHeaders, responseHeaders, mirrors, origin, places };
  if (path !== undefined) forward.rewrite = path;
  if (rewrite?.value.hostname !== undefined) forward.hostRewrite = rewrite.value.hostname;
  if (timeouts?.value.request !== undefined) forward.requestTimeout = timeouts.value.request;
  if (timeouts?.value.backend !== undefined) forward.backendTimeout = timeouts.value.backend;
  if (retry !== undefined) forward.retry = retry.value;
  if (cors !== undefined) forward.cors = cors;
  if (session !== undefined) forward.session = session.value;
  return forward;
}

type ForwardParts = { -readonly [K in keyof Forward]: Forward[K] };
type Places = { -readonly [P in ForwardPart]?: Origin };
const NO_PLACES: Places = {};

/** Where the parts of a rule are written. */
function placesOf({ timeouts, retry, session }: RuleDraft, { places: ofFilters }: Filters): Places {
  if (timeouts === undefined && retry === undefined && session === undefined) return ofFilters;
  const places = { ...ofFilters };
  if (timeouts !== undefined) places.timeout = timeouts.origin;
  if (retry !== undefined) places.retry = retry.origin;
  if (session !== undefined) places.session = session.origin;
  return places;
}

/** A rule that has nobody to answer answers 500. */
export function respond500(invalid: string, responseHeaders: HeaderOps, origin: Origin): Respond {
  return { kind: 'respond', status: 500, responseHeaders, invalid, origin };
}

/** Why shares come to nothing. */
export function whyNoBackend(parts: readonly Share[], shares: readonly Share[]): string {
  const [first] = shares;
  if (first?.kind === 'invalid') return first.reason;
  return parts.length === 0 ? 'the rule names no backend' : 'every backend has weight 0';
}

/** The filters of a rule by what they do; those that cannot be translated are reported. */
class Filters {
  readonly requestHeaders: HeaderOps;
  readonly responseHeaders: HeaderOps;
  readonly redirect: { readonly value: RedirectDraft; readonly origin: Origin } | undefined;
  readonly rewrite: { readonly value: NonNullable<FilterDraft['rewrite']>; readonly origin: Origin } | undefined;
  readonly mirrors: readonly NonNullable<FilterDraft['mirror']>[];
  readonly cors: FilterDraft['cors'];
  /** Where each of them is written. */
  readonly places: Places;
  readonly #filters: readonly FilterDraft[];

  constructor(filters: readonly FilterDraft[], report: Report) {
    this.#filters = filters;
    const seen = new Set<string>();
    for (const { type, origin, externalAuth, extension } of filters) {
      if (externalAuth) report(d['external-auth-not-carried']({}, origin));
      else if (extension !== undefined) report(d['extension-filter-not-read']({ extension }, origin));
      else if (seen.has(type) && type !== 'RequestMirror') {
        report(d['invalid-value']({ field: 'type', value: `a second ${type}`, want: 'each type once' }, origin));
      }
      seen.add(type);
    }
    const first = <K extends keyof FilterDraft>(key: K): (FilterDraft & Required<Pick<FilterDraft, K>>) | undefined =>
      filters.find((filter): filter is FilterDraft & Required<Pick<FilterDraft, K>> => filter[key] !== undefined);
    this.requestHeaders = first('requestHeaders')?.requestHeaders ?? NO_HEADER_OPS;
    this.responseHeaders = first('responseHeaders')?.responseHeaders ?? NO_HEADER_OPS;
    const redirect = first('redirect');
    this.redirect = redirect && { value: redirect.redirect, origin: redirect.origin };
    const rewrite = first('rewrite');
    this.rewrite = rewrite && { value: rewrite.rewrite, origin: rewrite.origin };
    this.mirrors = filters.flatMap(({ mirror }) => mirror ?? []);
    this.cors = first('cors')?.cors;
    this.places = filters.length === 0 ? NO_PLACES : placesOfFilters(filters);
  }

  /** What a request would meet on its way to a backend, beside an answer that no backend gives. */
  reportUnkept(beside: string, report: Report): void {
    const kept = ['RequestRedirect', 'ResponseHeaderModifier', 'ExternalAuth', 'ExtensionRef'];
    for (const { type, origin } of this.#filters) {
      if (!kept.includes(type)) report(d['filter-not-kept']({ type, beside }, origin));
    }
  }
}

/** Where each part is written first. */
function placesOfFilters(filters: readonly FilterDraft[]): Places {
  const places: Places = {};
  for (const { rewrite, requestHeaders, responseHeaders, mirror, cors, origin } of filters) {
    if (rewrite !== undefined) {
      places.rewrite ??= origin;
      places.hostRewrite ??= origin;
    }
    if (requestHeaders !== undefined) places.requestHeaders ??= origin;
    if (responseHeaders !== undefined) places.responseHeaders ??= origin;
    if (mirror !== undefined) places.mirrors ??= origin;
    if (cors !== undefined) places.cors ??= origin;
  }
  return places;
}

function refuseBesideRedirect({ backends, origin }: RuleDraft, { rewrite }: Filters, report: Report): void {
  const want = 'nothing of the kind beside a redirect';
  if (backends.length > 0) {
    report(d['invalid-value']({ field: 'backendRefs', value: 'written', want }, origin.at('backendRefs')));
  }
  if (rewrite !== undefined)
    report(d['invalid-value']({ field: 'urlRewrite', value: 'written', want }, rewrite.origin));
}

function toRedirect(
  { value, origin }: NonNullable<Filters['redirect']>,
  responseHeaders: HeaderOps,
  rule: RuleDraft,
  report: Report,
): Redirect {
  const { status, scheme, hostname, port, path } = value;
  const change = path === undefined ? undefined : toPathRewrite(path, rule, report);
  return {
    kind: 'redirect',
    status,
    ...(scheme === undefined ? {} : { scheme }),
    ...(hostname === undefined ? {} : { host: hostname }),
    port:
      port !== undefined ? { kind: 'explicit', number: port } : { kind: scheme === undefined ? 'listener' : 'scheme' },
    ...(change === undefined ? {} : { path: change }),
    responseHeaders,
    origin,
  };
}

/** Replacing the matched prefix needs one prefix that is matched. */
function toPathRewrite({ full, prefix, origin }: PathModifierDraft, rule: RuleDraft, report: Report) {
  if (full !== undefined) return { kind: 'full', path: full } satisfies PathRewrite;
  const [match, ...others] = rule.matches;
  if (prefix === undefined || match === undefined) return undefined;
  if (others.length > 0 || match.path.type !== 'PathPrefix') {
    const want = 'exactly one match in the rule, of type PathPrefix';
    report(d['invalid-value']({ field: 'replacePrefixMatch', value: JSON.stringify(prefix), want }, origin));
    return undefined;
  }
  return { kind: 'prefix', from: match.path.value, to: prefix, reading: 'segment' } satisfies PathRewrite;
}

function toShare(draft: BackendDraft, route: RouteDraft, { backends, report }: ActionContext): Share {
  const { weight } = draft;
  // A backend without a share gets nothing, so nothing about it matters.
  if (weight <= 0) return { kind: 'invalid', weight, status: 500, reason: 'weight 0' };
  const resolved = backends.resolve(draft, route, 'specification');
  if (resolved.kind === 'invalid') return { kind: 'invalid', weight, status: 500, reason: resolved.reason };
  if (draft.filters.length === 0) return { kind: 'backend', weight, backend: resolved.backend };
  let { requestHeaders, responseHeaders } = resolved.backend;
  for (const filter of draft.filters) {
    if (filter.requestHeaders !== undefined) requestHeaders = filter.requestHeaders;
    else if (filter.responseHeaders !== undefined) responseHeaders = filter.responseHeaders;
    else if (filter.externalAuth) report(d['external-auth-not-carried']({}, filter.origin));
    else report(d['backend-filter-not-read']({ type: filter.type }, filter.origin));
  }
  return { kind: 'backend', weight, backend: { ...resolved.backend, requestHeaders, responseHeaders } };
}

function toMirror(
  { backend: ref, fraction, origin }: NonNullable<FilterDraft['mirror']>,
  route: RouteDraft,
  { backends, report }: ActionContext,
): readonly Mirror[] {
  if (ref === undefined) {
    report(
      d['invalid-value']({ field: 'backendRef', value: 'not written', want: 'the backend of the copies' }, origin),
    );
    return [];
  }
  if (fraction === 0) return [];
  const resolved = backends.resolve(ref, route, 'specification');
  return resolved.kind === 'backend' ? [{ backend: resolved.backend, fraction }] : [];
}
