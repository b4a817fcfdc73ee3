import { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import { onTestFinished } from 'vitest';
import type { Delays } from '../../src/sandbox/context.ts';
import { startSandbox } from '../../src/sandbox/edge/start-sandbox.ts';
import { type Fault, readFaults } from '../../src/sandbox/faults.ts';
import type { Limits } from '../../src/sandbox/quotas.ts';
import type { State } from '../../src/sandbox/state/state.ts';

interface Options {
  /** Milliseconds that changes take on the clock of the test. */
  readonly delay?: number;
  readonly delays?: Partial<Delays>;
  readonly limits?: Limits;
  readonly faults?: readonly unknown[];
  readonly state?: State;
}

/** A sandbox that lives as long as the test, with a clock that moves only when it is told to. */
export async function openSandbox({ delay = 0, delays = {}, limits = {}, faults = [], state }: Options = {}) {
  let now = Date.parse('2026-01-01T00:00:00Z');
  let last: State | undefined = state;
  const running = await startSandbox({
    now: () => now,
    delays: { create: delay, update: delay, delete: delay, drain: delay, health: delay, ...delays },
    limits,
    faults: faultsOf(faults),
    onChange: (next) => {
      last = next;
    },
    ...(state && { state }),
  });
  onTestFinished(() => running.close());
  const request = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${running.url}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return response.json();
  };
  return {
    url: running.url,
    client: clientOf(running.url),
    /** A client of another account, or of another region. */
    clientOf: (account: string, region?: string) => clientOf(running.url, account, region),
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    state: () => last,
    dump: () => request('GET', '/_sandbox/dump') as Promise<Dump>,
    calls: () => request('GET', '/_sandbox/calls') as Promise<Readonly<Record<string, number>>>,
    setFaults: (list: readonly unknown[]) => request('POST', '/_sandbox/faults', list),
    reset: (body?: unknown) => request('POST', '/_sandbox/reset', body),
    ask: (body: unknown) => request('POST', '/_sandbox/request', body),
  };
}

export type Dump = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

export function clientOf(url: string, account = 'AKIAIOSFODNN7EXAMPLE', region = 'us-west-2'): VPCLatticeClient {
  // Later versions of the SDK want a newer Node and say so on stderr.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  const client = new VPCLatticeClient({
    endpoint: url,
    region,
    credentials: { accessKeyId: account, secretAccessKey: 'any' },
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return client;
}

function faultsOf(list: readonly unknown[]): readonly Fault[] {
  const faults = readFaults(list);
  if (typeof faults === 'string') throw new Error(faults);
  return faults;
}
