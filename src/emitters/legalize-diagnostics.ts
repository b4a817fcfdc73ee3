import { defineDiagnostics } from '../diagnostics/diagnostic.ts';
import { DIMENSIONS } from '../diagnostics/dimension.ts';

interface Lost {
  /** `retry` in words: "the retries". */
  readonly what: string;
  readonly detail: string;
}

const lost = ({ what, detail }: Lost) => `${what}${detail === '' ? '' : ` (${detail})`}`;

/** What the profiles of the Gateway API target cannot say of an action. */
export const actionDiagnostics = defineDiagnostics('gateway-api', {
  'redirect-lost': {
    severity: 'error',
    summary: 'The rule redirects, and the target has no redirect.',
    message: (args: Lost) => `${lost(args)} cannot be said: the target does not redirect`,
    effect: () => 'VPC Lattice has no redirect; a route of the AWS controller would answer 500 in place of it',
    help: () => 'redirect in the application or in front of Lattice, or accept that the rule is left out',
    accept: 'omit-rule',
    changes: DIMENSIONS,
  },
  'fixed-response-lost': {
    severity: 'error',
    summary:
      'The rule answers a fixed status that the target has not: Gateway API has 500 without a body, VPC Lattice also 404.',
    message: (args: Lost) => `${lost(args)} cannot be said: the target answers no such status or body`,
    effect: () => 'without the rule its requests meet the rules below it',
    help: () => 'route to a small backend that answers so, or accept that the rule is left out',
    accept: 'omit-rule',
    changes: DIMENSIONS,
  },
  'invalid-backend-share': {
    severity: 'error',
    summary: 'A part of the requests goes to a backend that does not exist; the target cannot say such a share.',
    message: (args: Lost) =>
      `${lost(args)} leads to no backend: the target cannot give a share of the requests a fixed error`,
    help: () => 'correct the backend reference in the source',
    accept: 'never',
  },
  'rewrite-lost': {
    severity: 'error',
    summary: 'The rule rewrites the path or the host, and the target cannot.',
    message: (args: Lost) => `${lost(args)} cannot be said by the target`,
    effect: () => 'the backend would see the path and Host of the client',
    help: () => 'let the backend serve the original path, or accept that the rewrite is left out',
    accept: 'omit-part',
    changes: ['rewrite'],
  },
  'request-headers-lost': {
    severity: 'error',
    summary: 'The rule removes or sets request headers, and the target cannot.',
    message: (args: Lost) => `${lost(args)} cannot be said by the target`,
    effect: () => 'the backend would see what the client sends, which a client may forge',
    help: () => 'do it in the backend, or accept that the change of headers is left out',
    accept: 'omit-part',
    changes: ['headers'],
    security: true,
  },
  'service-import-elsewhere': {
    severity: 'error',
    summary: 'A backend is a ServiceImport of the AWS controller, which no other controller reads.',
    message: ({ name, className }: { name: string; className: string }) =>
      `ServiceImport ${name} is a backend that ${className === '' ? 'another Gateway' : `a Gateway of class ${className}`} does not know`,
    effect: () => 'the share of this backend would answer 500',
    help: () => 'name a Service, or keep the class amazon-vpc-lattice',
    accept: 'as-said',
  },
  'headers-lost': {
    severity: 'warning',
    summary: 'The rule adds request headers or edits response headers, and the target cannot.',
    message: (args: Lost) => `${lost(args)} cannot be said by the target: left out`,
    effect: () => 'backends and clients see the headers as the other side sends them',
    help: () => 'let the application do it where somebody relies on it',
    accept: 'omit-part',
    changes: ['headers'],
  },
  'timeout-lost': {
    severity: 'warning',
    summary: 'The rule limits the time of a request, and the target cannot.',
    message: (args: Lost) => `${lost(args)} cannot be said by the target: left out`,
    effect: () => 'Lattice ends a connection after 10 minutes and an idle one after 60 seconds',
    accept: 'omit-part',
    changes: ['timeout'],
  },
  'retry-lost': {
    severity: 'warning',
    summary: 'The rule states retries, and the target cannot.',
    message: (args: Lost) => `${lost(args)} cannot be said by the target: left out`,
    help: () => 'in the profile standard, --channel experimental can say attempts, codes and back-off',
    accept: 'omit-part',
    changes: ['retry', 'timeout'],
  },
  'retry-conditions-lost': {
    severity: 'warning',
    summary:
      'Gateway API retries name status codes and at least one attempt; other conditions, and none at all, are left out.',
    message: (args: Lost) => `${lost(args)} cannot be said by Gateway API: left out`,
    accept: 'omit-part',
    changes: ['retry'],
  },
  'mirror-lost': {
    severity: 'warning',
    summary: 'The rule mirrors requests, and the target cannot.',
    message: (args: Lost) => `${lost(args)} cannot be said by the target: left out`,
    effect: () => 'the mirrored backend gets no copies',
    accept: 'omit-part',
    changes: ['mirror'],
  },
  'abort-always-lost': {
    severity: 'error',
    summary: 'The rule aborts every request, and the target cannot.',
    message: (args: Lost) => `${lost(args)} cannot be said by the target`,
    effect: () => 'requests that are refused today would reach the backend',
    help: () => 'remove the rule or its fault, or accept that the rule is left out',
    accept: 'omit-rule',
    changes: DIMENSIONS,
    security: true,
  },
  'fault-lost': {
    severity: 'warning',
    summary: 'The rule injects delays or aborts a part of the requests, and the target cannot.',
    message: (args: Lost) => `${lost(args)} cannot be said by the target: left out`,
    effect: () => 'all these requests reach the backend, and at once',
    help: () => 'inject the faults in the application or the mesh where the test still needs them',
    accept: 'omit-part',
    changes: ['fault'],
  },
  'cors-lost': {
    severity: 'error',
    summary: 'The rule answers CORS preflights or sets CORS headers, and the target cannot say it so.',
    message: (args: Lost) => `${lost(args)} cannot be said by the target`,
    effect: () => 'browsers would refuse cross-origin requests, or be allowed more than today',
    help: () => 'answer CORS in the application, or accept that the policy is left out',
    accept: 'omit-part',
    changes: ['headers'],
  },
  'cors-preflight-open': {
    severity: 'warning',
    summary:
      'Preflights of origins that a CORS policy does not name reach the backend today; Gateway API leaves open who answers them.',
    message: () =>
      'preflights of other origins reach the backend today, and Gateway API leaves open whether they still do',
    effect: () => 'an implementation may answer them itself: origins that the backend alone allows would be refused',
    help: () => 'name all origins in the policy, or set unmatchedPreflights: IGNORE where the backend answers none',
    accept: 'as-said',
    changes: ['headers'],
  },
  'session-lost': {
    severity: 'warning',
    summary: 'The rule keeps clients on one backend, and the target cannot.',
    message: (args: Lost) => `${lost(args)} cannot be said by the target: left out`,
    help: () => 'in the profile standard, --channel experimental can say cookie and header sessions',
    accept: 'omit-part',
    changes: ['affinity'],
  },
  'rewrite-not-by-segment': {
    severity: 'error',
    summary: 'A rewrite of a string prefix that has no form by whole segments.',
    message: ({ why }: { why: string }) => `the rewrite cannot be said in Gateway API: ${why}`,
    effect: () => 'the backend would see another path',
    help: () =>
      'end the matched prefix and the replacement both with a slash, or neither; or accept that the rewrite is left out',
    accept: 'omit-part',
    changes: ['rewrite', 'redirect'],
  },
});

