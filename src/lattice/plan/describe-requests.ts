import type { HttpMatch } from '../../emitters/lattice/resources.ts';
import type { Loose } from '../loose.ts';

/** The requests that a rule asks for: `GET /cart* with x-canary: true`. */
export function describeRequests({ method, pathMatch, headerMatches = [] }: Loose<HttpMatch>): string {
  const path = pathMatch === undefined ? 'any path' : describeText(pathMatch.match);
  const start = method === undefined ? path : `${method} ${path}`;
  const headers = headerMatches.map(({ name, match }) => `${name}: ${describeText(match)}`);
  return `requests for ${start}${headers.length === 0 ? '' : ` with ${headers.join(' and ')}`}`;
}

function describeText(
  match: { readonly exact: string } | { readonly prefix: string } | { readonly contains: string },
): string {
  if ('exact' in match) return match.exact;
  return 'prefix' in match ? `${match.prefix}*` : `*${match.contains}*`;
}
