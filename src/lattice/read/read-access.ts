import { LiveError } from '../live-error.ts';
import type { Owner } from '../owner.ts';
import { nameCall } from '../recall.ts';
import { forEach, type Reading } from './reading.ts';

interface Subject {
  readonly of: 'Service' | 'ServiceNetwork';
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly key: string;
  readonly owner: Owner;
  /** The call that named it. */
  readonly list: string;
}

/** Reads the policy of a service or network of ours, and where its calls are logged. */
export async function readAccess(reading: Reading, subject: Subject): Promise<void> {
  await forEach([readPolicy, readLogs], (step) => step(reading, subject));
}

async function readPolicy(reading: Reading, { of, name, id, key, owner }: Subject): Promise<void> {
  const input = { resourceIdentifier: id };
  const policy = await readPolicyText(reading, input);
  if (policy === undefined || policy === '') return;
  reading.resources.push({
    kind: 'AuthPolicy',
    key: `AuthPolicy ${of}/${name}`,
    name,
    id,
    arn: '',
    // It has no tags: it belongs to whom its resource belongs to.
    owner,
    tags: {},
    parent: key,
    resource: { kind: 'AuthPolicy', name, of, policy },
    calls: [nameCall('GetAuthPolicy', input)],
  });
}

/** Undefined where there is no policy, which the service says in two ways. */
async function readPolicyText(reading: Reading, input: { readonly resourceIdentifier: string }) {
  try {
    return (await reading.ask('GetAuthPolicy', input)).value.policy;
  } catch (error) {
    if (error instanceof LiveError && error.kind === 'not-found') return undefined;
    throw error;
  }
}

async function readLogs(reading: Reading, { of, name, id, arn: subject, key, list }: Subject): Promise<void> {
  const input = { resourceIdentifier: id };
  const { value: logs } = await reading.askListed('ListAccessLogSubscriptions', input, { list });
  const call = nameCall('ListAccessLogSubscriptions', input);
  await forEach(logs, async ({ id: logId, arn, destinationArn, serviceNetworkLogType }) => {
    const { owner, tags, calls } = await reading.readOwner(arn, call, subject);
    // Logs of resources go beside those of services, which are the ones that latticectl asks for.
    const type = `${destinationType(destinationArn)}${serviceNetworkLogType === 'RESOURCE' ? '-resource' : ''}`;
    const logName = `${name}/${type}`;
    reading.resources.push({
      kind: 'AccessLogSubscription',
      key: `AccessLogSubscription ${logName}`,
      name: logName,
      id: logId,
      arn,
      owner,
      tags,
      parent: key,
      resource: { kind: 'AccessLogSubscription', name: logName, of, resource: name, destinationArn },
      calls: [call, ...calls],
    });
  });
}

/** The service in the ARN of a destination: `s3`, `logs` or `firehose`. */
function destinationType(arn: string): string {
  return arn.split(':')[2] ?? '';
}
