import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Match } from '../../ir/model.ts';
import { ANY, type AttributeTest, exactly, exactPath, type PathPredicate, pathPrefix } from '../../ir/predicates.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import type { MatchDraft, PathDraft, ValueDraft } from './draft.ts';
import type { Reading } from './reading.ts';

/** One match as its Gateway reads it. */
export function toMatch(draft: MatchDraft, reading: Reading, report: Report): Match {
  const { path, method, headers, query, origin } = draft;
  // Lattice compares the values of headers without case, whatever the route says.
  const ignoreCase = reading === 'lattice';
  return {
    path: toPath(path, reading, report),
    method: method === undefined ? ANY : exactly(method),
    headers: toTests(headers, (name) => name.toLowerCase(), ignoreCase),
    query: toTests(query, (name) => name, false),
    authority: ANY,
    opaque: NO_CONDITIONS,
    origin,
  };
}

function toPath({ type, value, origin }: PathDraft, reading: Reading, report: Report): PathPredicate {
  if (type === 'RegularExpression') return { kind: 'regex', pattern: value };
  if (!value.startsWith('/')) {
    report(
      d['invalid-value']({ field: 'value', value: JSON.stringify(value), want: 'a path that starts with /' }, origin),
    );
    // Accepting this is refused, so no output holds the path; read as meant, it causes no further findings.
    return toPath({ type, value: `/${value}`, origin }, reading, report);
  }
  return type === 'Exact' ? exactPath(value) : pathPrefix(value, reading === 'lattice' ? 'lattice' : 'segment');
}

const NO_TESTS: readonly AttributeTest[] = [];
const NO_CONDITIONS: Match['opaque'] = [];

/** Of several tests of one name the first counts. */
function toTests(
  drafts: readonly ValueDraft[],
  nameOf: (name: string) => string,
  ignoreCase: boolean,
): readonly AttributeTest[] {
  if (drafts.length === 0) return NO_TESTS;
  const tests = new Map<string, AttributeTest>();
  for (const draft of drafts) {
    const name = nameOf(draft.name);
    if (tests.has(name)) continue;
    const value: AttributeTest['value'] =
      draft.type === 'RegularExpression' ? { kind: 'regex', pattern: draft.value } : exactly(draft.value, ignoreCase);
    tests.set(name, { name, absent: false, value });
  }
  return [...tests.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}
