import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { run } from '../../src/cli/run.ts';
import type { World } from '../../src/cli/world.ts';

/** What one run of the command line gave. */
export interface RunResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly cwd: string;
  /** Text piped in; absent: stdin is a terminal. */
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  /** Whether what is done after a time is done at once. */
  readonly isLate?: boolean;
}

/** Runs the real program in this process, with streams of its own. */
export async function runCli(argv: readonly string[], options: RunOptions): Promise<RunResult> {
  const written = { stdout: '', stderr: '' };
  const streamTo = (name: 'stdout' | 'stderr') => ({
    isTTY: options.isTTY === true,
    write: (text: string) => {
      written[name] += text;
    },
  });
  const { stdin } = options;
  const world: World = {
    cwd: options.cwd,
    env: options.env ?? {},
    stdin: {
      isTTY: stdin === undefined,
      read: async () => (typeof stdin === 'string' ? new TextEncoder().encode(stdin) : (stdin ?? new Uint8Array())),
    },
    stdout: streamTo('stdout'),
    stderr: streamTo('stderr'),
    clock: { now: () => performance.now(), sleep: async () => {}, random: () => 0.5 },
    later: (milliseconds, action) => {
      if (options.isLate === true && milliseconds <= 1000) action();
      return () => {};
    },
    onInterrupt: () => () => {},
  };
  const exitCode = await run(argv, world);
  return { exitCode, ...written };
}

/** A folder with these files that lives as long as the test. */
export function makeFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'latticectl-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** A host of Istio that both profiles can say, with everything that it needs. */
export function shop(host: string, { name = 'shop', extra = '' } = {}): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ${name}
  namespace: shop
spec:
  hosts: [${host}]
  gateways: [edge]
  http:
  - match:
    - uri: {exact: /cart}
    route:
    - destination: {host: cart, port: {number: 8080}}
  - route:
    - destination: {host: web, port: {number: 8080}}
${extra}`;
}

/** The Gateway and the Services that `shop` names. */
export const surroundings = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ['*']
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: web}
  ports: [{port: 8080, targetPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec:
  selector: {app: cart}
  ports: [{port: 8080, targetPort: 8080}]
`;