/** What the profiles cannot say of a match, and orders that cannot be kept. */
export const matchDiagnostics = defineDiagnostics('gateway-api', {
  'path-not-expressible': {
    severity: 'error',
    summary: 'The paths of a rule are neither a few exact paths nor prefixes.',
    message: ({ why }: { name: string; why: string }) =>
      `the path condition cannot be said as exact paths and prefixes: ${why}`,
    effect: () => 'without the rule its requests meet the rules below it',
    help: () => 'list the paths, use a prefix, or accept that the rule is left out',
    accept: 'omit-rule',
    changes: DIMENSIONS,
  },
  'pattern-not-legal': {
    severity: 'error',
    summary: 'A pattern is no legal RE2, so the source does not take it either.',
    message: ({ why }: { name: string; why: string }) => `the pattern is not legal RE2: ${why}`,
    help: () => 'correct the pattern in the source',
    accept: 'never',
  },
  'method-not-expressible': {
    severity: 'error',
    summary: 'The method condition takes verbs that Gateway API does not know.',
    message: ({ why }: { name: string; why: string }) => `the method condition cannot be said: ${why}`,
    help: () => 'list the methods, or accept that the rule is left out',
    accept: 'omit-rule',
    changes: DIMENSIONS,
  },
  'header-not-expressible': {
    severity: 'error',
    summary: 'The target cannot test a header in this way.',
    message: ({ name, why }: { name: string; why: string }) => `the condition on header ${name} cannot be said: ${why}`,
    effect: () => 'a rule is never widened: without it its requests meet the rules below it',
    help: ({ name }) => `match whole values of ${name}, or accept that the rule is left out`,
    accept: 'omit-rule',
    changes: DIMENSIONS,
    security: true,
  },
  'query-not-expressible': {
    severity: 'error',
    summary: 'The target cannot test query parameters, or not in this way.',
    message: ({ name, why }: { name: string; why: string }) =>
      `the condition on query parameter ${name} cannot be said: ${why}`,
    effect: () => 'a rule is never widened: without it its requests meet the rules below it',
    help: () => 'route on the path or on a header, or accept that the rule is left out',
    accept: 'omit-rule',
    changes: DIMENSIONS,
    security: true,
  },
  'authority-not-expressible': {
    severity: 'error',
    summary: 'The rule tests the Host header beyond the host names of the object.',
    message: ({ why }: { name: string; why: string }) => `the condition on authority cannot be said: ${why}`,
    help: () => 'name the host in an object of its own, or accept that the rule is left out',
    accept: 'omit-rule',
    changes: DIMENSIONS,
    security: true,
  },
  'condition-not-expressible': {
    severity: 'error',
    summary:
      'The rule has a condition that the target has no word for (the labels of the client, a claim of its token).',
    message: ({ name }: { name: string; why: string }) => `the condition on ${name} cannot be said by the target`,
    effect: () => 'a rule is never widened: without it its requests meet the rules below it',
    help: () => 'accept that the rule is left out, or remove it',
    accept: 'omit-rule',
    changes: DIMENSIONS,
    security: true,
  },
  'match-too-large': {
    severity: 'error',
    summary: 'The match stands for more alternatives or tests than the target takes.',
    message: ({ why }: { name: string; why: string }) => `the match is too large for the target: ${why}`,
    help: () => 'split the rule or test less, or accept that the rule is left out',
    accept: 'omit-rule',
    changes: DIMENSIONS,
  },
  'value-pattern': {
    severity: 'info',
    summary:
      'A header or query condition becomes a RegularExpression match, which implementations support on their own terms.',
    message: ({ name, pattern }: { name: string; pattern: string }) => `${name} is matched by the pattern ${pattern}`,
    effect: () => 'Gateway API leaves the dialect of patterns, and whether they are supported, to the implementation',
    accept: 'as-said',
  },
  'needs-no-match': {
    severity: 'error',
    summary: 'Requests that meet no rule today lie under a wider rule, and Gateway API cannot answer 404 there.',
    message: () => 'requests that meet no rule today would meet this rule',
    effect: () => 'Gateway API has no rule that answers 404',
    help: () => 'add a rule below that says where these requests go',
    accept: 'never',
    security: true,
  },
  'answers-nothing': {
    severity: 'error',
    summary:
      'No request meets a rule of a host of the mesh, so all of them get 404; Gateway API has no route that says it.',
    message: ({ host }: { host: string }) =>
      `no request meets a rule of ${host}: all of them get 404 today, and Gateway API has no route that answers 404`,
    effect: () => 'without a route the requests reach the Service itself',
    help: () => 'correct the conditions of the rules; or accept that no route is written, if the Service may answer',
    accept: 'as-said',
    changes: DIMENSIONS,
    security: true,
  },
  'order-not-kept': {
    severity: 'error',
    summary: 'The order of the rules cannot be kept within the limits of the target.',
    message: ({ why }: { why: string }) => `the order of the rules cannot be kept: ${why}`,
    help: () => 'make the overlapping rules disjoint, or split the host',
    accept: 'never',
  },
  'hosts-overlap': {
    severity: 'error',
    summary: 'Routes that are services of their own on Lattice would meet on one listener.',
    message: ({ host }: { host: string }) =>
      `several routes of Lattice serve ${host}, each a service of its own; on one listener they would take each other's requests`,
    help: () => 'give each route a host name of its own, or convert with the profile lattice',
    accept: 'never',
  },
  'host-without-fall-through': {
    severity: 'info',
    summary: 'A host does not take every request, and a wildcard of the same listeners takes the same name.',
    message: ({ host, wider }: { host: string; wider: string }) =>
      `requests of ${host} that meet no rule answer 404 today, and do not fall through to ${wider}`,
    effect: () => 'Gateway API leaves open whether they fall through; gateways built on Envoy answer 404 as well',
    help: ({ host }) => `add a last rule to ${host} where the gateway is another one`,
    accept: 'as-said',
  },
  'rule-never-matches': {
    severity: 'info',
    summary: 'An earlier rule takes every request of this rule; it is left out.',
    message: () => 'no request reaches this rule: an earlier one takes all of them, so it is left out',
    accept: 'as-said',
  },
  'rule-left-out': {
    severity: 'info',
    summary: 'The rule has conditions that no request can meet; it is left out.',
    message: () => 'no request can meet the conditions of this rule, so it is left out',
    accept: 'as-said',
  },
});

