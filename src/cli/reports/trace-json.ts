import type { Outcome } from '../../semantics/trace/outcome.ts';
import type { Answer, Trace } from '../../semantics/trace/trace.ts';
import { printExpectation } from '../cases/judge-case.ts';
import type { CaseResult, TracedSides } from '../cases/run-cases.ts';
import { placeToJson } from './json.ts';

type Plain = Readonly<Record<string, unknown>>;

/** `result` of a traced request: the first answer, what further sets of proxies answer, and the other side. */
export function tracesToJson({ traces: [own, other], agrees }: TracedSides): Plain {
  if (own === undefined) return {};
  const against = other === undefined ? {} : { against: { ...answersToJson(other), agrees } };
  return { request: requestToJson(own), ...answersToJson(own), ...against };
}

/** `result` of a file of cases. */
export function casesToJson(results: readonly CaseResult[]): Plain {
  return {
    cases: results.map(({ case: one, sides, mismatches }) => ({
      name: one.name,
      passed: mismatches.length === 0,
      span: one.origin.span(),
      expected: printExpectation(one.expect),
      mismatches,
      ...tracesToJson(sides),
    })),
  };
}

function requestToJson({ request }: Trace): Plain {
  const { method, url, host, port, path, query, headers, fromNamespace } = request;
  return { method, url, host, port, path, query, headers, ...(fromNamespace === undefined ? {} : { fromNamespace }) };
}

function answersToJson({ answers: [first, ...others] }: Trace): Plain {
  return { ...answerToJson(first), ...(others.length === 0 ? {} : { others: others.map(answerToJson) }) };
}

function answerToJson({ where, profile, matched, outcome, upstream, skipped, extras, conditions }: Answer): Plain {
  return {
    where,
    semantics: profile ?? null,
    matched: matched === undefined ? null : { origin: placeToJson(matched) },
    outcome: outcomeToJson(outcome),
    ...(outcome.kind === 'status' && outcome.noAnswer === true ? { noAnswer: true } : {}),
    ...(upstream === undefined ? {} : { upstream }),
    skipped: skipped.map(({ origin, failed }) => ({ origin: placeToJson(origin), failed })),
    extras,
    conditions: conditions.map((one) => ({ ...one, outcome: outcomeToJson(one.outcome) })),
  };
}

export function outcomeToJson(outcome: Outcome): Plain {
  if (outcome.kind === 'status') return { status: outcome.status };
  if (outcome.kind === 'redirect') return { redirect: { status: outcome.status, location: outcome.location } };
  return {
    backends: outcome.backends.map(({ name, fraction: { part, whole }, headers }) => ({
      name,
      fraction: `${part}/${whole}`,
      ...(headers === undefined ? {} : { headers }),
    })),
  };
}
