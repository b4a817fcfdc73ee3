import type { DiagnosticFactory } from '../diagnostics/diagnostic.ts';
import type { ActionFeature } from '../ir/features.ts';
import { actionDiagnostics as d } from './legalize-diagnostics.ts';

/** The three forms of the Gateway API target, and the resources of VPC Lattice. */
export type ProfileChannel = 'lattice' | 'standard' | 'experimental' | 'lattice-api';

/** A target's answer for a feature: it says all of it, or the finding with which it is cut out. */
export type Support =
  | 'full'
  | { readonly lost: DiagnosticFactory<{ what: string; detail: string }>; readonly what: string };

export type SupportTable = { readonly [F in ActionFeature]: { readonly [P in ProfileChannel]: Support } };

const full = { lattice: 'full', standard: 'full', experimental: 'full', 'lattice-api': 'full' } as const;

function nowhere(support: Support): SupportTable[ActionFeature] {
  return { lattice: support, standard: support, experimental: support, 'lattice-api': support };
}

/** Said by both channels of the standard profile; VPC Lattice has no such thing, whoever makes its rules. */
function notOnLattice(support: Support): SupportTable[ActionFeature] {
  return { ...nowhere(support), standard: 'full', experimental: 'full' };
}

/** Said by the experimental channel only. */
function experimentally(support: Support): SupportTable[ActionFeature] {
  return { ...nowhere(support), experimental: 'full' };
}

/** One row per feature of an action. The AWS controller ignores every filter, and the API has none, so their columns cut them. */
export const supportTable: SupportTable = {
  redirect: notOnLattice({ lost: d['redirect-lost'], what: 'the redirect' }),
  'respond-500': full,
  'respond-404': {
    ...nowhere({ lost: d['fixed-response-lost'], what: 'the fixed response' }),
    'lattice-api': 'full',
  },
  respond: nowhere({ lost: d['fixed-response-lost'], what: 'the fixed response' }),
  'invalid-share': nowhere({ lost: d['invalid-backend-share'], what: 'a share' }),
  'path-rewrite': notOnLattice({ lost: d['rewrite-lost'], what: 'the path rewrite' }),
  'host-rewrite': notOnLattice({ lost: d['rewrite-lost'], what: 'the host rewrite' }),
  'request-header-remove-set': notOnLattice({ lost: d['request-headers-lost'], what: 'the change of request headers' }),
  'request-header-add': notOnLattice({ lost: d['headers-lost'], what: 'the added request headers' }),
  'response-headers': notOnLattice({ lost: d['headers-lost'], what: 'the change of response headers' }),
  'backend-headers': notOnLattice({ lost: d['request-headers-lost'], what: 'the change of headers at a backend' }),
  'request-timeout': notOnLattice({ lost: d['timeout-lost'], what: 'the timeout' }),
  'backend-timeout': notOnLattice({ lost: d['timeout-lost'], what: 'the timeout of one try' }),
  retry: experimentally({ lost: d['retry-lost'], what: 'the retries' }),
  mirror: notOnLattice({ lost: d['mirror-lost'], what: 'the mirror' }),
  'abort-always': nowhere({ lost: d['abort-always-lost'], what: 'the abort of every request' }),
  'abort-sometimes': nowhere({ lost: d['fault-lost'], what: 'the abort of some requests' }),
  delay: nowhere({ lost: d['fault-lost'], what: 'the delay' }),
  cors: notOnLattice({ lost: d['cors-lost'], what: 'the CORS policy' }),
  session: experimentally({ lost: d['session-lost'], what: 'the session affinity' }),
};
