import { claimOnPort } from '../claims.ts';
import type { AnyResource } from '../fields.ts';
import { Contradiction, LiveError } from '../live-error.ts';
import type { LiveResource } from '../live-state.ts';
import { idIn } from '../owner.ts';
import type { Calls, LiveAction, LiveMatch, RuleSummary } from '../port.ts';
import { nameCall } from '../recall.ts';
import { type GroupNames, LIST_GROUPS } from './read-target-groups.ts';
import { forEach, type Reading } from './reading.ts';

interface Place {
  readonly service: { readonly id: string; readonly arn: string; readonly name: string };
  readonly groups: GroupNames;
}

type ListenerSummary = Calls['ListListeners']['output'][number];
type Rule = Extract<AnyResource, { kind: 'Rule' }>;

/** Reads a listener of a service of ours with its rules; one that is not ours is only named. */
export async function readListener(reading: Reading, summary: ListenerSummary, place: Place): Promise<void> {
  const { service, groups } = place;
  const { id, arn, name, protocol, port } = summary;
  const list = nameCall('ListListeners', { serviceIdentifier: service.id });
  const { owner, tags, isRead, calls } = await reading.readOwner(arn, list, service.arn);
  const key = `Listener ${service.name}/${name}`;
  const parent = `Service ${service.name}`;
  reading.noteClaim({ what: claimOnPort(port, parent), key, call: list });
  const found: LiveResource = { kind: 'Listener', key, name, id, arn, owner, tags, parent, calls: [list, ...calls] };
  if (!isRead) {
    reading.resources.push(found);
    return;
  }
  const input = { serviceIdentifier: service.id, listenerIdentifier: id };
  const readDetails = async () => {
    const listed = { list, lastUpdatedAt: summary.lastUpdatedAt };
    const { value, requestId } = await reading.askListed('GetListener', input, listed);
    const call = nameCall('GetListener', input);
    const defaultAction = toAction(value.defaultAction, { groups, what: key, requestId, call });
    reading.resources.push({
      ...found,
      resource: { kind: 'Listener', name, service: service.name, protocol, port, defaultAction },
      calls: [...found.calls, call],
    });
  };
  const readRules = async () => {
    const { value: rules } = await reading.askListed('ListRules', input, { list });
    // The default rule is the listener's default action.
    const own = rules.filter(({ isDefault }) => !isDefault);
    await forEach(own, (rule) => readRule(reading, rule, { ...place, listener: { id, arn, name }, parent: key }));
  };
  await forEach([readDetails, readRules], (step) => step());
}

async function readRule(
  reading: Reading,
  summary: RuleSummary,
  { service, listener, groups, parent }: Place & { readonly listener: Place['service']; readonly parent: string },
): Promise<void> {
  const { id, arn, name, priority } = summary;
  const inListener = { serviceIdentifier: service.id, listenerIdentifier: listener.id };
  const list = nameCall('ListRules', inListener);
  const { owner, tags, isRead, calls } = await reading.readOwner(arn, list, listener.arn);
  const key = `Rule ${service.name}/${listener.name}/${name}`;
  const found: LiveResource = {
    ...{ kind: 'Rule', key, name, id, arn, owner, tags, parent },
    ...(priority === undefined ? {} : { priority }),
    calls: [list, ...calls],
  };
  if (!isRead) {
    reading.resources.push(found);
    return;
  }
  const input = { ...inListener, ruleIdentifier: id };
  const call = nameCall('GetRule', input);
  const listed = { list, lastUpdatedAt: summary.lastUpdatedAt };
  const { value, requestId } = await reading.askListed('GetRule', input, listed);
  const context = { groups, what: key, requestId, call };
  const resource: Rule = {
    kind: 'Rule',
    name,
    service: service.name,
    listener: listener.name,
    priority: value.priority,
    match: { httpMatch: toMatch(value.match.httpMatch, context) },
    action: toAction(value.action, context),
  };
  reading.resources.push({ ...found, resource, priority: value.priority, calls: [...found.calls, call] });
}

interface ShapeContext {
  readonly groups: GroupNames;
  readonly what: string;
  readonly requestId: string;
  readonly call: string;
}

function toMatch(
  { method, pathMatch, headerMatches = [] }: LiveMatch,
  context: ShapeContext,
): Rule['match']['httpMatch'] {
  return {
    ...(method === undefined ? {} : { method }),
    ...(pathMatch === undefined
      ? {}
      : {
          pathMatch: { match: toPath(pathMatch.match, context), caseSensitive: pathMatch.caseSensitive === true },
        }),
    ...(headerMatches.length === 0
      ? {}
      : {
          headerMatches: headerMatches.map(({ name, match, caseSensitive }) => ({
            name,
            match: match.contains === undefined ? toPath(match, context) : { contains: match.contains },
            caseSensitive: caseSensitive === true,
          })),
        }),
  };
}

function toPath({ exact, prefix }: { readonly exact?: string; readonly prefix?: string }, context: ShapeContext) {
  if (exact !== undefined) return { exact };
  if (prefix !== undefined) return { prefix };
  throw unknownShape(`a condition of ${context.what}`, context.requestId);
}

/** Target groups by name; one that the list does not have came later than the list. */
function toAction(
  { forward, fixedResponse }: LiveAction,
  { groups, what, requestId, call }: ShapeContext,
): Rule['action'] {
  if (fixedResponse !== undefined) return { fixedResponse };
  if (forward === undefined) throw unknownShape(`the action of ${what}`, requestId);
  return {
    forward: {
      targetGroups: forward.targetGroups.map(({ targetGroupIdentifier, weight }) => {
        const targetGroup = groups.get(idIn(targetGroupIdentifier));
        if (targetGroup === undefined) {
          const message = `${what} leads to ${targetGroupIdentifier}, which no list names (request ${requestId})`;
          throw new Contradiction(message, { calls: [LIST_GROUPS, call] });
        }
        return { targetGroup, weight: weight ?? 100 };
      }),
    },
  };
}

/** An answer of a kind that this version does not know; guessing would make a wrong plan. */
function unknownShape(what: string, requestId: string): LiveError {
  const message = `${what} is of a kind that this version of latticectl does not know (request ${requestId})`;
  return new LiveError(message, { kind: 'final' });
}
