import type { Report } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../diagnostics/origin.ts';
import type { Action, Cors, Forward, ForwardPart, HeaderOps, Redirect, Share } from '../ir/actions.ts';
import { NO_HEADER_OPS } from '../ir/actions.ts';
import { assertNever } from '../ir/assert-never.ts';
import { type ActionFeature, featuresOf } from '../ir/features.ts';
import { describeRewrite } from '../semantics/describe-action.ts';
import { actionDiagnostics as d } from './legalize-diagnostics.ts';
import { type ProfileChannel, supportTable } from './support.ts';

/**
 * Cuts an action down to what a profile can say and reports each cut. Undefined where the whole
 * rule has to go: leaving out the part would send its requests somewhere else.
 */
export function cutAction(written: Action, profile: ProfileChannel, report: Report): Action | undefined {
  const action = answerWithoutBackend(profile === 'lattice-api' ? answerByAbort(written) : written);
  if (written.kind === 'forward' && action.kind !== 'forward') {
    // A proxy delays a request, and answers its preflight, before it aborts it.
    for (const feature of featuresOf(written).filter((one) => one === 'delay' || one === 'cors')) {
      const support = supportTable[feature][profile];
      if (support === 'full') continue;
      const args = { what: support.what, detail: describeFeature(written, feature) };
      report(support.lost(args, originOf(written, feature)));
    }
  }
  let left: Action | undefined = action;
  for (const feature of featuresOf(action)) {
    const support = supportTable[feature][profile];
    if (support === 'full') continue;
    report(support.lost({ what: support.what, detail: describeFeature(action, feature) }, originOf(action, feature)));
    if (support.lost.definition.accept === 'omit-rule' || support.lost.definition.accept === 'never') left = undefined;
    else if (left !== undefined) left = withoutFeature(left, feature);
  }
  return left?.kind === 'forward' ? cutParts(left, report) : left?.kind === 'redirect' ? keepQuery(left) : left;
}

/** No Location of Gateway API has a query of its own: a source that writes one has reported that it is lost. */
function keepQuery(action: Redirect): Redirect {
  if (action.query === undefined) return action;
  const { query: _, ...rest } = action;
  return rest;
}

const MILLION = 1_000_000;

/** An abort of every request is a fixed answer, where the target has that. */
function answerByAbort(action: Action): Action {
  const abort = action.kind === 'forward' ? action.fault?.abort : undefined;
  if (action.kind !== 'forward' || abort === undefined || abort.grpc || abort.fraction < MILLION) return action;
  if (abort.status !== 404 && abort.status !== 500) return action;
  const { responseHeaders, places, origin } = action;
  return { kind: 'respond', status: abort.status, responseHeaders, origin: places?.fault ?? origin };
}

/**
 * Where no share has a backend, a rule without backends says it: that answers 500. A source that answers
 * another status has reported the missing backend itself.
 */
function answerWithoutBackend(action: Action): Action {
  if (action.kind !== 'forward' || action.shares.some(({ kind }) => kind === 'backend')) return action;
  const [invalid] = action.shares.map((share) => (share.kind === 'invalid' ? share.reason : ''));
  return {
    kind: 'respond',
    status: 500,
    responseHeaders: NO_HEADER_OPS,
    ...(invalid === undefined ? {} : { invalid }),
    origin: action.origin,
  };
}

/** Parts of a feature that a profile says only in some forms. */
function cutParts(action: Forward, report: Report): Forward {
  let left = action;
  const cors = left.cors === undefined ? undefined : cutCors(left.cors);
  if (cors === 'lost') {
    report(d['cors-lost']({ what: 'the CORS policy', detail: 'origins by prefix or pattern' }, originOf(left, 'cors')));
    left = without(left, 'cors');
  } else if (left.cors?.unmatchedPreflight === 'forward') {
    report(d['cors-preflight-open']({}, originOf(left, 'cors')));
  }
  if (left.retry?.attempts === 0) {
    // Gateway API says how often to retry, at least once, and not that nothing is retried.
    report(
      d['retry-conditions-lost']({ what: 'switching retries off', detail: '0 attempts' }, originOf(left, 'retry')),
    );
    left = without(left, 'retry');
  }
  if (left.retry !== undefined && left.retry.conditions.length > 0) {
    report(
      d['retry-conditions-lost'](
        { what: 'the retry on', detail: left.retry.conditions.join(', ') },
        originOf(left, 'retry'),
      ),
    );
    left = { ...left, retry: { ...left.retry, conditions: [] } };
  }
  if (left.session?.idleTimeout !== undefined) {
    report(
      d['session-lost'](
        { what: 'the idle timeout of the session', detail: `${left.session.idleTimeout} ms` },
        originOf(left, 'session'),
      ),
    );
    const { idleTimeout: _, ...session } = left.session;
    left = { ...left, session };
  }
  return left;
}

