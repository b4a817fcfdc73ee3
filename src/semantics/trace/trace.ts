import type { Origin } from '../../diagnostics/origin.ts';
import { assertNever } from '../../ir/assert-never.ts';
import type { ClusterFacts } from '../../ir/facts.ts';
import type { RoutingModel, VirtualHost } from '../../ir/model.ts';
import { compile, type Entry } from '../decision-list.ts';
import { isolateListeners } from '../isolate-listeners.ts';
import type { ProfileName } from '../profile-names.ts';
import { profileOf } from '../profiles.ts';
import type { ModelRequest } from '../request-model.ts';
import { isGeneratedOnly } from './gateway-call.ts';
import { answeringAction, meet, NOT_FOUND, writtenAction } from './meet.ts';
import { findMismatch } from './mismatch.ts';
import { findAlternatives } from './open-points.ts';
import { describeExtras, type Outcome } from './outcome.ts';
import { outcomeKey } from './outcome-key.ts';
import { selectHosts } from './select-hosts.ts';
import type { UpstreamRequest } from './upstream.ts';

export interface TraceOptions {
  /** DNS domain of the cluster; absent = `cluster.local`. */
  readonly clusterDomain?: string;
  /** Only hosts that are read so may answer. */
  readonly semantics?: ProfileName;
  /** What every input that is looked at says of the cluster; absent = what the model says. */
  readonly facts?: readonly ClusterFacts[];
}

/** What one request meets, and why. */
export interface Trace {
  readonly request: ModelRequest;
  /** One for each set of proxies that answers differently; never empty. */
  readonly answers: readonly [Answer, ...Answer[]];
}

/** What a request meets at one set of proxies. */
export interface Answer {
  /** Who answers, in words. */
  readonly where: string;
  /** The virtual host that answers; absent where none does. */
  readonly hostId?: string;
  /** Absent where nothing serves the host. */
  readonly profile?: ProfileName;
  /** Where the rule that takes the request is written; absent where none does. */
  readonly matched?: Origin;
  readonly outcome: Outcome;
  /** Absent where no backend sees the request. */
  readonly upstream?: UpstreamRequest;
  /** The earlier rules, in the order in which they are tried, with the condition that failed. */
  readonly skipped: readonly { readonly origin: Origin; readonly failed: string }[];
  /** What happens beside the outcome, a line each. */
  readonly extras: readonly string[];
  /** What the answer depends on, where a specification leaves it open. */
  readonly conditions: readonly Condition[];
}

/** The answer holds where `holds`; `otherwise` the request meets another outcome. */
export interface Condition {
  readonly holds: string;
  readonly otherwise: string;
  readonly outcome: Outcome;
}

/**
 * Follows a request through the routing model. The regex engine must be loaded where the model has patterns
 * (`tracesWithRegex`).
 */
export function trace(model: RoutingModel, request: ModelRequest, options: TraceOptions = {}): Trace {
  const { clusterDomain = 'cluster.local', facts = [model.facts], ...others } = options;
  const selection = selectHosts(model, request, { clusterDomain, ...others });
  const unmatched = { skipped: [], extras: [], conditions: [] };
  switch (selection.kind) {
    case 'none': {
      const { why: where, noAnswer } = selection;
      const outcome = { kind: 'status', status: 404, ...(noAnswer === undefined ? {} : { noAnswer }) } as const;
      return { request, answers: [{ ...unmatched, where, outcome }] };
    }
    case 'pass-through': {
      const { method, authority, path, search, headers } = request;
      const backends = [{ name: selection.backend, fraction: { part: 1, whole: 1 } }];
      const upstream = { method, host: authority, path: path + search, headers };
      return {
        request,
        answers: [{ ...unmatched, where: selection.why, outcome: { kind: 'backends', backends }, upstream }],
      };
    }
    case 'hosts': {
      const hosts = selection.hosts.map((host) => isolateListeners(host, request, model));
      const [first, ...more] = distinct(hosts.map((host) => answerOn(host, request, { model, facts })));
      if (first === undefined) throw new Error('a selection of hosts is never empty');
      return { request, answers: [first, ...more] };
    }
    default:
      return assertNever(selection);
  }
}

interface Surroundings {
  readonly model: RoutingModel;
  readonly facts: readonly ClusterFacts[];
}

function answerOn(host: VirtualHost, request: ModelRequest, { model, facts }: Surroundings): Answer {
  const skipped: { readonly origin: Origin; readonly failed: string }[] = [];
  let taken: Entry | undefined;
  for (const entry of compile(host)) {
    const failed = findMismatch(entry.match, request);
    if (failed === undefined) {
      taken = entry;
      break;
    }
    skipped.push({ origin: entry.match.origin, failed });
  }
  const action = answeringAction(host, taken, facts);
  const { outcome, upstream } = meet(host, action, request);
  const own = outcomeKey(outcome, upstream);
  const conditions = new Map<string, Condition>();
  for (const { holds, otherwise, host: other, entry } of findAlternatives(host, taken, request, model)) {
    const met = other === undefined ? NOT_FOUND : meet(other, answeringAction(other, entry, facts), request);
    const key = outcomeKey(met.outcome, met.upstream);
    if (key !== own) conditions.set(`${holds}\n${key}`, { holds, otherwise, outcome: met.outcome });
  }
  const written = writtenAction(host, taken);
  if (action !== written) {
    const holds = 'the input has all Services of the namespaces that it describes';
    conditions.set(holds, { holds, otherwise: 'where it does not', outcome: meet(host, written, request).outcome });
  }
  return {
    where: describePlace(host),
    hostId: host.id,
    profile: profileOf(host),
    ...(taken === undefined ? {} : { matched: taken.match.origin }),
    outcome,
    ...(upstream === undefined ? {} : { upstream }),
    skipped,
    extras: describeExtras(action),
    conditions: [...conditions.values()],
  };
}

/** Sets of proxies that answer alike are one answer. */
function distinct(answers: readonly Answer[]): readonly Answer[] {
  const byKey = new Map<string, Answer>();
  for (const answer of answers) {
    const key = outcomeKey(answer.outcome, answer.upstream);
    const before = byKey.get(key);
    byKey.set(key, before === undefined ? answer : { ...before, where: `${before.where}; ${answer.where}` });
  }
  return [...byKey.values()];
}

function describePlace(host: VirtualHost): string {
  const generated = isGeneratedOnly(host) ? ', by its generated name' : '';
  return `${host.scope.kind === 'gateway' ? 'gateway ' : ''}${host.id}${generated}`;
}
