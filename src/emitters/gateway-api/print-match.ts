import type { LegalMatch, LegalValueMatch } from '../legal-host.ts';
import type { Manifest } from '../manifest.ts';

/** One entry of `rules[].matches`. Types are written out, since the defaults of readers have differed. */
export function printMatch({ path, method, headers, query }: LegalMatch): Manifest {
  const printed: Record<string, unknown> = {
    path: { type: path.kind === 'exact' ? 'Exact' : 'PathPrefix', value: path.value },
  };
  if (headers.length > 0) printed['headers'] = headers.map(printValueMatch);
  if (query.length > 0) printed['queryParams'] = query.map(printValueMatch);
  if (method !== undefined) printed['method'] = method;
  return printed;
}

function printValueMatch({ name, kind, value }: LegalValueMatch): Manifest {
  return { type: kind === 'exact' ? 'Exact' : 'RegularExpression', name, value };
}
