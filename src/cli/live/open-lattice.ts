import type { AwsPort } from '../../lattice/aws.ts';
import { Pace } from '../../lattice/pace.ts';
import type { ReadOptions } from '../../lattice/read-live.ts';
import { UsageError } from '../errors.ts';
import type { LiveFlags } from '../flags.ts';
import type { World } from '../world.ts';
import { makeProxyAgents } from './proxy-agents.ts';

interface OpenOptions {
  readonly flags: LiveFlags & { readonly debug?: true };
  /** Of the settings; a flag beats it. */
  readonly region?: string;
  readonly world: World;
  /** Takes a line for each call that was made. */
  readonly note: (line: string) => void;
}

/** More calls at a time are throttled rather than faster. */
const PACE = {
  concurrency: 10,
  attempts: { transient: 8, throttled: 20 },
  ...{ firstWait: 200, longestWait: 20_000, patience: 120_000 },
};

/** Milliseconds. */
const TIMEOUTS = { connection: 5_000, request: 30_000 };
const SETTLE = 500;

/**
 * Opens VPC Lattice with the credentials of the default chain. The SDK is loaded here and nowhere else, since it is by far
 * the largest part of the program.
 */
export async function openLattice({ flags, region: usual, world, note }: OpenOptions): Promise<AwsPort> {
  const { endpointUrl, awsProfile } = flags;
  if (endpointUrl !== undefined && !/^https?:\/\/[^/]/.test(endpointUrl)) {
    throw new UsageError(`--endpoint-url ${endpointUrl}: not an http or https URL`);
  }
  const agents = makeProxyAgents(world.env, TIMEOUTS.connection);
  const isLocal = endpointUrl !== undefined && isLoopback(new URL(endpointUrl).hostname);
  const region = flags.region ?? usual ?? (isLocal && !hasRegion(world) ? 'us-west-2' : undefined);
  const hasOwn = awsProfile !== undefined || world.env['AWS_ACCESS_KEY_ID'];
  // Versions of the SDK say on stderr which Node they will need one day.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const { openAws } = await import('../../lattice/aws.ts');
  return openAws({
    ...(region === undefined ? {} : { region }),
    ...(awsProfile === undefined ? {} : { profile: awsProfile }),
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
    // A sandbox asks nobody who they are. A profile of the environment may ask SSO or STS, and the metadata of an instance
    // would be waited for.
    ...(isLocal && !hasOwn ? { credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' } } : {}),
    ...(agents === undefined ? {} : { agents }),
    timeouts: TIMEOUTS,
    pace: new Pace({ ...PACE, clock: world.clock }),
    ...(isLocal ? { whenRefused: `nothing listens at ${endpointUrl}; ${startSandbox(endpointUrl)}` } : {}),
    log: (line: string) => {
      note(line);
      if (flags.debug === true) world.stderr.write(`debug: ${line}\n`);
    },
  });
}

/** Where VPC Lattice is asked, in words. */
export function placeOf({ endpointUrl }: LiveFlags): string {
  return endpointUrl === undefined ? 'VPC Lattice' : `VPC Lattice at ${endpointUrl.replace(/\/\/[^/@\s]+@/, '//')}`;
}

/** How long to wait before contradicting answers are asked for again. */
export function settleBy({ clock }: World): ReadOptions['settle'] {
  return (attempt) => clock.sleep(SETTLE * attempt);
}

/** The command that a refused connection to this machine mostly lacks. */
function startSandbox(endpoint: string): string {
  const { port } = new URL(endpoint);
  return `start a sandbox there with: latticectl sandbox --port ${port === '' ? 80 : port}`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.');
}

function hasRegion({ env }: World): boolean {
  return ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE'].some((name) => (env[name] ?? '') !== '');
}