const PART: { readonly [F in ActionFeature]?: ForwardPart } = {
  'path-rewrite': 'rewrite',
  'host-rewrite': 'hostRewrite',
  'request-header-remove-set': 'requestHeaders',
  'request-header-add': 'requestHeaders',
  'response-headers': 'responseHeaders',
  'request-timeout': 'timeout',
  'backend-timeout': 'timeout',
  retry: 'retry',
  mirror: 'mirrors',
  'abort-always': 'fault',
  'abort-sometimes': 'fault',
  delay: 'fault',
  cors: 'cors',
  session: 'session',
};

/** Where a feature is written; the place of the action where the source has no other for it. */
function originOf(action: Action, feature: ActionFeature): Origin {
  const part = PART[feature];
  return (action.kind === 'forward' && part !== undefined ? action.places?.[part] : undefined) ?? action.origin;
}

function cutCors(cors: Cors): 'said' | 'lost' {
  return cors.origins.every(({ kind }) => kind === 'exact') ? 'said' : 'lost';
}

/** The action without a feature; equal actions stay equal. */
function withoutFeature(action: Action, feature: ActionFeature): Action {
  if (action.kind !== 'forward')
    return feature === 'response-headers' ? { ...action, responseHeaders: NO_HEADER_OPS } : action;
  switch (feature) {
    case 'path-rewrite':
      return without(action, 'rewrite');
    case 'host-rewrite':
      return without(action, 'hostRewrite');
    case 'request-header-remove-set':
      return { ...action, requestHeaders: { ...action.requestHeaders, remove: [], set: [] } };
    case 'request-header-add':
      return { ...action, requestHeaders: { ...action.requestHeaders, add: [] } };
    case 'response-headers':
      return { ...action, responseHeaders: NO_HEADER_OPS };
    case 'backend-headers':
      return { ...action, shares: action.shares.map(withoutHeaders) };
    case 'request-timeout':
      return without(action, 'requestTimeout');
    case 'backend-timeout':
      return without(action, 'backendTimeout');
    case 'retry':
      return without(action, 'retry');
    case 'mirror':
      return { ...action, mirrors: [] };
    case 'abort-always':
    case 'abort-sometimes':
    case 'delay':
      return without(action, 'fault');
    case 'cors':
      return without(action, 'cors');
    case 'session':
      return without(action, 'session');
    case 'redirect':
    case 'respond':
    case 'respond-500':
    case 'respond-404':
    case 'invalid-share':
      return action;
    default:
      return assertNever(feature);
  }
}

function without<K extends keyof Forward>(action: Forward, key: K): Forward {
  const { [key]: _, ...rest } = action;
  return rest as Forward;
}

function withoutHeaders(share: Share): Share {
  if (share.kind === 'invalid') return share;
  return { ...share, backend: { ...share.backend, requestHeaders: NO_HEADER_OPS, responseHeaders: NO_HEADER_OPS } };
}

/** The lost part in a few words, for the finding. */
function describeFeature(action: Action, feature: ActionFeature): string {
  if (action.kind === 'redirect')
    return `status ${action.status}${action.host === undefined ? '' : ` to ${action.host}`}`;
  if (action.kind === 'respond')
    return feature === 'response-headers' ? describeOps(action.responseHeaders) : `status ${action.status}`;
  switch (feature) {
    case 'path-rewrite':
      return action.rewrite === undefined ? '' : describeRewrite(action.rewrite);
    case 'host-rewrite':
      return action.hostRewrite ?? '';
    case 'request-header-remove-set':
      return describeOps({ ...action.requestHeaders, add: [] });
    case 'request-header-add':
      return describeOps({ ...NO_HEADER_OPS, add: action.requestHeaders.add });
    case 'response-headers':
      return describeOps(action.responseHeaders);
    case 'request-timeout':
      return `${action.requestTimeout} ms`;
    case 'backend-timeout':
      return `${action.backendTimeout} ms`;
    case 'retry':
      return action.retry?.attempts === 1 ? '1 attempt' : `${action.retry?.attempts} attempts`;
    case 'mirror':
      return action.mirrors.map(({ backend }) => `${backend.namespace}/${backend.name}`).join(', ');
    case 'invalid-share':
      return action.shares.flatMap((share) => (share.kind === 'invalid' ? [share.reason] : [])).join(', ');
    case 'backend-headers':
      return action.shares.flatMap(describeBackendOps).join('; ');
    default:
      return '';
  }
}

function describeBackendOps(share: Share): readonly string[] {
  if (share.kind === 'invalid') return [];
  const { name, requestHeaders, responseHeaders } = share.backend;
  const ops = [describeOps(requestHeaders), describeOps(responseHeaders)].filter((text) => text !== '');
  return ops.length === 0 ? [] : [`${name}: ${ops.join(', ')}`];
}

/** Header names only: values may be secrets. */
function describeOps({ remove, set, add }: HeaderOps): string {
  const parts = [
    ...remove.map((name) => `remove ${name}`),
    ...set.map(({ name }) => `set ${name}`),
    ...add.map(({ name }) => `add ${name}`),
  ];
  return parts.join(', ');
}
