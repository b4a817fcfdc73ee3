import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder, runCli } from '../cli/fake-world.ts';
import { gatewayApiMutations } from './gateway-api-mutations.ts';
import { ingressMutations } from './ingress-mutations.ts';
import { istioMutations } from './istio-mutations.ts';
import type { Mutation } from './mutation.ts';

const suites: readonly (readonly [string, readonly Mutation[]])[] = [
  ['istio', istioMutations],
  ['gateway-api', gatewayApiMutations],
  ['ingress', ingressMutations],
];

interface Report {
  readonly result: {
    readonly hosts: readonly {
      readonly host: string;
      readonly verdict: string;
      readonly reason?: string;
      readonly differences: readonly {
        readonly dimension: string;
        readonly gravity: string;
        readonly request: {
          readonly method: string;
          readonly url: string;
          readonly headers: Readonly<Record<string, string>>;
        } | null;
      }[];
    }[];
  };
}

describe.each(suites)('changes of %s.yaml are seen as what they are', (source, mutations) => {
  const old = readFileSync(join('test/mutations', `${source}.yaml`), 'utf8');

  test.each(mutations)('%s', async (_, from, to, expected) => {
    const changed = old.replace(from, to);
    expect(changed).not.toBe(old);
    const cwd = makeFolder({ 'old.yaml': old, 'new.yaml': changed });
    const { stdout, stderr, exitCode } = await runCli(['verify', 'old.yaml', '--against', 'new.yaml', '-o', 'json'], {
      cwd,
    });
    const { result } = JSON.parse(stdout) as Report;
    expect(describeResult(result), stderr).toBe(expected);
    expect(exitCode).toBe(exitOf(result));
  });
});

/** Only differences around routes that hold are no failure. */
function exitOf({ hosts }: Report['result']): number {
  const gravities = hosts.flatMap(({ differences }) => differences.map(({ gravity }) => gravity));
  return gravities.includes('routing') || hosts.some(({ verdict }) => verdict === 'unknown') ? 3 : 0;
}

function describeResult({ hosts }: Report['result']): string {
  const lines = hosts.flatMap(({ host, verdict, reason, differences }) => {
    if (verdict === 'equal' && differences.length === 0) return [];
    if (verdict === 'unknown') return [`${host} unknown: ${reason}`];
    const byRequest = new Map<string, string[]>();
    for (const { dimension, request } of differences) {
      const key =
        request === null
          ? ''
          : ` ${[`${request.method} ${request.url}`, ...Object.entries(request.headers).map((pair) => pair.join('='))].join(' ')}`;
      byRequest.set(key, [...(byRequest.get(key) ?? []), dimension]);
    }
    return [...byRequest].map(([request, dimensions]) => `${dimensions.join()}${request}`);
  });
  return lines.length === 0 ? 'equal' : lines.join('\n');
}
