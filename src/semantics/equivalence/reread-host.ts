import type { Match, VirtualHost } from '../../ir/model.ts';
import { type PathPredicate, type PrefixReading, pathPrefix, type StringPredicate } from '../../ir/predicates.ts';

/** The same host with its string prefixes read by whole segments. */
export function readBySegment(host: VirtualHost): VirtualHost {
  return mapPaths(host, (path) =>
    path.kind === 'prefix' && path.reading === 'string' ? pathPrefix(path.value, 'segment', path.ignoreCase) : path,
  );
}

/** The same host with prefixes of Lattice, whose reading is not documented, read in one way. */
export function readLatticePrefixes(host: VirtualHost, reading: Exclude<PrefixReading, 'lattice'>): VirtualHost {
  return mapPaths(host, (path) =>
    path.kind === 'prefix' && path.reading === 'lattice' ? pathPrefix(path.value, reading, path.ignoreCase) : path,
  );
}

export function hasLatticePrefixes({ rules }: VirtualHost): boolean {
  return rules.some(({ matches }) => matches.some(({ path }) => path.kind === 'prefix' && path.reading === 'lattice'));
}

/** The same host with header values compared without letter case. */
export function ignoreHeaderCase(host: VirtualHost): VirtualHost {
  const ignore = (value: StringPredicate): StringPredicate =>
    value.kind === 'exact' || value.kind === 'prefix' ? { ...value, ignoreCase: true } : value;
  return mapMatches(host, (match) => ({
    ...match,
    headers: match.headers.map((test) => (test.value.kind === 'none' ? test : { ...test, value: ignore(test.value) })),
  }));
}

function mapPaths(host: VirtualHost, change: (path: PathPredicate) => PathPredicate): VirtualHost {
  return mapMatches(host, (match) => {
    const path = change(match.path);
    return path === match.path ? match : { ...match, path };
  });
}

function mapMatches(host: VirtualHost, change: (match: Match) => Match): VirtualHost {
  return { ...host, rules: host.rules.map((rule) => ({ ...rule, matches: rule.matches.map(change) })) };
}
