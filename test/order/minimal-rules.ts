import { takesSegments } from './gateway-api-precedence.ts';
import type { RuleList } from './generate.ts';
import { ruleOutcome } from './istio-first-match.ts';
import type { PrefixReading } from './lattice-document-order.ts';
import { hostOf, type IstioMatch, type Request, type StringMatch } from './manifests.ts';
import { printOutcome } from './outcome.ts';
import { listWords, type Word } from './pattern-language.ts';
import { randomFrom, requestsFor } from './requests.ts';

/** A rule of VPC Lattice as the AWS controller writes it, with what it answers. */
interface LatticeRule {
  readonly path: Word;
  readonly method: string | undefined;
  readonly headers: ReadonlyMap<string, string>;
  readonly outcome: string;
}

const wordsOf = (condition: StringMatch): readonly Word[] => {
  if (condition.exact !== undefined) return [{ text: condition.exact, open: false }];
  if (condition.prefix !== undefined) return [{ text: condition.prefix, open: true }];
  return listWords(condition.regex ?? '') ?? [];
};

/** Words that no shorter open word holds already. */
const withoutRepeats = (words: readonly Word[]): readonly Word[] =>
  words.filter(
    (word, index) =>
      !words.some(
        (other, at) =>
          at !== index &&
          (other.open
            ? word.text.startsWith(other.text) && (word.text !== other.text || !word.open || at < index)
            : at < index && !word.open && other.text === word.text),
      ),
  );

const headerRows = (match: IstioMatch): readonly ReadonlyMap<string, string>[] =>
  Object.entries(match.headers ?? {}).reduce<readonly ReadonlyMap<string, string>[]>(
    (rows, [name, condition]) =>
      rows.flatMap((row) => wordsOf(condition).map(({ text }) => new Map([...row, [name.toLowerCase(), text]]))),
    [new Map()],
  );

const common = (a: Omit<LatticeRule, 'outcome'>, b: LatticeRule): LatticeRule | undefined => {
  const [long, short] = a.path.text.length >= b.path.text.length ? [a.path, b.path] : [b.path, a.path];
  const nested = short.open ? long.text.startsWith(short.text) : long.text === short.text && !long.open;
  const path = long.text === short.text ? { text: long.text, open: a.path.open && b.path.open } : long;
  const sameText = long.text === short.text;
  if (!nested && !sameText) return undefined;
  if (a.method !== undefined && b.method !== undefined && a.method !== b.method) return undefined;
  for (const [name, value] of a.headers) if ((b.headers.get(name) ?? value) !== value) return undefined;
  return { path, method: a.method ?? b.method, headers: new Map([...a.headers, ...b.headers]), outcome: b.outcome };
};

/** Whether a target that reads prefixes by segment takes a path along that no word of the match holds. */
const takesMore = ({ text, open }: Word, paths: readonly Word[]): boolean => {
  const bare = text.replace(/\/$/, '');
  return (
    open &&
    bare !== '' &&
    bare !== text &&
    !paths.some((path) => path.text === bare || (path.open && bare.startsWith(path.text)))
  );
};

/** The list as positive rules, from the last one up: a part that a match leaves out gets what the rest says about it. */
const toRules = (list: RuleList): readonly LatticeRule[] => {
  let rules: readonly LatticeRule[] = [];
  for (const rule of [...list].reverse()) {
    const outcome = printOutcome(ruleOutcome(rule, 'shop'));
    for (const match of [...(rule.match ?? [{}])].reverse()) {
      const paths: readonly Word[] =
        match.uri === undefined ? [{ text: '/', open: true }] : withoutRepeats(wordsOf(match.uri));
      const methods = match.method === undefined ? [undefined] : wordsOf(match.method).map(({ text }) => text);
      const own = paths.flatMap((path) =>
        methods.flatMap((method) => headerRows(match).map((headers) => ({ path, method, headers }))),
      );
      const holes = own.flatMap((one) => [
        ...(takesMore(one.path, paths) ? [{ ...one, path: { text: one.path.text.slice(0, -1), open: false } }] : []),
        ...Object.entries(match.withoutHeaders ?? {}).flatMap(([name, condition]) =>
          wordsOf(condition).map(({ text }) => ({
            ...one,
            headers: new Map([...one.headers, [name.toLowerCase(), text]]),
          })),
        ),
      ]);
      const carved = holes.flatMap((hole) => rules.flatMap((below) => common(hole, below) ?? []));
      rules = [...carved, ...own.map((one) => ({ ...one, outcome })), ...rules];
    }
  }
  return rules;
};

const holds = ({ path, method, headers }: LatticeRule, request: Request, reading: PrefixReading): boolean => {
  const takesPrefix =
    reading === 'string' ? request.path.startsWith(path.text) : takesSegments(path.text, request.path);
  return (
    (path.open ? takesPrefix : request.path === path.text) &&
    (method === undefined || method === request.method) &&
    [...headers].every(([name, value]) => request.headers[name] === value)
  );
};

/** Requests that meet each rule, and each two rules at once, and nothing else that a rule could ask for. */
const requestsBetween = (rules: readonly LatticeRule[]): readonly Request[] => {
  const regions = rules.flatMap((rule, index) => [
    rule,
    ...rules.slice(index + 1).flatMap((other) => common(rule, other) ?? []),
  ]);
  const requests = regions.flatMap(({ path, method, headers }) => {
    const bare = path.text.replace(/\/$/, '');
    const paths = path.open ? [path.text, bare === '' ? '/' : bare, `${bare}/zz`, `${path.text}zz`] : [path.text];
    return paths.map(
      (one): Request => ({
        method: method ?? 'PROPFIND',
        host: hostOf(0),
        path: one,
        query: '',
        headers: Object.fromEntries(headers),
      }),
    );
  });
  return [...new Map(requests.map((request) => [JSON.stringify(request), request])).values()];
};

/**
 * How many rules a host needs on Lattice: the list as positive rules, then without each rule whose loss no request shows
 * under either reading of a prefix.
 */
export const minimalLatticeRules = (list: RuleList): number => {
  const rules = toRules(list);
  const requests = [...requestsFor(list, hostOf(0), 1_000, randomFrom(1)), ...requestsBetween(rules)];
  const kept = rules.map(() => true);
  /** For each request the rules that it meets, in order. */
  const met = requests.flatMap((request) =>
    (['string', 'segment'] as const).map((reading) =>
      [...rules.keys()].filter((index) => {
        const rule = rules[index];
        return rule !== undefined && holds(rule, request, reading);
      }),
    ),
  );
  const outcomeOf = (index: number | undefined): string | undefined =>
    index === undefined ? undefined : rules[index]?.outcome;
  for (let at = rules.length - 1; at >= 0; at -= 1) {
    const isNeedless = met.every((indexes) => {
      const [first, second] = indexes.filter((index) => kept[index]);
      return first !== at || outcomeOf(second) === outcomeOf(at);
    });
    if (isNeedless) kept[at] = false;
  }
  return kept.filter(Boolean).length;
};
