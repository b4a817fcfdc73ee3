import type { LegalMatch, LegalValueMatch } from '../legal-host.ts';
import { fields, listOrNone, type Manifest } from './manifest.ts';

/** One entry of `rules[].matches`. Types are written out, since the defaults of readers have differed. */
export function printMatch({ path, method, headers, query }: LegalMatch): Manifest {
  return fields({
    path: { type: path.kind === 'exact' ? 'Exact' : 'PathPrefix', value: path.value },
    headers: listOrNone(headers.map(printValueMatch)),
    queryParams: listOrNone(query.map(printValueMatch)),
    method,
  });
}

function printValueMatch({ name, kind, value }: LegalValueMatch): Manifest {
  return { type: kind === 'exact' ? 'Exact' : 'RegularExpression', name, value };
}
