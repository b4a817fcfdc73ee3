import type { Rule } from '../../ir/model.ts';
import type { HostPair } from '../../semantics/equivalence/pair-hosts.ts';
import type { RoutingRequest } from '../../semantics/evaluate.ts';
import { ownValue } from '../../semantics/own-value.ts';
import type { ModelRequest } from '../../semantics/request-model.ts';
import type { Outcome } from '../../semantics/trace/outcome.ts';
import type { Answer, Trace } from '../../semantics/trace/trace.ts';
import type { UpstreamRequest } from '../../semantics/trace/upstream.ts';
import type { Expectation, ExpectedUpstream } from '../cases/read-cases.ts';
import { printResource } from '../render/diagnostics.ts';
import { nameOf, type ShownHost } from './shown-host.ts';
import { readShownRequest, type ShownRequest, toShownRequest } from './written-request.ts';

/** A case as its file has it. */
export interface WrittenCase {
  readonly name: string;
  readonly request: ShownRequest;
  readonly expect: Expectation;
  readonly upstream?: ExpectedUpstream;
}

/** What a file of cases is made of. */
export interface CasesToWrite {
  readonly cases: readonly WrittenCase[];
  /** Requests that cannot be sent as they are, or that several sets of proxies answer differently. */
  readonly left: number;
}

/**
 * The counterexamples of each host and one request for each rule of the old side that some request reaches, with what
 * the old side answers.
 */
export function collectCases(hosts: readonly ShownHost[], follow: (request: ModelRequest) => Trace): CasesToWrite {
  const collector = new CaseCollector(follow);
  for (const host of hosts) {
    for (const { pair, differences, reached } of host.pairs) {
      for (const { dimension, request, conditions = [] } of differences) {
        if (dimension === 'access' || conditions.length > 0) continue;
        collector.add(`${nameOf(host)} differs: ${dimension}`, { pair, request });
      }
      const rules = [...reached.left].sort(([one], [other]) => order(pair, one) - order(pair, other));
      for (const [rule, request] of pair.left === undefined ? [] : rules) {
        collector.add(`${nameOf(host)} ${placeOf(rule)}`, { pair, request, rule });
      }
    }
  }
  return collector;
}

function order({ left }: HostPair, rule: Rule): number {
  return left?.rules.findIndex(({ origin }) => origin === rule.origin) ?? 0;
}

interface Candidate {
  readonly pair: HostPair;
  /** Undefined where no request can be written down. */
  readonly request: RoutingRequest | undefined;
  /** The rule that must answer. */
  readonly rule?: Rule;
}

class CaseCollector implements CasesToWrite {
  readonly cases: WrittenCase[] = [];
  left = 0;
  readonly #follow: (request: ModelRequest) => Trace;
  readonly #names = new Map<string, number>();
  readonly #requests = new Set<string>();

  constructor(follow: (request: ModelRequest) => Trace) {
    this.#follow = follow;
  }

  add(name: string, { pair, request, rule }: Candidate): void {
    const shown = request && toShownRequest(pair, request);
    const read = shown === undefined || request === undefined ? undefined : readShownRequest(shown, request);
    const answer = read && onlyAnswer(this.#follow(read), rule);
    const expect = answer && toExpectation(answer.outcome);
    if (shown === undefined || read === undefined || answer === undefined || expect === undefined) {
      this.left += 1;
      return;
    }
    const key = JSON.stringify(shown);
    if (this.#requests.has(key)) return;
    this.#requests.add(key);
    const { method, url, headers, ...rest } = shown;
    const upstream = toExpectedUpstream(read, answer.upstream);
    this.cases.push({
      name: this.#distinct(name),
      request: { method, url, headers, ...rest },
      expect,
      ...(upstream === undefined ? {} : { upstream }),
    });
  }

  #distinct(name: string): string {
    const count = (this.#names.get(name) ?? 0) + 1;
    this.#names.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  }
}

function placeOf({ source: { kind, namespace, name }, origin }: Rule): string {
  const object = printResource({ apiVersion: '', kind, name, ...(namespace === undefined ? {} : { namespace }) });
  return [object, origin.field].filter((part) => part !== '').join(' ');
}

/** The answer of a side where there is one, by the rule that is meant. */
function onlyAnswer({ answers: [first, second] }: Trace, rule: Rule | undefined): Answer | undefined {
  if (second !== undefined) return undefined;
  if (rule === undefined) return first;
  return rule.matches.some(({ origin }) => origin === first.matched) ? first : undefined;
}

function toExpectation(outcome: Outcome): Expectation | undefined {
  if (outcome.kind === 'status') return { status: outcome.status };
  if (outcome.kind === 'redirect') return { redirect: { status: outcome.status, location: outcome.location } };
  const shares = new Map<string, number>();
  for (const { name, fraction } of outcome.backends) {
    shares.set(name, (shares.get(name) ?? 0) + fraction.part / fraction.whole);
  }
  const percents = [...shares].map(([name, share]) => [name, Math.round(share * 100 * 1e6) / 1e6] as const);
  return percents.every(([, percent]) => percent > 0) ? { backends: Object.fromEntries(percents) } : undefined;
}

/** What the backend sees otherwise than it was sent. */
function toExpectedUpstream(sent: ModelRequest, seen: UpstreamRequest | undefined): ExpectedUpstream | undefined {
  if (seen === undefined) return undefined;
  const changedHeaders = new Map<string, string | null>();
  for (const name of new Set([...Object.keys(sent.headers), ...Object.keys(seen.headers)])) {
    const now = ownValue(seen.headers, name);
    if (ownValue(sent.headers, name) !== now) changedHeaders.set(name, now ?? null);
  }
  const headers = Object.fromEntries(changedHeaders);
  const changed = {
    ...(seen.host === sent.authority ? {} : { host: seen.host }),
    ...(seen.path === sent.path + sent.search ? {} : { path: seen.path }),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
  };
  return Object.keys(changed).length === 0 ? undefined : changed;
}
