import { printHost } from '../../emitters/emitter.ts';
import type { Action, Redirect } from '../../ir/actions.ts';
import type { Match, RoutingModel, Rule, VirtualHost } from '../../ir/model.ts';
import { describeAction, describeRewrite, nameBackend } from '../../semantics/describe-action.ts';
import { describeMatch } from '../../semantics/describe-match.ts';
import { statusInstead } from '../../semantics/trace/outcome.ts';

/** Host → rule → where its requests go. Ids are numbered in the order of the source, so equal input draws alike. */
export interface Graph {
  readonly hosts: readonly GraphHost[];
  /** Shared by the rules that lead there, in the order in which they are first met. */
  readonly targets: readonly GraphTarget[];
}

export interface GraphHost {
  readonly id: string;
  readonly label: string;
  readonly rules: readonly GraphRule[];
}

export interface GraphRule {
  readonly id: string;
  /** One line for each alternative. */
  readonly lines: readonly string[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphEdge {
  readonly target: string;
  /** The share of requests; absent where all of them go there. */
  readonly label?: string;
  readonly kind: 'share' | 'mirror';
}

export interface GraphTarget {
  readonly id: string;
  readonly label: string;
  readonly kind: 'backend' | 'redirect' | 'answer';
}

/** Draws a routing model; what is carried along and routes nothing is left out. */
export function buildGraph({ virtualHosts }: Pick<RoutingModel, 'virtualHosts'>): Graph {
  const targets = new Map<string, GraphTarget>();
  const meet = (kind: GraphTarget['kind'], label: string): string => {
    const key = `${kind} ${label}`;
    const known = targets.get(key);
    if (known !== undefined) return known.id;
    const target = { id: `t${targets.size + 1}`, label, kind };
    targets.set(key, target);
    return target.id;
  };
  const hosts = virtualHosts.map((host, index) => drawHost(host, `h${index + 1}`, meet));
  return { hosts, targets: [...targets.values()] };
}

type Meet = (kind: GraphTarget['kind'], label: string) => string;

function drawHost(host: VirtualHost, id: string, meet: Meet): GraphHost {
  const rules = host.rules.map((rule, index) => drawRule(rule, `${id}r${index + 1}`, meet));
  const label = `${printHost(host.host)}\n${printScope(host)}`;
  if (host.rules.some(({ matches, listeners }) => listeners === undefined && matches.some(takesAll)))
    return { id, label, rules };
  const rest = { id: `${id}r0`, lines: ['no rule'], edges: drawEdges(host.otherwise, meet) };
  return { id, label, rules: [...rules, rest] };
}

function printScope({ scope }: VirtualHost): string {
  if (scope.kind === 'gateway') return `${scope.workload}, ${scope.protocol} ${scope.port}`;
  const from = scope.clients.kind === 'all' ? 'mesh' : `mesh, from ${scope.clients.namespace}`;
  return scope.port === undefined ? from : `${from}, port ${scope.port}`;
}

function takesAll({ path, method, headers, query, authority, opaque }: Match): boolean {
  const isFree = [path, method, authority].every(({ kind }) => kind === 'any');
  return isFree && headers.length + query.length + opaque.length === 0;
}

function drawRule({ matches, action }: Rule, id: string, meet: Meet): GraphRule {
  return { id, lines: matches.map(describeMatch), edges: drawEdges(action, meet) };
}

function drawEdges(action: Action, meet: Meet): readonly GraphEdge[] {
  if (action.kind === 'redirect') return [{ target: meet('redirect', describeRedirect(action)), kind: 'share' }];
  if (action.kind === 'respond') return [{ target: meet('answer', describeAction(action)), kind: 'share' }];
  const status = statusInstead(action);
  if (status !== undefined) return [{ target: meet('answer', `status ${status}`), kind: 'share' }];
  const total = action.shares.reduce((sum, { weight }) => sum + weight, 0);
  const shares = action.shares.map((share): GraphEdge => {
    const target =
      share.kind === 'backend' ? meet('backend', nameBackend(share.backend)) : meet('answer', `status ${share.status}`);
    return { target, kind: 'share', ...(action.shares.length === 1 ? {} : { label: printShare(share.weight, total) }) };
  });
  const mirrors = action.mirrors.map(
    ({ backend, fraction }): GraphEdge => ({
      target: meet('backend', nameBackend(backend)),
      kind: 'mirror',
      label: fraction === 1_000_000 ? 'mirror' : `mirror ${fraction / 10_000} %`,
    }),
  );
  const { abort } = action.fault ?? {};
  if (abort === undefined || abort.fraction === 0) return [...shares, ...mirrors];
  const answer = meet('answer', abort.grpc ? `gRPC status ${abort.status}` : `status ${abort.status}`);
  return [...shares, { target: answer, kind: 'share', label: `abort ${abort.fraction / 10_000} %` }, ...mirrors];
}

function describeRedirect(redirect: Redirect): string {
  const { scheme, path } = redirect;
  const parts = [scheme === undefined ? '' : `, scheme ${scheme}`, path && `, path ${describeRewrite(path)}`];
  return `${describeAction(redirect)}${parts.join('')}`;
}

/** A share in percent, or as a fraction where no two decimals say it. */
function printShare(part: number, whole: number): string {
  const hundredths = (part * 10_000) / whole;
  return Number.isInteger(hundredths) ? `${hundredths / 100} %` : `${part}/${whole}`;
}
