import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { makeFolder } from '../cli/fake-world.ts';
import { openSandbox } from '../sandbox/harness.ts';
import { createStack } from './create-stack.ts';
import { openProxy, openServer } from './open-proxy.ts';
import { wanted } from './wanted.ts';

// The built program in a process of its own, whose environment the SDK reads. The sandbox takes a key of twelve digits for
// the account, so what stands there is seen only with the credentials that were handed out.
const bin = `${process.cwd()}/bin/latticectl.js`;
const account = '210987654321';
const soon = new Date(Date.now() + 3_600_000);

const xml = (action: string) => `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <${action}Result>
    <Credentials>
      <AccessKeyId>${account}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
      <SessionToken>token</SessionToken><Expiration>${soon.toISOString()}</Expiration>
    </Credentials>
  </${action}Result>
</${action}Response>`;

/** STS, SSO and its OIDC, as far as a client needs them. */
const answer: RequestListener = (incoming, outgoing) => {
  let body = '';
  incoming.setEncoding('utf8').on('data', (text: string) => {
    body += text;
  });
  incoming.on('end', () => {
    const json = (value: unknown) => outgoing.setHeader('content-type', 'application/json').end(JSON.stringify(value));
    const roleCredentials = {
      accessKeyId: account,
      secretAccessKey: 'secret',
      sessionToken: 'token',
      expiration: +soon,
    };
    if (incoming.url?.startsWith('/federation/credentials')) json({ roleCredentials });
    else if (incoming.url === '/token') json({ accessToken: 'new', expiresIn: 3600, tokenType: 'Bearer' });
    else outgoing.setHeader('content-type', 'text/xml').end(xml(/Action=(\w+)/.exec(body)?.[1] ?? ''));
  });
};

const endpoints = {
  AWS_ENDPOINT_URL_STS: 'http://sts.example.com',
  AWS_ENDPOINT_URL_SSO: 'http://sso.example.com',
  AWS_ENDPOINT_URL_SSO_OIDC: 'http://oidc.example.com',
};

const sso = `[profile shop]
sso_session = corp
sso_account_id = ${account}
sso_role_name = reader
region = us-west-2
[sso-session corp]
sso_region = us-west-2
sso_start_url = https://corp.example.com/start
`;

const assumed = `[profile shop]
role_arn = arn:aws:iam::${account}:role/reader
source_profile = base
region = us-west-2
[profile base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = secret
`;

/** What `aws sso login` leaves behind. */
const ssoToken = (expiresAt: Date) => ({
  [`.aws/sso/cache/${createHash('sha1').update('corp').digest('hex')}.json`]: JSON.stringify({
    ...{ accessToken: 'old', expiresAt: expiresAt.toISOString(), refreshToken: 'again' },
    ...{ clientId: 'id', clientSecret: 'secret', registrationExpiresAt: soon.toISOString() },
    ...{ region: 'us-west-2', startUrl: 'https://corp.example.com/start' },
  }),
});

interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** Who is asked through the proxy before VPC Lattice is. */
  readonly asked: readonly string[];
}

const cases: Readonly<Record<string, Case>> = {
  'of a web identity': {
    files: { token: 'a.b.c' },
    env: {
      ...{ AWS_WEB_IDENTITY_TOKEN_FILE: 'token', AWS_ROLE_ARN: `arn:aws:iam::${account}:role/reader` },
      AWS_REGION: 'us-west-2',
    },
    asked: ['sts.example.com:80'],
  },
  'of an assumed role': {
    files: { '.aws/config': assumed },
    env: { AWS_PROFILE: 'shop' },
    asked: ['sts.example.com:80'],
  },
  'of SSO': {
    files: { '.aws/config': sso, ...ssoToken(soon) },
    env: { AWS_PROFILE: 'shop' },
    asked: ['sso.example.com:80'],
  },
  'of SSO whose token has to be renewed': {
    files: { '.aws/config': sso, ...ssoToken(new Date(Date.now() + 60_000)) },
    env: { AWS_PROFILE: 'shop' },
    asked: ['oidc.example.com:80', 'sso.example.com:80'],
  },
};

test.each(Object.entries(cases))('credentials %s come through the proxy', async (_, { files, env, asked }) => {
  const sandbox = await openSandbox();
  await createStack(sandbox.clientOf(account), wanted);
  const issuer = await openServer(answer);
  const proxy = await openProxy((host) =>
    host === 'lattice.example.com' ? Number(new URL(sandbox.url).port) : issuer,
  );
  const cwd = makeFolder({ 'lattice.json': JSON.stringify(wanted), ...files });
  const child = spawn(
    process.execPath,
    [bin, 'diff', 'lattice.json', '--endpoint-url', 'http://lattice.example.com', '--exit-code', '-q'],
    {
      cwd,
      env: {
        HOME: cwd,
        HTTP_PROXY: `http://127.0.0.1:${proxy.port}`,
        AWS_EC2_METADATA_DISABLED: 'true',
        ...endpoints,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
    });
  }
  const [exitCode] = await once(child, 'close');
  expect({ exitCode, ...written }).toMatchObject({
    exitCode: 0,
    stderr: '',
    stdout: expect.stringMatching(/13 unchanged/),
  });
  const others = proxy.asked.filter((place) => place !== 'lattice.example.com:80');
  expect([...new Set(others)]).toEqual(asked);
});