/** The closed list of routing differences that are warnings, as far as the source or the wildcard causes them. */
export const differenceDiagnostics = {
  ...defineDiagnostics('istio', {
    'prefix-by-segment': {
      severity: 'warning',
      summary:
        'A string prefix (`prefix` of Istio, a path of type ImplementationSpecific under ingress-nginx) becomes a prefix by path segment. An error where another rule of the host names a path inside the region that moves.',
      message: ({ prefix, isCertain }: { prefix: string; isCertain: boolean }) =>
        `prefix ${prefix} also takes ${prefix}x in the source; a prefix of the target ${isCertain ? 'takes whole path segments' : 'may take whole path segments only'}`,
      effect: ({ prefix, isCertain }) =>
        `requests for ${prefix} followed by another character than a slash move${isCertain ? '' : ' if Lattice reads it so, which is not documented'}`,
      help: ({ prefix }) =>
        `if whole segments are meant, say so in the source: ${prefix}/ in Istio, pathType Prefix in an Ingress`,
      accept: 'as-said',
      changes: DIMENSIONS,
    },
    'prefix-slash-itself': {
      severity: 'warning',
      summary:
        'A string prefix with a trailing slash (of Istio, or of a pattern of an AWS load balancer) takes the bare path along, which met no rule before.',
      message: ({ prefix }: { prefix: string }) =>
        `the prefix ${prefix}/ of the target also takes ${prefix}, which meets no rule today`,
      accept: 'as-said',
      changes: DIMENSIONS,
    },
    'rewrite-double-slash': {
      severity: 'warning',
      summary: 'A rewrite of a string prefix that gave a doubled slash gives a single one.',
      message: ({ from, to }: { from: string; to: string }) =>
        `the rewrite of ${from} to ${to} gives a doubled slash today and a single one then`,
      help: () => 'write both with a trailing slash in the source, or neither',
      accept: 'as-said',
      changes: ['rewrite', 'redirect'],
    },
  }),
  ...defineDiagnostics('ingress', {
    'wildcard-labels': {
      severity: 'warning',
      summary: 'A wildcard of an Ingress takes one label, that of Gateway API any number.',
      message: ({ host }: { host: string }) =>
        `${host} takes one label in place of the star today, and any number then`,
      help: () => 'list the hosts that are meant',
      accept: 'as-said',
      changes: DIMENSIONS,
    },
  }),
};

