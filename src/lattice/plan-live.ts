import { LiveError } from './live-error.ts';
import type { LiveState } from './live-state.ts';
import { checksumOf, type Digest, type PlanPlace } from './plan/checksum.ts';
import { makePlan, type PlanOptions } from './plan/make-plan.ts';
import type { Change, Plan } from './plan/plan-types.ts';
import type { LatticePort } from './port.ts';
import { type ReadOptions, readLive } from './read-live.ts';
import { nameCall, Recall } from './recall.ts';
import { parentOf, type WantedState } from './wanted-state.ts';

export interface LivePlan {
  readonly plan: Plan;
  readonly live: LiveState;
  readonly place: PlanPlace;
  readonly checksum: string;
}

/** How often what a plan rests on is read again until two readings agree. */
const READINGS = 5;

/**
 * Plans against the account. What a plan would change is read once more, since an answer may come from before a change that
 * was made already; a plan stands when two readings give the same. Where nothing is to change, nothing is asked twice.
 */
export async function planLive(
  wanted: WantedState,
  port: LatticePort,
  options: PlanOptions & { readonly read: ReadOptions; readonly digest: Digest; readonly region?: string },
): Promise<LivePlan> {
  const recall = new Recall(port);
  let last: LivePlan | undefined;
  for (let reading = 1; ; reading++) {
    const live = await readLive(recall, options.read);
    const plan = makePlan(wanted, live, options);
    const account = live.account ?? wanted.account;
    const { digest, region } = options;
    const place = { ...(account === undefined ? {} : { account }), ...(region === undefined ? {} : { region }) };
    const next = { plan, live, place, checksum: checksumOf(plan, digest, place) };
    const doubts = callsBehind(next, wanted);
    if (doubts.size === 0 || next.checksum === last?.checksum) return next;
    if (reading === READINGS)
      throw new LiveError('what VPC Lattice answers changes with every reading', { kind: 'final' });
    last = next;
    recall.forget(doubts);
    if (reading > 1) await options.read.settle(reading);
  }
}

/** The calls that what is to change, and what stands in the way, was read from. */
function callsBehind({ plan, live }: LivePlan, { resources }: WantedState): ReadonlySet<string> {
  const byKey = new Map(live.resources.map((one) => [one.key, one]));
  const wanted = new Map(resources.map((one) => [one.key, one.resource]));
  const calls = new Set<string>();
  const doubt = ({ live: found, key }: Pick<Change, 'live' | 'key'>) => {
    for (const call of found?.calls ?? []) calls.add(call);
    // That something is absent was read from the list where it would stand.
    const resource = wanted.get(key);
    const parent = resource === undefined ? undefined : parentOf(resource);
    if (found !== undefined) return;
    const above = parent === undefined ? undefined : (byKey.get(parent)?.id ?? parent.split(' ').at(-1));
    for (const call of listsOf(key, above, live)) calls.add(call);
  };
  for (const change of plan.changes) doubt(change);
  for (const problem of plan.problems) {
    if (problem.kind === 'missing') doubt({ key: problem.change.key });
    else if (problem.kind === 'claimed') {
      if (problem.holder.call !== undefined) calls.add(problem.holder.call);
    } else doubt({ key: problem.by.key, live: problem.by });
  }
  return calls;
}

/** The list in which a resource of this key is looked for, in a parent with this id. */
function listsOf(key: string, parent: string | undefined, live: LiveState): readonly string[] {
  const kind = key.split(' ')[0];
  switch (kind) {
    case 'Service':
      return [nameCall('ListServices', {})];
    case 'ServiceNetwork':
      return [nameCall('ListServiceNetworks', {})];
    case 'TargetGroup':
    case 'ExternalTargetGroup':
      return [nameCall('ListTargetGroups', {})];
    default:
  }
  if (parent === undefined) return [];
  switch (kind) {
    case 'Listener':
      return [nameCall('ListListeners', { serviceIdentifier: parent })];
    case 'Rule': {
      const listener = live.resources.find(({ id }) => id === parent);
      const service = live.resources.find((one) => one.key === listener?.parent)?.id;
      if (service === undefined) return [];
      return [nameCall('ListRules', { serviceIdentifier: service, listenerIdentifier: parent })];
    }
    case 'AuthPolicy':
      return [nameCall('GetAuthPolicy', { resourceIdentifier: parent })];
    case 'AccessLogSubscription':
      return [nameCall('ListAccessLogSubscriptions', { resourceIdentifier: parent })];
    case 'ServiceNetworkServiceAssociation':
      return [nameCall('ListServiceNetworkServiceAssociations', { serviceNetworkIdentifier: parent })];
    case 'ServiceNetworkVpcAssociation':
      return [nameCall('ListServiceNetworkVpcAssociations', { serviceNetworkIdentifier: parent })];
    default:
      return [];
  }
}
