import type { VirtualHost } from '../ir/model.ts';

/** Whether a plain host answers every request with a redirect to https on the same name and path. */
export function redirectsToHttps({ scope, rules }: VirtualHost): boolean {
  return (
    scope.kind === 'gateway' &&
    scope.protocol === 'HTTP' &&
    rules.length > 0 &&
    rules.every(
      ({ action }) =>
        action.kind === 'redirect' &&
        action.scheme === 'https' &&
        action.host === undefined &&
        action.path === undefined,
    )
  );
}
