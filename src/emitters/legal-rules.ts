import type { Report } from '../diagnostics/diagnostic.ts';
import type { Action, PathRewrite } from '../ir/actions.ts';
import { assertNever } from '../ir/assert-never.ts';
import type { VirtualHost } from '../ir/model.ts';
import type { AttributeTest } from '../ir/predicates.ts';
import type { Atom, AtomTests } from '../semantics/atom.ts';
import { describeChange } from '../semantics/describe-action.ts';
import type { Row } from '../semantics/listing.ts';
import { lowerTest, PRESENT } from '../semantics/lower-value.ts';
import { rewriteOnPath, rewritePrefix } from '../semantics/rewrite-on-path.ts';
import { RowList } from '../semantics/row-list.ts';
import { ANY_VALUE } from '../semantics/value-regex.ts';
import { requestOf, toWitness } from '../semantics/witness.ts';
import type { LegalMatch, LegalRule, LegalValueMatch } from './legal-host.ts';
import {
  actionDiagnostics,
  differenceDiagnostics,
  latticeHostDiagnostics,
  matchDiagnostics,
} from './legalize-diagnostics.ts';

/** The rows of a host as rules with one match each, rewrites recomputed for the path of each row. */
export function toLegalRules(host: VirtualHost, rows: readonly Row[], report: Report): readonly LegalRule[] {
  return rows.map(({ atom, outcome, rule, origin: place }): LegalRule => {
    if (outcome === 'no-match') throw new Error('a region without an answer reached the emitter');
    const { name, source, hostIndex, origin } = rule;
    const matches = [toLegalMatch(atom)];
    const places = [place];
    const action = rewriteAction(host, outcome, atom, report);
    return name === undefined
      ? { source, hostIndex, rule, matches, places, action, origin }
      : { source, hostIndex, name, rule, matches, places, action, origin };
  });
}

/** A segment prefix is written without its slash, a string prefix as it stands. */
export function toLegalMatch(atom: Atom): LegalMatch {
  const { method } = atom;
  const path = toLegalPath(atom.path);
  const [headers, query] = [toValueMatches(atom.headers), toValueMatches(atom.query)];
  return method === undefined ? { path, headers, query } : { path, method, headers, query };
}

const WHOLE_PATH: LegalMatch['path'] = { kind: 'prefix', value: '/' };

function toLegalPath(path: Atom['path']): LegalMatch['path'] {
  if (path.kind === 'any') return WHOLE_PATH;
  const kind = path.kind === 'exact' ? 'exact' : 'prefix';
  return path.fold === true ? { kind, value: path.value, ignoreCase: true } : { kind, value: path.value };
}

const NO_TESTS: readonly LegalValueMatch[] = [];

function toValueMatches(tests: AtomTests): readonly LegalValueMatch[] {
  if (tests.length === 0) return NO_TESTS;
  return tests.map(({ name, value: { kind, value } }) => ({ name, kind, value }));
}

/** Rewrites and redirects of a matched prefix depend on the path that is matched. */
function rewriteAction(host: VirtualHost, action: Action, atom: Atom, report: Report): Action {
  if (action.kind === 'forward' && action.rewrite !== undefined) {
    const rewrite = legalRewrite(host, action.rewrite, atom, action, report);
    const { rewrite: _, ...rest } = action;
    return rewrite === undefined ? rest : { ...rest, rewrite };
  }
  if (action.kind === 'redirect' && action.path !== undefined) {
    const path = legalRewrite(host, action.path, atom, action, report);
    const { path: _, ...rest } = action;
    return path === undefined ? rest : { ...rest, path };
  }
  return action;
}

function legalRewrite(
  host: VirtualHost,
  rewrite: PathRewrite,
  atom: Atom,
  action: Action,
  report: Report,
): PathRewrite | undefined {
  const said = rewriteOnPath(rewrite, atom.path);
  if (said.kind === 'not-expressible') {
    report(actionDiagnostics['rewrite-not-by-segment']({ why: said.why }, rewriteOrigin(action)));
    return undefined;
  }
  if (said.kind === 'full') return said;
  if (said.doubled && rewrite.kind === 'prefix') {
    const path = `${said.from === '/' ? '' : said.from}/x`;
    const [before, after] = [rewritePrefix(rewrite, path), `${said.to === '/' ? '' : said.to}/x`];
    const witness = toWitness(host, requestOf(atom, path), `the backend sees ${before}`, `the backend sees ${after}`);
    report(
      differenceDiagnostics['rewrite-double-slash']({ from: rewrite.from, to: rewrite.to }, rewriteOrigin(action), {
        witness,
      }),
    );
  }
  return { kind: 'prefix', from: said.from, to: said.to, reading: 'segment' };
}

function rewriteOrigin(action: Action): Action['origin'] {
  return (action.kind === 'forward' ? action.places?.rewrite : undefined) ?? action.origin;
}