/** What only the lattice profile reports on the way to legal hosts. */
export const latticeHostDiagnostics = defineDiagnostics('lattice', {
  'prefix-reading-assumed': {
    severity: 'info',
    summary: 'A prefix of a Lattice route becomes a prefix by path segment; how Lattice reads it is not documented.',
    message: ({ prefix }: { prefix: string }) => `prefix ${prefix} is taken by path segment`,
    effect: ({ prefix }) => `should Lattice compare texts, ${prefix}x moves`,
    accept: 'as-said',
  },
  'header-value-case': {
    severity: 'warning',
    summary:
      'The AWS controller compares header values without letter case. An error where two values of a host differ in case only.',
    message: ({ name, value }: { name: string; value: string }) =>
      `header ${name}: ${value} is compared without letter case`,
    effect: () => 'requests whose value differs in letter case only meet this rule too',
    accept: 'as-said',
    changes: DIMENSIONS,
  },
  'relies-on-list-order': {
    severity: 'info',
    summary:
      'The rules keep their order because the AWS controller takes document order; by the specification another rule would win.',
    message: ({ rows, limit }: { rows: number; limit: number }) =>
      `an order that also holds by precedence needs ${rows} rules, more than the ${limit} of rulesPerListener; the written order is kept`,
    effect: () => 'right under the AWS controller; another implementation of Gateway API would choose by precedence',
    accept: 'as-said',
  },
  'wildcard-host': {
    severity: 'error',
    summary: 'A Lattice service has one host name; a wildcard needs the names that it stands for.',
    message: ({ host }: { host: string }) => `${host} is a wildcard, and a Lattice service answers to one name`,
    help: ({ host }) =>
      `name the hosts in latticectl.yaml:\nhosts:\n  "${host}":\n    expand: [name.${host.replace(/^\*\.?/, '') || 'example.com'}]`,
    accept: 'never',
  },
  'expansion-outside': {
    severity: 'error',
    summary: 'The settings let a wildcard stand for a name that it does not take.',
    message: ({ host, listed }: { host: string; listed: string }) =>
      `${listed}, which the settings list for ${host}, is no name that ${host} takes in the source`,
    effect: () => 'nothing is written for it: its requests meet no rule of the wildcard today',
    help: () => 'correct the name in latticectl.yaml',
    accept: 'never',
  },
  'host-in-two-scopes': {
    severity: 'error',
    summary:
      'The same host is served in two places with different rules, or by two gateways; on Lattice it is one service.',
    message: (args: { host: string; first: string; second: string; sameRules?: boolean }) =>
      `${args.host} is served by ${args.first} and${args.sameRules ? ' also' : ', with other rules,'} by ${args.second}`,
    help: () => 'give one of them another name in the source, or convert them apart',
    accept: 'never',
  },
  'host-behind-another-listener': {
    severity: 'error',
    summary: 'A more specific listener of the port keeps the requests for a host from the routes that serve it.',
    message: ({ host, listener }: { host: string; listener: string }) =>
      `requests for ${host} come in through listener ${listener}, which its routes are not attached to`,
    effect: () =>
      'Where listeners are isolated from each other its routes are never met today; Lattice has nothing that would keep requests from them.',
    help: ({ listener }) => `attach the routes to listener ${listener}, or take the host from their hostnames`,
    accept: 'as-said',
  },
  'plain-http-closed': {
    severity: 'warning',
    summary: 'A plain listener that only redirects to HTTPS is left out: Lattice has no redirect.',
    message: ({ host, port }: { host: string; port: number }) =>
      `port ${port} of ${host} only redirects to HTTPS and is left out`,
    effect: () => 'clients get no answer on the plain port',
    accept: 'as-said',
    changes: DIMENSIONS,
  },
});
