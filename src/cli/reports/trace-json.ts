import type { Outcome } from '../../semantics/trace/outcome.ts';
import { type Answer, outcomeKey, type Trace } from '../../semantics/trace/trace.ts';
import { printExpectation } from '../cases/judge-case.ts';
import type { CaseResult } from '../cases/run-cases.ts';
import { placeToJson } from './json.ts';

type Plain = Readonly<Record<string, unknown>>;

/** `result` of a traced request: the first answer, what further sets of proxies answer, and the other side. */
export function tracesToJson([own, other]: readonly Trace[]): Plain {
  if (own === undefined) return {};
  const against = other === undefined ? {} : { against: { ...answersToJson(other), agrees: agree(own, other) } };
  return { request: requestToJson(own), ...answersToJson(own), ...against };
}

/** `result` of a file of cases. */
export function casesToJson(results: readonly CaseResult[]): Plain {
  return {
    cases: results.map(({ case: one, traces, mismatches }) => ({
      name: one.name,
      passed: mismatches.length === 0,
      span: one.origin.span(),
      expected: printExpectation(one.expect),
      mismatches,
      ...tracesToJson(traces),
    })),
  };
}

/** Whether two sides answer a request alike, whatever the rules are that decide it. */
export function agree(left: Trace, right: Trace): boolean {
  const keys = ({ answers }: Trace) => answers.map(({ outcome, upstream }) => outcomeKey(outcome, upstream)).sort();
  return JSON.stringify(keys(left)) === JSON.stringify(keys(right));
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
    backends: outcome.backends.map(({ fraction: { part, whole }, ...backend }) => ({
      ...backend,
      fraction: `${part}/${whole}`,
    })),
  };
}
