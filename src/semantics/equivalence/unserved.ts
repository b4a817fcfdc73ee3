import { NO_HEADER_OPS } from '../../ir/actions.ts';
import type { Rule, VirtualHost } from '../../ir/model.ts';
import { ANY } from '../../ir/predicates.ts';

/**
 * What stands for a host that one side does not have. A gateway answers 404; calls in the mesh go on to the Service
 * that they name.
 */
export function unservedLike(host: VirtualHost, port: number | undefined): VirtualHost {
  const { origin, scope } = host;
  const bare: VirtualHost = {
    ...host,
    rules: [],
    order: { kind: 'first-match' },
    otherwise: { kind: 'respond', status: 404, responseHeaders: NO_HEADER_OPS, origin },
  };
  if (scope.kind === 'gateway' || scope.target === undefined) return bare;
  const { namespace, service: name } = scope.target;
  const headers = { requestHeaders: NO_HEADER_OPS, responseHeaders: NO_HEADER_OPS };
  const backend = {
    kind: 'Service',
    namespace,
    name,
    ...(port === undefined ? {} : { port }),
    ...headers,
    origin,
  } as const;
  const source = { apiVersion: 'v1', kind: 'Service', namespace, name, labels: {}, annotations: {}, origin };
  const rule: Rule = {
    source,
    hostIndex: 0,
    index: 0,
    matches: [{ path: ANY, method: ANY, headers: [], query: [], authority: ANY, opaque: [], origin }],
    action: { kind: 'forward', shares: [{ kind: 'backend', weight: 1, backend }], ...headers, mirrors: [], origin },
    origin,
  };
  return { ...bare, rules: [rule] };
}
