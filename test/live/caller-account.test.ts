import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../cli/fake-world.ts';
import { openSandbox } from '../sandbox/harness.ts';
import { openServer } from './open-proxy.ts';
import { wanted } from './wanted.ts';

// The account guard where no resource tells the account: STS is asked, in a process of its own whose environment the SDK
// reads, and it stands on loopback.
const bin = `${process.cwd()}/bin/latticectl.js`;

interface Setting {
  readonly account?: string;
  /** What STS answers: the account, or an error code. */
  readonly sts: string;
  readonly flags?: (url: string) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

async function diff({ account, sts, flags = () => [], env = {} }: Setting) {
  const sandbox = await openSandbox();
  let asked = 0;
  const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
    <Arn>arn:aws:iam::${sts}:user/me</Arn><UserId>ME</UserId><Account>${sts}</Account>
    </GetCallerIdentityResult></GetCallerIdentityResponse>`;
  const refusal = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
    <Code>${sts}</Code><Message>no</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`;
  const issuer = await openServer((incoming, outgoing) => {
    asked += 1;
    const isKnown = /^\d+$/.test(sts);
    incoming.resume();
    outgoing
      .writeHead(isKnown ? 200 : 403, { 'content-type': 'text/xml', 'x-amzn-requestid': 'r-1' })
      .end(isKnown ? identity : refusal);
  });
  const cwd = makeFolder({ 'lattice.json': JSON.stringify(account === undefined ? wanted : { ...wanted, account }) });
  const argv = [bin, 'diff', 'lattice.json', '--plan-out', 'plan.json', ...flags(sandbox.url)];
  const child = spawn(process.execPath, argv, {
    cwd,
    env: {
      ...{ HOME: cwd, AWS_EC2_METADATA_DISABLED: 'true', AWS_REGION: 'us-west-2' },
      ...{ AWS_ACCESS_KEY_ID: '123456789012', AWS_SECRET_ACCESS_KEY: 'secret' },
      ...{ AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${issuer}`, AWS_ENDPOINT_URL_VPC_LATTICE: sandbox.url },
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [exitCode] = await once(child, 'close');
  return { exitCode, stderr, asked, calls: Object.keys(await sandbox.calls()).length, cwd };
}

const planIn = (cwd: string) => JSON.parse(readFileSync(join(cwd, 'plan.json'), 'utf8'));

test('an empty account is the one of the settings when STS says so', async () => {
  const { cwd, ...run } = await diff({ account: '123456789012', sts: '123456789012' });
  expect(run).toMatchObject({ exitCode: 0, asked: 1 });
  expect(planIn(cwd)).toMatchObject({ account: '123456789012', region: 'us-west-2' });
});

test('credentials of another account end with 4 before anything is read', async () => {
  const run = await diff({ account: '123456789012', sts: '210987654321' });
  expect(run).toMatchObject({ exitCode: 4, calls: 0, stderr: expect.stringContaining('live/other-account') });
});

test('an account that cannot be told ends with 1', async () => {
  const run = await diff({ account: '123456789012', sts: 'InvalidClientTokenId' });
  expect(run).toMatchObject({
    ...{ exitCode: 1, calls: 0 },
    stderr: expect.stringMatching(/GetCallerIdentity failed: InvalidClientTokenId: no \(request r-1\)/),
  });
});

test.each<[string, Omit<Setting, 'sts'>]>([
  ['where no account is named', {}],
  ['with an endpoint', { account: '123456789012', flags: (url) => ['--endpoint-url', url] }],
  [
    'for the profile of the environment, on loopback',
    {
      account: '123456789012',
      flags: (url) => ['--endpoint-url', url],
      env: { AWS_PROFILE: 'absent', AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
    },
  ],
])('STS is not asked %s', async (_, setting) => {
  expect(await diff({ ...setting, sts: '210987654321' })).toMatchObject({ exitCode: 0, asked: 0 });
});
