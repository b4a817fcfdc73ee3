import type { ConvertedList, Finding } from './convert.ts';
import { evaluateGatewayApi } from './gateway-api-precedence.ts';
import type { RuleList } from './generate.ts';
import { evaluateIstio, listEntries } from './istio-first-match.ts';
import { evaluateLattice } from './lattice-document-order.ts';
import { type Profile, type Request, virtualService } from './manifests.ts';
import { type Outcome, printOutcome } from './outcome.ts';
import { literalsOf } from './requests.ts';

/** A request that meets something else after the conversion, without a finding that says so. */
export interface Difference {
  readonly request: Request;
  readonly before: string;
  readonly after: string;
}

/** A request that moves, and what the list says of others. */
interface Move extends Difference {
  readonly named: ReadonlySet<string>;
  readonly answerAt: (path: string) => string;
}

/** Whether a finding of 5.2 announces that this request may move. */
const announces = ({ code, message }: Finding, { request, before, after, named, answerAt }: Move): boolean => {
  const [, ...words] =
    /^(?:prefix (\S+) also takes|the prefix \S+ of the target also takes (\S+),|header (\S+): (.+) is compared)/.exec(
      message,
    ) ?? [];
  const [open, slash, header, value] = words;
  switch (code) {
    case 'istio/prefix-by-segment': {
      if (open === undefined || !request.path.startsWith(open)) return false;
      // A path that a rule names would have made it an error.
      return /^[^/]/.test(request.path.slice(open.length)) && !named.has(request.path);
    }
    case 'istio/prefix-slash-itself':
      // The prefix takes its own bare path along, and nothing else does.
      return (
        request.path === slash &&
        before === 'status 404' &&
        [`${slash}/`, `${slash}/~`].some((below) => answerAt(below) === after)
      );
    case 'lattice/header-value-case': {
      const sent = header === undefined ? undefined : request.headers[header.toLowerCase()];
      return sent !== undefined && sent !== value && sent.toLowerCase() === value?.toLowerCase();
    }
    default:
      return false;
  }
};

export const answersOf = (converted: ConvertedList, profile: Profile, request: Request): readonly Outcome[] =>
  profile === 'standard'
    ? [evaluateGatewayApi(converted.routes, request)]
    : (['string', 'segment'] as const).map((reading) => evaluateLattice(converted.routes, request, reading));

/**
 * The first request that the output answers otherwise than the list, outside of what the findings announce; `answers`
 * gives one for each reading of a prefix that has to hold.
 */
export const findDifference = (
  list: RuleList,
  converted: Pick<ConvertedList, 'host' | 'findings'>,
  answers: (request: Request) => readonly Outcome[],
  requests: readonly Request[],
): Difference | undefined => {
  const source = { ...virtualService(list), spec: { hosts: [converted.host], http: list } };
  const named = new Set(
    listEntries(source).flatMap(({ condition }) => (condition?.uri === undefined ? [] : literalsOf(condition.uri))),
  );
  for (const request of requests) {
    const before = printOutcome(evaluateIstio([source], request));
    for (const answer of answers(request)) {
      const after = printOutcome(answer);
      if (after === before) continue;
      const answerAt = (path: string) => printOutcome(evaluateIstio([source], { ...request, path }));
      const move: Move = { request, before, after, named, answerAt };
      if (converted.findings.some((finding) => announces(finding, move))) continue;
      return { request, before, after };
    }
  }
  return undefined;
};
