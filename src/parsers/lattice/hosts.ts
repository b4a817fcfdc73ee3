import type { Report } from '../../diagnostics/diagnostic.ts';
import { type Action, type Backend, NO_HEADER_OPS, type Respond, type Share, type Subset } from '../../ir/actions.ts';
import type { Match, Rule, SourceObject, VirtualHost } from '../../ir/model.ts';
import { ANY, exactly, exactPath, pathPrefix } from '../../ir/predicates.ts';
import { SERVES } from '../../semantics/equivalence/pair-hosts.ts';
import { mergeShares } from '../merge-shares.ts';
import { latticeSourceDiagnostics as d } from './diagnostics.ts';
import type {
  ActionDraft,
  DocumentDraft,
  GroupDraft,
  HttpListener,
  MatchDraft,
  RuleDraft,
  ServiceDraft,
} from './draft.ts';
import { networkOf, sectionOf } from './gateways.ts';

/** What the generated domain of a service starts with. */
const SERVICE_NAME = 'application-networking.k8s.aws/service-name-override';

interface HostContext {
  readonly draft: DocumentDraft;
  readonly source: SourceObject;
  readonly report: Report;
}

/** The requests of one listener: rules by priority, then the default action. */
export function buildHost(listener: HttpListener, service: ServiceDraft, context: HostContext): VirtualHost {
  const { draft, report } = context;
  const network = networkOf(service, draft);
  const source: SourceObject = {
    ...context.source,
    // The document is no object that routes could be named after; each service becomes one.
    name: service.name,
    annotations: {
      [SERVICE_NAME]: service.name,
      ...(service.serves.length === 0 ? {} : { [SERVES]: service.serves.join(' ') }),
    },
  };
  const listed = draft.rules
    .filter((one) => one.service === service.name && one.listener === listener.name)
    .sort((a, b) => a.priority - b.priority);
  reportPriorities(listed, report);
  const toRule = (match: MatchDraft, action: ActionDraft, index: number, origin: Rule['origin']): Rule => {
    const matches = [toMatch(match)];
    return { source, hostIndex: 0, index, matches, action: toAction(action, draft, report), origin };
  };
  const rules = listed.map(({ match, action, origin }, index) => toRule(match, action, index, origin));
  const rest = toAction(listener.action, draft, report);
  const everything: MatchDraft = { origin: listener.action.origin, method: undefined, path: undefined, headers: [] };
  // A 404 is what a host answers without a rule, whoever runs it; any other default is a rule that takes the rest.
  const isRule = rest.kind !== 'respond' || rest.status !== 404 || rules.length === 0;
  const { port, protocol, origin } = listener;
  const scope = { kind: 'gateway', workload: network, port, protocol } as const;
  return {
    id: `${network}/${service.name}:${port}${service.domain === undefined ? `@${service.name}` : ''}`,
    scope: { ...scope, listeners: [{ gateway: network, listener: sectionOf(listener, service) }] },
    host: service.domain === undefined ? { kind: 'any' } : { kind: 'exact', name: service.domain },
    order: { kind: 'first-match' },
    rules: isRule ? [...rules, toRule(everything, listener.action, rules.length, listener.action.origin)] : rules,
    otherwise: rest.kind === 'respond' ? rest : respond(404, listener.action.origin),
    origin,
  };
}

function reportPriorities(rules: readonly RuleDraft[], report: Report): void {
  for (const [index, { priority, origin }] of rules.entries()) {
    const before = rules[index - 1];
    if (before?.priority === priority)
      report(d['same-priority']({ priority, other: before.name }, origin.at('priority')));
  }
}

function toMatch({ method, path, headers, origin }: MatchDraft): Match {
  const read =
    path === undefined
      ? ANY
      : path.kind === 'exact'
        ? exactPath(path.value, path.ignoreCase)
        : pathPrefix(path.value, 'lattice', path.ignoreCase);
  return {
    path: read,
    method: method === undefined ? ANY : exactly(method),
    headers: headers
      .map(({ name, value }) => ({ name, absent: false, value }))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
    query: [],
    authority: ANY,
    opaque: [],
    origin,
  };
}

function toAction({ input, origin }: ActionDraft, { groups }: DocumentDraft, report: Report): Action {
  if (input.fixedResponse !== undefined) return respond(input.fixedResponse.statusCode, origin);
  const shares = (input.forward?.targetGroups ?? []).flatMap(({ targetGroup, weight = 100 }, index): Share[] => {
    const place = origin.at('forward', 'targetGroups', index);
    const group = groups.get(targetGroup);
    if (group === undefined) report(d['unknown-reference']({ kind: 'target group', name: targetGroup }, place));
    return [{ kind: 'backend', weight, backend: toBackend(targetGroup, group, place) }];
  });
  const live = mergeShares(shares);
  // Nothing says what weights of 0 alone do; no target gets a request.
  if (live.length === 0) return { ...respond(500, origin), invalid: 'every weight is 0' };
  const headers = { requestHeaders: NO_HEADER_OPS, responseHeaders: NO_HEADER_OPS };
  return { kind: 'forward', shares: live, ...headers, mirrors: [], origin };
}

function respond(status: number, origin: Respond['origin']): Respond {
  return { kind: 'respond', status, responseHeaders: NO_HEADER_OPS, origin };
}

/** Nothing in an account says which labels a subset asks for; what is written of it by name is not all endpoints. */
function toSubset(name: string, labels: Subset['labels']): Subset {
  return Object.keys(labels).length === 0 ? { name, labels, isOpen: true } : { name, labels };
}

/** The backend that a group stands for; a group that does not say so is a backend of its own. */
function toBackend(name: string, group: GroupDraft | undefined, origin: Backend['origin']): Backend {
  const headers = { requestHeaders: NO_HEADER_OPS, responseHeaders: NO_HEADER_OPS };
  const parts = /^([^/]+)\/([^/:@]+)(?::(\d+))?(?:@(.+))?$/.exec(group?.backend ?? '');
  if (group === undefined || parts === null) return { kind: 'Service', namespace: 'lattice', name, ...headers, origin };
  const [, namespace = '', service = '', port, subset] = parts;
  return {
    kind: group.kind,
    namespace,
    name: service,
    ...(port === undefined ? {} : { port: Number(port) }),
    ...(subset === undefined ? {} : { subset: toSubset(subset, group.labels) }),
    ...headers,
    origin,
  };
}
