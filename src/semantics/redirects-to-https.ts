import type { Rule, VirtualHost } from '../ir/model.ts';
import { takesEveryRequest } from './takes-every-request.ts';

/** Whether a plain host answers every request that it takes with a redirect to https on the same name and path. */
export function redirectsToHttps(host: VirtualHost): boolean {
  const { scope, rules } = host;
  if (scope.kind !== 'gateway' || scope.protocol !== 'HTTP' || rules.length === 0) return false;
  const own = host.host.kind === 'exact' ? host.host.name : undefined;
  return reachedRules(host).every(
    ({ action }) =>
      action.kind === 'redirect' &&
      action.scheme === 'https' &&
      (action.host === undefined || action.host === own) &&
      action.path === undefined,
  );
}

/** Rules that the first match may be in: none below one that takes everything. */
function reachedRules({ order, rules }: VirtualHost): readonly Rule[] {
  const last = order.kind === 'first-match' ? rules.findIndex(({ matches }) => matches.some(takesEveryRequest)) : -1;
  return last === -1 ? rules : rules.slice(0, last + 1);
}
