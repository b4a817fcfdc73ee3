import {
  GetAuthPolicyCommand,
  GetListenerCommand,
  GetRuleCommand,
  GetServiceCommand,
  GetServiceNetworkCommand,
  GetServiceNetworkVpcAssociationCommand,
  GetTargetGroupCommand,
  ListAccessLogSubscriptionsCommand,
  ListListenersCommand,
  ListRulesCommand,
  ListServiceNetworkServiceAssociationsCommand,
  ListServiceNetworksCommand,
  ListServiceNetworkVpcAssociationsCommand,
  ListServicesCommand,
  ListTagsForResourceCommand,
  ListTargetGroupsCommand,
  ListTargetsCommand,
  VPCLatticeClient,
  type VPCLatticeClientConfig,
} from '@aws-sdk/client-vpc-lattice';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { badAnswer, toLiveError } from './aws/aws-error.ts';
import { findFault, type Shape, shapes } from './aws/shapes.ts';
import type { Pace } from './pace.ts';
import type { Answer, Calls, LatticePort, Operation } from './port.ts';

export interface AwsOptions {
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  /** Instead of those of the default chain, where no AWS is asked. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Milliseconds until a connection stands, and until an answer is there. */
  readonly timeouts: { readonly connection: number; readonly request: number };
  /** Agents of Node that take the connections through a proxy. */
  readonly agents?: Readonly<Record<'httpAgent' | 'httpsAgent', unknown>>;
  /** What to say where a connection is refused and asking again would change nothing, as on this machine. */
  readonly whenRefused?: string;
  readonly pace: Pace;
  /** Called with a line for each attempt; it holds no input and no header. */
  readonly log?: (line: string) => void;
}

/** VPC Lattice, and where it is asked with whose credentials. */
export interface AwsPort extends LatticePort {
  /** The region that is asked, whatever names it. Rejects with a LiveError where nothing does. */
  region(): Promise<string>;
  /** The account of the credentials, by STS. Rejects with a LiveError. */
  account(): Promise<string>;
}

type Send = (client: VPCLatticeClient, input: never) => Promise<unknown>;

/** How each call is sent. All of them read. */
const commands: Readonly<Record<Operation, Send>> = {
  ListServiceNetworks: (client, input) => client.send(new ListServiceNetworksCommand(input)),
  ListServices: (client, input) => client.send(new ListServicesCommand(input)),
  ListTargetGroups: (client, input) => client.send(new ListTargetGroupsCommand(input)),
  ListTagsForResource: (client, input) => client.send(new ListTagsForResourceCommand(input)),
  GetServiceNetwork: (client, input) => client.send(new GetServiceNetworkCommand(input)),
  ListServiceNetworkServiceAssociations: (client, input) =>
    client.send(new ListServiceNetworkServiceAssociationsCommand(input)),
  ListServiceNetworkVpcAssociations: (client, input) =>
    client.send(new ListServiceNetworkVpcAssociationsCommand(input)),
  GetServiceNetworkVpcAssociation: (client, input) => client.send(new GetServiceNetworkVpcAssociationCommand(input)),
  GetService: (client, input) => client.send(new GetServiceCommand(input)),
  GetAuthPolicy: (client, input) => client.send(new GetAuthPolicyCommand(input)),
  ListAccessLogSubscriptions: (client, input) => client.send(new ListAccessLogSubscriptionsCommand(input)),
  ListListeners: (client, input) => client.send(new ListListenersCommand(input)),
  GetListener: (client, input) => client.send(new GetListenerCommand(input)),
  ListRules: (client, input) => client.send(new ListRulesCommand(input)),
  GetRule: (client, input) => client.send(new GetRuleCommand(input)),
  GetTargetGroup: (client, input) => client.send(new GetTargetGroupCommand(input)),
  ListTargets: (client, input) => client.send(new ListTargetsCommand(input)),
};

/** Items of a page; the most that the API gives. */
const PAGE = 100;

