import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { openAws } from '../../src/lattice/aws.ts';
import { LiveError } from '../../src/lattice/live-error.ts';
import { Pace } from '../../src/lattice/pace.ts';
import { openSandbox } from '../sandbox/harness.ts';
import { createStack } from './create-stack.ts';
import { openServer } from './open-proxy.ts';
import { planAgainst } from './plan-against.ts';
import { wanted } from './wanted.ts';

type Step = (outgoing: ServerResponse, incoming: IncomingMessage) => void;

const ok: Step = (outgoing) => void outgoing.setHeader('content-type', 'application/json').end('{"items": []}');

const fail =
  (status: number, name: string, headers: Readonly<Record<string, string>> = {}): Step =>
  (outgoing) => {
    outgoing.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': name, ...headers });
    outgoing.end('{"message": "no"}');
  };

const html =
  (status: number, headers: Readonly<Record<string, string>> = {}): Step =>
  (outgoing) =>
    void outgoing.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<html>no</html>');

/** A server that takes these steps, one for each request, and then the last one again; and one list that is asked for. */
async function ask(...steps: readonly Step[]) {
  let requests = 0;
  const answer: RequestListener = (incoming, outgoing) => {
    const step = steps[Math.min(requests, steps.length - 1)];
    requests += 1;
    step?.(outgoing, incoming);
  };
  const waits: number[] = [];
  const sleep = async (milliseconds: number) => void waits.push(milliseconds);
  const port = openAws({
    region: 'us-west-2',
    endpoint: `http://127.0.0.1:${await openServer(answer)}`,
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'any' },
    timeouts: { connection: 500, request: 300 },
    pace: new Pace({
      clock: { now: () => 0, sleep, random: () => 1 },
      ...{ concurrency: 10, attempts: { transient: 3, throttled: 6 } },
      ...{ firstWait: 1, longestWait: 2, patience: 60_000 },
    }),
  });
  const answered = await port.call('ListServices', {}).catch((error: unknown) => error);
  const error = answered instanceof LiveError ? answered : undefined;
  return { requests, waits, kind: error?.kind ?? 'ok', message: error?.message ?? '' };
}

const total = (calls: Readonly<Record<string, number>>) => Object.values(calls).reduce((sum, count) => sum + count, 0);

describe('a throttle', () => {
  test.each([
    ['by its name', fail(400, 'ThrottlingException')],
    ['by a name of another service', fail(400, 'RequestLimitExceeded')],
    ['by its status', fail(429, 'SomethingNew')],
    ['of a proxy that answers HTML', html(429)],
  ])('is known %s', async (_, step) => {
    expect(await ask(step)).toMatchObject({ kind: 'throttled', requests: 6 });
    expect(await ask(step, step, ok)).toMatchObject({ kind: 'ok', requests: 3 });
  });

  const date = 'Fri, 02 Jan 2026 10:00:00 GMT';
  test.each([
    ['in seconds', { 'retry-after': '7' }, 7000],
    ['as a date by the clock of the service', { date, 'retry-after': 'Fri, 02 Jan 2026 10:00:09 GMT' }, 9000],
    ['that is over', { date, 'retry-after': 'Fri, 02 Jan 2026 09:00:00 GMT' }, 1],
    ['that is no time', { 'retry-after': 'later' }, 1],
  ])('is waited for as Retry-After says: %s', async (_, headers, wait) => {
    expect((await ask(fail(429, 'ThrottlingException', headers), ok)).waits[0]).toBe(wait);
    expect((await ask(html(503, headers), ok)).waits[0]).toBe(wait);
  });

  test('of a service that lets few calls through is survived', async () => {
    const before = await openSandbox();
    await createStack(before.client, wanted);
    const state = before.state();
    await before.reset({ only: ['calls'] });
    await planAgainst(before.url, wanted);
    const { url, pass, calls } = await openSandbox({ limits: { requestsPerSecond: 5 }, ...(state && { state }) });
    let now = 0;
    const sleep = async (milliseconds: number) => {
      now += milliseconds;
      pass(milliseconds);
    };
    const { plan } = await planAgainst(url, wanted, { clock: { now: () => now, sleep, random: () => 1 } });
    expect(plan).toMatchObject({ changes: [], problems: [], unchanged: 13 });
    expect(Object.keys(await calls()).filter((name) => !/^(?:Get|List)/.test(name))).toEqual([]);
    // Some were refused, made again, and waited for as long as the sandbox asks.
    expect(total(await calls())).toBeGreaterThan(total(await before.calls()));
    expect(now).toBeGreaterThan(1000);
  });
});

describe('a slow service', () => {
  const silent: Step = () => {};
  const halfHead: Step = (outgoing) => void outgoing.socket?.write('HTTP/1.1 200 OK\r\ncontent-');
  const halfBody: Step = (outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': '13' });
    outgoing.write('{"items"');
  };

  test.each([
    ['says nothing', silent],
    ['stops in the head of its answer', halfHead],
    ['stops in the body of its answer', halfBody],
  ])('that %s is asked again after the timeout', async (_, step) => {
    expect(await ask(step, ok)).toMatchObject({ kind: 'ok', requests: 2 });
    const failed = await ask(step);
    expect(failed).toMatchObject({ kind: 'transient', requests: 3 });
    expect(failed.message).toMatch(/^ListServices failed: TimeoutError: /);
  });

  test('that answers within the timeout is asked once', async () => {
    const late: Step = (outgoing, incoming) => void setTimeout(() => ok(outgoing, incoming), 150);
    expect(await ask(late)).toMatchObject({ kind: 'ok', requests: 1 });
  });
});

describe('the clock of this machine', () => {
  test('is set by that of the service', async () => {
    const hour = 3_600_000;
    const dates: string[] = [];
    const strict: Step = (outgoing, incoming) => {
      const signed = String(incoming.headers['x-amz-date']);
      dates.push(signed);
      const [, year, month, day, hours, minutes, seconds] =
        /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(signed) ?? [];
      const now = Date.now() + hour;
      const off = now - Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`);
      outgoing.setHeader('date', new Date(now).toUTCString());
      if (Math.abs(off) < 300_000) ok(outgoing, incoming);
      else fail(403, 'InvalidSignatureException')(outgoing, incoming);
    };
    expect(await ask(strict)).toMatchObject({ kind: 'ok', requests: 2 });
    expect(dates).toHaveLength(2);
  });
});

describe('refused credentials', () => {
  test.each(['ExpiredTokenException', 'UnrecognizedClientException', 'InvalidSignatureException'])(
    '%s is not taken for a missing IAM action',
    async (name) => {
      const refused = await ask(fail(403, name));
      expect(refused).toMatchObject({ kind: 'final', requests: 1 });
      expect(refused.message).not.toContain('IAM');
    },
  );
});
