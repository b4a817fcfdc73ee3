import type { Match, Rule, VirtualHost } from '../../ir/model.ts';
import {
  ANY,
  type AttributeTest,
  exactly,
  exactPath,
  pathPrefix,
  type StringPredicate,
  startingWith,
} from '../../ir/predicates.ts';
import { quoteRe2 } from '../../semantics/languages/quote-re2.ts';
import { type LiteralTest, readLiteral } from '../../semantics/literal-value.ts';
import type { LegalHost, LegalMatch, LegalRule } from '../legal-host.ts';
import { answerByDefault } from './legalize.ts';

/** A legal host as VPC Lattice will act on it: what the check of the output compares with the source. */
export function toVirtualHost({ host, rules }: LegalHost): VirtualHost {
  return {
    ...host,
    order: { kind: 'first-match' },
    rules: rules.map(toRule),
    otherwise: answerByDefault(host),
  };
}

function toRule({ source, hostIndex, matches, places, action, rule, origin }: LegalRule, index: number): Rule {
  const written = matches.map((match, at) => toMatch(match, places[at] ?? rule.origin));
  return { source, hostIndex, index, matches: written, action, origin };
}

function toMatch({ path, method, headers }: LegalMatch, origin: Rule['origin']): Match {
  const ignoreCase = path.ignoreCase === true;
  return {
    path: path.kind === 'exact' ? exactPath(path.value, ignoreCase) : pathPrefix(path.value, 'lattice', ignoreCase),
    method: method === undefined ? ANY : exactly(method),
    headers: headers.map(toTest),
    query: [],
    authority: ANY,
    opaque: [],
    origin,
  };
}

function toTest({ name, kind, value }: LegalMatch['headers'][number]): AttributeTest {
  const literal = readLiteral({ kind, value });
  if (literal === undefined) throw new Error(`the value ${value} of header ${name} is no literal test`);
  return { name, absent: false, value: toPredicate(literal) };
}

function toPredicate({ kind, value, ignoreCase }: LiteralTest): StringPredicate {
  if (kind === 'exact') return exactly(value, ignoreCase);
  if (kind === 'prefix') return startingWith(value, ignoreCase);
  return { kind: 'regex', pattern: `${ignoreCase ? '(?i)' : ''}.*${quoteRe2(value)}.*` };
}
