import type { LiveResource } from '../live-state.ts';
import type { Calls } from '../port.ts';
import { nameCall } from '../recall.ts';
import { readAccess } from './read-access.ts';
import { readListener } from './read-listener.ts';
import type { GroupNames } from './read-target-groups.ts';
import { forEach, type Reading } from './reading.ts';

/** A service of the account, or one that is shared with it. */
export interface KnownService {
  readonly name: string;
  /** Whether it was read in full. */
  readonly isRead: boolean;
}

export const LIST_SERVICES = nameCall('ListServices', {});

/** What a service has when nobody chooses; it is not written out. */
const USUAL_TIMEOUT = 60;

type Summary = Calls['ListServices']['output'][number];

/** Reads the services, those of the stack with listeners, rules, policy and access logs. Gives all of them by id. */
export async function readServices(reading: Reading, groups: GroupNames): Promise<ReadonlyMap<string, KnownService>> {
  const { value: summaries } = await reading.ask('ListServices', {});
  const known = new Map<string, KnownService>();
  await forEach(summaries, async (summary) => {
    const isRead = await readService(reading, summary, groups);
    known.set(summary.id, { name: summary.name, isRead });
  });
  return known;
}

async function readService(reading: Reading, summary: Summary, groups: GroupNames): Promise<boolean> {
  const { id, arn, name, status } = summary;
  const { owner, tags, isRead, calls } = await reading.readOwner(arn, LIST_SERVICES);
  const key = `Service ${name}`;
  const found: LiveResource = {
    kind: 'Service',
    key,
    name,
    id,
    arn,
    owner,
    tags,
    ...(status === undefined ? {} : { status }),
    calls: [LIST_SERVICES, ...calls],
  };
  if (!isRead) {
    reading.resources.push(found);
    return false;
  }
  // What is on its way out may be half gone; nothing of it is compared.
  if (status === 'DELETE_IN_PROGRESS') {
    reading.resources.push(found);
    return true;
  }
  const input = { serviceIdentifier: id };
  const listed = { list: LIST_SERVICES, lastUpdatedAt: summary.lastUpdatedAt };
  const readDetails = async () => {
    const { value } = await reading.askListed('GetService', input, listed);
    const { customDomainName, certificateArn, authType = 'NONE', idleTimeoutSeconds } = value;
    reading.resources.push({
      ...found,
      resource: {
        kind: 'Service',
        name,
        ...(customDomainName === undefined ? {} : { customDomainName }),
        ...(certificateArn === undefined ? {} : { certificateArn }),
        authType,
        ...(idleTimeoutSeconds === undefined || idleTimeoutSeconds === USUAL_TIMEOUT ? {} : { idleTimeoutSeconds }),
        origin: {},
      },
      ...(value.status === undefined ? {} : { status: value.status }),
      calls: [...found.calls, nameCall('GetService', input)],
    });
  };
  const readListeners = async () => {
    const { value: listeners } = await reading.askListed('ListListeners', input, { list: LIST_SERVICES });
    await forEach(listeners, (listener) => readListener(reading, listener, { service: summary, groups }));
  };
  const owned = { of: 'Service', name, id, arn, key, owner, list: LIST_SERVICES } as const;
  const steps = [readDetails, readListeners, () => readAccess(reading, owned)];
  await forEach(steps, (step) => step());
  return true;
}
