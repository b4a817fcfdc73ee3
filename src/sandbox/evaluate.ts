import { matches, type Reading } from './matches.ts';
import type { RuleAction } from './model/values.ts';
import { rulesOf } from './operations/rules.ts';
import { associatedServiceOf } from './operations/services.ts';
import { targetsOf } from './operations/targets.ts';
import { groupsOf } from './state/group-use.ts';
import type { LatticeService, Listener, Rule, ServiceNetwork } from './state/records.ts';
import { serviceOf } from './state/settle.ts';
import { groupBy, type State } from './state/state.ts';

/** A request from a VPC of a service network. */
export interface ClientRequest {
  /** Name, id or ARN of the service network. */
  readonly network: string;
  /** As in the Host header, perhaps with a port. */
  readonly host: string;
  readonly method: string;
  /** Path and perhaps query, which takes no part. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How a path prefix is read, which is not documented. */
  readonly prefix: Reading;
}

interface Target {
  readonly targetGroup: string;
  readonly targetGroupArn: string;
  readonly weight: number;
  readonly targets: readonly { readonly id: string; readonly port?: number }[];
}

/** Names of what answered, null where there is none, and the answer: weighted target groups, or a status. */
export interface Answer {
  readonly service: string | null;
  readonly listener: string | null;
  readonly rule: string | null;
  readonly targets?: readonly Target[];
  readonly status?: number;
}

/**
 * What a service network does with a request: the service by its custom or generated domain, the listener by the port,
 * the first rule by priority that matches, else the default action. Undefined where the network does not exist.
 */
export function evaluate(state: State, request: ClientRequest): Answer | undefined {
  const network = [...state.ServiceNetwork.values()].find(({ id, arn, name }) =>
    [id, arn, name].includes(request.network),
  );
  if (network === undefined) return undefined;
  const { name: host, port } = splitHost(request.host);
  const service = findService(state, network, host);
  if (service === undefined) return { service: null, listener: null, rule: null, status: 404 };
  const listener = findListener(groupBy(state.Listener, serviceOf).get(service.id) ?? [], port);
  const found = { service: service.name, listener: listener?.name ?? null };
  if (listener === undefined) return { ...found, rule: null, status: 404 };
  // Without a policy, a resource that asks for one denies everyone. What a policy says is not evaluated.
  const deniesAll = [network, service].some(({ id, authType }) => authType === 'AWS_IAM' && !state.AuthPolicy.has(id));
  if (deniesAll) return { ...found, rule: null, status: 403 };
  const rule = findRule(rulesOf(state, listener.id), request);
  return { ...found, rule: rule?.name ?? 'default', ...answerOf(state, rule?.action ?? listener.defaultAction) };
}

function findService(state: State, { id }: ServiceNetwork, host: string): LatticeService | undefined {
  return [...groupBy(state.ServiceAssociation, associatedServiceOf)]
    .filter(([, rows]) => rows.some((row) => row.serviceNetworkId === id && isServing(row.status)))
    .flatMap(([serviceId]) => state.Service.get(serviceId) ?? [])
    .find(({ customDomainName, dnsEntry }) => [customDomainName?.toLowerCase(), dnsEntry.domainName].includes(host));
}

/** What is being changed or could not be taken off still serves. */
function isServing(status: string): boolean {
  return status === 'ACTIVE' || status.startsWith('UPDATE_') || status === 'DELETE_FAILED';
}

/** Without a port the request is plain HTTP on 80 where there is such a listener, else TLS on 443. */
function findListener(listeners: readonly Listener[], port: number | undefined): Listener | undefined {
  if (port !== undefined) return listeners.find((listener) => listener.port === port);
  return (
    listeners.find((listener) => listener.port === 80 && listener.protocol === 'HTTP') ??
    listeners.find((listener) => listener.port === 443 && listener.protocol !== 'HTTP')
  );
}

function findRule(rules: readonly Rule[], request: ClientRequest): Rule | undefined {
  return [...rules]
    .sort((one, other) => one.priority - other.priority)
    .find(({ match }) => matches(match, request, request.prefix));
}

function answerOf(state: State, action: RuleAction): Pick<Answer, 'targets' | 'status'> {
  if (action.forward === undefined) return { status: action.fixedResponse?.statusCode ?? 404 };
  const total = action.forward.targetGroups.reduce((sum, { weight = 100 }) => sum + weight, 0);
  // What happens when every weight is 0 is not documented; no target can be chosen.
  if (total === 0) return { status: 500 };
  const weights = new Map(
    action.forward.targetGroups.map(({ targetGroupIdentifier, weight = 100 }) => [targetGroupIdentifier, weight]),
  );
  return {
    targets: groupsOf(action).map((id) => {
      const group = state.TargetGroup.get(id);
      const targets = targetsOf(state, id).map((target) =>
        target.port === undefined ? { id: target.id } : { id: target.id, port: target.port },
      );
      return {
        targetGroup: group?.name ?? id,
        targetGroupArn: group?.arn ?? id,
        weight: weights.get(id) ?? 0,
        targets,
      };
    }),
  };
}

function splitHost(host: string): { readonly name: string; readonly port?: number } {
  const match = /^(.*?)(?::(\d{1,5}))?$/.exec(host.toLowerCase());
  const name = (match?.[1] ?? '').replace(/\.$/, '');
  return match?.[2] === undefined ? { name } : { name, port: Number(match[2]) };
}
