// The live side: `diff` of an untouched stack against a sandbox, a process of its own that answers every call late.
import { Agent, get } from 'node:http';
import { createStack } from './create-stack.js';
import { liveHosts, liveSettings } from './inputs.js';
import { bin, file, measure, output, start } from './measure.js';

const SIZE = { hosts: 500, rules: 10 };
/** Milliseconds by which the sandbox answers later. Calls that wait do not wait for each other. */
const LATENCY = 20;
/** Calls that `diff` has under way at a time. */
const CONCURRENCY = 10;

/**
 * One list or get for each fact, by kind of resource. The tags of all; and of a network details, policy, logs and two lists
 * of associations; of a service details, policy, logs and listeners; of a listener details and rules; of a rule details; of
 * a target group details and targets.
 *
 * @type {Readonly<Record<string, number>>}
 */
const FACTS = {
  ServiceNetwork: 6,
  Service: 5,
  Listener: 3,
  Rule: 2,
  TargetGroup: 3,
  ServiceNetworkServiceAssociation: 1,
};
/** Networks, services and target groups. */
const LISTS = 3;

/**
 * `least` is the lower bound of calls, `atBest` the milliseconds that the calls take where nobody has to compute, `waiting`
 * those that a client takes which does nothing but wait.
 *
 * @typedef {import('./measure.js').Measured} Measured
 * @returns {Promise<Measured & Record<'calls' | 'least' | 'atBest' | 'waiting' | 'sandboxCpu', number>>}
 */
export async function measureDiff() {
  const input = [file('live.yaml', liveHosts(SIZE)), '--config', file('live-settings.yaml', liveSettings())];
  measure([bin, 'convert', ...input, '--to', 'lattice', '-o', 'json'], false);
  /** @type {import('./create-stack.js').Product} */
  const product = JSON.parse(output());
  const least = LISTS + sum(product.resources.map(({ kind }) => FACTS[kind] ?? Number.NaN));
  const sandbox = await start([bin, 'sandbox']);
  /** @param {string} path @param {unknown} [body] */
  const ask = async (path, body) => {
    const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    /** @type {any} */
    const answer = await (await fetch(`${sandbox.line}/_sandbox/${path}`, post)).json();
    return answer;
  };
  try {
    await createStack(product, sandbox.line);
    await ask('faults', [{ operation: '*', times: 1_000_000_000, do: { delayMs: LATENCY } }]);
    const perCall = await wait(sandbox.line);
    await ask('reset', { only: ['calls'] });
    const before = await sandbox.usage();
    const diff = measure([bin, 'diff', ...input, '--endpoint-url', sandbox.line, '--exit-code'], true);
    const calls = sum(/** @type {number[]} */ (Object.values(await ask('calls'))));
    const sandboxCpu = (await sandbox.usage()).cpu - before.cpu;
    return { calls, least, atBest: (calls * LATENCY) / CONCURRENCY, waiting: calls * perCall, sandboxCpu, ...diff };
  } finally {
    sandbox.stop();
  }
}

/** @param {readonly number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * Milliseconds for each of many calls of a client that only waits: what timers, sockets and the sandbox take on this
 * machine as busy as it is.
 *
 * @param {string} url
 */
async function wait(url) {
  const agent = new Agent({ keepAlive: true });
  const call = () =>
    new Promise((resolve, reject) => {
      const request = get(`${url}/services/svc-00000000000000000`, { agent }, (response) => {
        response.resume().once('end', resolve);
      });
      request.once('error', reject);
    });
  const count = 2000;
  const started = performance.now();
  const inOrder = async () => {
    for (let done = 0; done < count / CONCURRENCY; done += 1) await call();
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, inOrder));
  agent.destroy();
  return (performance.now() - started) / count;
}