/** Header and query patterns are the implementation's own terms; each is reported at the matches that ask for it. */
export function reportPatterns(host: VirtualHost, rows: readonly Row[], report: Report): void {
  if (!rows.some(({ atom }) => atom.headers.some(isPattern) || atom.query.some(isPattern))) return;
  const used = new Set(rows.flatMap(({ atom }) => patternsOf(atom)));
  for (const { matches } of host.rules) {
    for (const { headers, query, origin } of matches) {
      const tests = [
        ...headers.map((test) => ['header', test] as const),
        ...query.map((test) => ['query', test] as const),
      ];
      for (const [part, test] of tests) {
        const lowered = lowerTest(test);
        if (lowered.kind === 'not-expressible') continue;
        const asked = lowered.plus !== 'any' ? lowered.plus : lowered.required ? [PRESENT] : [];
        for (const value of [...asked, ...lowered.minus]) {
          if (value.kind !== 'regex' || !used.has(patternKey(part, test.name, value.value))) continue;
          const pattern = value.value === ANY_VALUE ? `${ANY_VALUE} (present)` : value.value;
          report(matchDiagnostics['value-pattern']({ name: test.name, pattern }, origin));
        }
      }
    }
  }
}

function patternsOf({ headers, query }: Atom): readonly string[] {
  const keys = (part: string, tests: AtomTests) =>
    tests.flatMap(({ name, value }) => (value.kind === 'regex' ? [patternKey(part, name, value.value)] : []));
  return [...keys('header', headers), ...keys('query', query)];
}

function isPattern({ value }: AtomTests[number]): boolean {
  return value.kind === 'regex';
}

function patternKey(part: string, name: string, pattern: string): string {
  return `${part} ${name} ${pattern}`;
}

/** The AWS controller compares header values without case; two values that differ in case only cannot both stand. */
export function reportHeaderCase(host: VirtualHost, rows: readonly Row[], report: Report): void {
  const spellings = new Map<string, Set<string>>();
  for (const { name, value } of rows.flatMap(({ atom }) => atom.headers)) {
    const key = `${name} ${value.value.toLowerCase()}`;
    spellings.set(key, (spellings.get(key) ?? new Set()).add(value.value));
  }
  if (spellings.size === 0) return;
  const [written, read] = [new RowList(rows), new RowList(rows.map(withoutCase))];
  const counts = namesWithCase(host);
  for (const row of rows) {
    for (const { name, value } of row.atom.headers.filter((test) => counts.has(test.name))) {
      const known = [...(spellings.get(`${name} ${value.value.toLowerCase()}`) ?? [])];
      const clash = known.length > 1;
      const other = otherCase(value.value);
      if (!clash && other === value.value) continue;
      const request = requestOf(row.atom);
      const answers = (clash ? known : [other]).map((spelling) => {
        const asked = { ...request, headers: { ...request.headers, [name]: spelling } };
        const left = written.decide(asked)?.outcome ?? host.otherwise;
        const right = read.decide({ ...asked, headers: lowerValues(asked.headers) })?.outcome ?? host.otherwise;
        return { asked, ...describeChange(left, right) };
      });
      const moved = answers.find(({ before, after }) => before !== after);
      const witness = moved && toWitness(host, moved.asked, moved.before, moved.after);
      const severity = clash ? 'error' : 'warning';
      const region = { kind: 'header-case', name, value: value.value } as const;
      const extras = { severity, region, ...(witness === undefined ? {} : { witness }) } as const;
      report(latticeHostDiagnostics['header-value-case']({ name, value: value.value }, row.origin, extras));
    }
  }
}

/** The row as the controller compares it, for requests whose values are in lower case. */
function withoutCase(row: Row): Row {
  const headers = row.atom.headers.map(({ name, value }) => ({
    name,
    value: { ...value, value: value.value.toLowerCase() },
  }));
  return { ...row, atom: { ...row.atom, headers } };
}

function lowerValues(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.toLowerCase()]));
}

/** The headers that a rule of the host tests by letter case; a row may take its tests from any of them. */
function namesWithCase({ rules }: VirtualHost): ReadonlySet<string> {
  const tests = rules.flatMap(({ matches }) => matches.flatMap(({ headers }) => headers));
  return new Set(tests.filter(({ value }) => !ignoresCase(value)).map(({ name }) => name));
}

function ignoresCase(value: AttributeTest['value']): boolean {
  switch (value.kind) {
    case 'any':
    case 'none':
      return true;
    case 'exact':
    case 'prefix':
      return value.ignoreCase;
    case 'regex':
      return false;
    case 'not':
      return ignoresCase(value.of);
    case 'all':
      return value.of.every(ignoresCase);
    default:
      return assertNever(value);
  }
}

function otherCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}
