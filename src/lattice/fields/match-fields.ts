import type { HttpMatch } from '../../emitters/lattice/resources.ts';
import type { Field } from '../fields.ts';
import type { Loose } from '../loose.ts';

/** What a rule asks of a request. The order of its headers means nothing, and neither does the case of their names. */
export function matchFields({ method, pathMatch, headerMatches = [] }: Loose<HttpMatch>): readonly Field[] {
  const headers = headerMatches.map(({ name, match, caseSensitive }) => ({
    name: name.toLowerCase(),
    test: describeTest(match, caseSensitive),
  }));
  const sorted = headers.sort((a, b) => (`${a.name} ${a.test}` < `${b.name} ${b.test}` ? -1 : 1));
  return [
    ...(method === undefined || method === '' ? [] : [{ path: 'match.method', value: method }]),
    ...(pathMatch === undefined
      ? []
      : [{ path: 'match.path', value: describeTest(pathMatch.match, pathMatch.caseSensitive) }]),
    ...sorted.map(({ name, test }, index): Field => {
      // A header may be tested twice.
      const before = sorted.slice(0, index).filter((other) => other.name === name).length;
      return { path: `match.headers[${name}]${before === 0 ? '' : `[${before}]`}`, value: test };
    }),
  ];
}

/** `prefix /cart`, and in front of a text whose case does not matter `any case`. */
function describeTest(match: Readonly<Record<string, string | undefined>>, caseSensitive: boolean | undefined): string {
  const [[kind, value] = ['', '']] = Object.entries(match).filter(([, text]) => text !== undefined);
  return `${caseSensitive === true ? '' : 'any case '}${kind} ${value ?? ''}`;
}