/** VPC Lattice by the AWS SDK. What it answers is checked, since the SDK checks nothing. */
export function openAws(options: AwsOptions): AwsPort {
  const config = toConfig(options);
  const client = new VPCLatticeClient({
    ...config,
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    // Nobody adds a step to the client's later; building the steps anew is a tenth of the work of a call.
    cacheMiddleware: true,
  });
  const { pace, log } = options;

  async function send(operation: Operation, input: object, shape: Shape): Promise<Answer<Record<string, unknown>>> {
    return pace.run(async () => {
      try {
        const output = await commands[operation](client, input as never);
        const answer = output as Record<string, unknown> & { readonly $metadata?: { readonly requestId?: string } };
        const requestId = answer.$metadata?.requestId ?? 'unknown';
        const fault = findFault(answer, shape);
        if (fault !== undefined) throw badAnswer(operation, fault, requestId);
        log?.(`${operation} ok (request ${requestId})`);
        return { value: answer, requestId };
      } catch (error) {
        const failure = toLiveError(operation, error, options.whenRefused);
        log?.(failure.message);
        throw failure;
      }
    });
  }

  async function call<Op extends Operation>(
    operation: Op,
    input: Calls[Op]['input'],
  ): Promise<Answer<Calls[Op]['output']>> {
    const { shape, take } = shapes[operation];
    if (take !== 'items') {
      const { value, requestId } = await send(operation, input, shape);
      const taken = take === undefined ? value : (value[take] ?? {});
      // The shape has been checked, as far as it is relied on.
      return { value: withTime(taken) as Calls[Op]['output'], requestId };
    }
    const items: unknown[] = [];
    let nextToken: unknown;
    const seen = new Set<unknown>();
    for (;;) {
      const page = { ...input, maxResults: PAGE, ...(nextToken === undefined ? {} : { nextToken }) };
      const { value, requestId } = await send(operation, page, shape);
      items.push(...(value['items'] as readonly unknown[]).map(withTime));
      nextToken = value['nextToken'] ?? undefined;
      if (nextToken === undefined || nextToken === '') return { value: items as Calls[Op]['output'], requestId };
      // A list that leads back to itself would never end.
      if (seen.has(nextToken)) throw badAnswer(operation, 'the pages go round in a circle', requestId, 'final');
      seen.add(nextToken);
    }
  }

  async function account(): Promise<string> {
    const { askAccount } = await import('./aws/ask-account.ts');
    return pace.run(async () => {
      try {
        return await askAccount(config);
      } catch (error) {
        const failure = toLiveError('GetCallerIdentity', error);
        log?.(failure.message);
        throw failure;
      }
    });
  }

  async function region(): Promise<string> {
    try {
      return await client.config.region();
    } catch (error) {
      throw toLiveError('ListServices', error);
    }
  }

  return { call, region, account };
}

/** What the clients of all services share. */
function toConfig({ region, profile, credentials, timeouts, agents }: AwsOptions) {
  const { connection, request } = timeouts;
  const handler = {
    connectionTimeout: connection,
    requestTimeout: request,
    throwOnRequestTimeout: true,
    // The timeout of a request ends with the head of its answer; this one is for a body that stops half way.
    socketTimeout: request,
    ...agents,
  } as NonNullable<VPCLatticeClientConfig['requestHandler']>;
  const ofProfile = profile === undefined ? {} : { profile };
  return {
    ...(region === undefined ? {} : { region }),
    ...ofProfile,
    // Left to itself the chain would ask for credentials of SSO without our agents and timeouts.
    credentials: credentials ?? defaultProvider({ ...ofProfile, clientConfig: { requestHandler: handler } }),
    // Waiting and trying again are the pace's; see decision 11.
    maxAttempts: 1,
    requestHandler: handler,
  };
}

/** Times as numbers, so that an answer is plain data. */
function withTime(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('lastUpdatedAt' in value)) return value;
  const { lastUpdatedAt } = value;
  return lastUpdatedAt instanceof Date ? { ...value, lastUpdatedAt: lastUpdatedAt.getTime() } : value;
}
