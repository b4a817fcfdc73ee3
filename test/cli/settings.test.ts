import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { emitters } from '../../src/registry.ts';
import { makeFolder, runCli, shop, surroundings } from './fake-world.ts';

const input = `${shop('a.example.com')}---\n${surroundings}`;

async function validateWith(settings: string) {
  return runCli(['validate', 'a.yaml'], { cwd: makeFolder({ 'a.yaml': input, 'latticectl.yaml': settings }) });
}

describe('settings', () => {
  test.each([
    ['limits: {rulesPerListner: 20}', 'did you mean "rulesPerListener"?', 'latticectl.yaml:1:'],
    ['host: {}', 'unknown key "host"; did you mean "hosts"?', 'latticectl.yaml:1:'],
    ['hosts:\n  a.com:\n    certificateARN: x', 'did you mean "certificateArn"?', 'latticectl.yaml:3:'],
    ['severities:\n  documents/invalid-yml: info', 'did you mean "documents/invalid-yaml"?', 'latticectl.yaml:2:'],
  ])('%j is an error with a suggestion and its place', async (settings, message, place) => {
    const { exitCode, stderr } = await validateWith(settings);
    expect(stderr).toContain('error[settings/unknown-key]');
    expect(stderr).toContain(message);
    expect(stderr).toContain(`--> ${place}`);
    expect(exitCode).toBe(3);
  });

  test.each([
    ['explicitTimeouts: maybe'],
    ['limits: {rulesPerListener: -1}'],
    ['services: {noslash: {}}'],
    ['services: {a/b: {ports: [{name: x}]}}'],
    ['severities: {documents/invalid-yaml: fatal}'],
    ['backends: {"a/b:80": {lambdaArn: "arn:aws:lambda:eu-west-1:1:function:f", albArn: "arn:aws:x:y:1:z"}}'],
    ['backends: {"a/b:80": {ips: [10.0.0.1]}}'],
    ['serviceNetwork: {create: true}'],
    ['- a'],
  ])('%s is an error', async (settings) => {
    const { exitCode, stderr } = await validateWith(settings);
    expect(stderr).toContain('error[settings/wrong-value]');
    expect(exitCode).toBe(3);
  });

  test.each([
    ['region: us-west2', 'region: "us-west2" has another form than it should; an example is us-west-2', '1:9'],
    ['account: 12345', 'account: 12345 is no text', '1:10'],
    ['accept: [{code: x}]', 'accept[0]: the key "reason" is missing', '1:10'],
    ['severities: {documents/invalid-yaml: fatal}', '"fatal" is none of error, warning, info', '1:38'],
    ['serviceNetwork: {create: true}', 'serviceNetwork: it needs one of name, arn', '1:17'],
    [
      'serviceNetwork: {arn: "arn:aws:vpc-lattice:us-west-2:123456789012:servicenetwork/sn-0123456789abcdef0", create: true}',
      'serviceNetwork.create: it must be false, and is true',
      '1:113',
    ],
    [
      'backends:\n  a/b: {ips: [10.0.0.1]}',
      'the key "a/b" has another form than it should; an example is shop/api:80',
      '2:8',
    ],
    ['backends:\n  a/b:80: {port: 80}', 'it needs exactly one of targetGroupArn, serviceExport, lambdaArn', '2:11'],
    [
      'backends:\n  a/b:80: {ips: [10.0.0.1], instances: [i-0123456789abcdef0], port: 80, vpcId: vpc-0123456789abcdef0}',
      'endpointSlices, and has instances and ips',
      '2:11',
    ],
    ['backends:\n  a/b:80: {ips: [10.0.0.1]}', 'a/b:80"]: port and vpcId must stand beside ips', '2:11'],
    ['hosts: {a.b.com: {serviceName: ab}}', '"ab" has fewer than 3 characters', '1:32'],
    ['hosts: {"*.b.com": {expand: []}}', 'it has fewer than 1 entry', '1:29'],
    ['limits: {rulesPerListener: -1}', '-1 is less than 0', '1:28'],
    ['services: {a/b: {ports: [{port: 70000}]}}', '70000 is more than 65535', '1:33'],
    ['hosts: {a.b.com: {expand: [x.b.com]}}', 'a.b.com is no wildcard', '1:27'],
    [
      'protect: [Servce shop-*]',
      '"Servce shop-*" has another form than it should; an example is Service shop-*',
      '1:11',
    ],
  ])('%j says what is wrong, where, and once', async (settings, message, place) => {
    const { stderr } = await validateWith(settings);
    expect(stderr.split(message)).toHaveLength(2);
    expect(stderr).toContain(`--> latticectl.yaml:${place}`);
  });

  test.each([['shop-*'], ['Service shop-*'], ['"*"'], ['Rule shop/*'], ['"* shop"'], ['Service*Association n/*']])(
    'protect takes %s',
    async (pattern) => {
      expect((await validateWith(`protect: [${pattern}]`)).exitCode).toBe(0);
    },
  );

  test('a severity of a code that does not exist points to the codes and not to the keys', async () => {
    const { stderr } = await validateWith('severities: {documents/invalid-yml: info}');
    expect(stderr).toContain('help: A code stands in the brackets of its finding');
    expect(stderr).not.toContain('schemas/');
  });

  test('each mistake is shown, though they are of one kind', async () => {
    const { stderr } = await validateWith('host: {}\nlimit: {}\n');
    expect(stderr).toContain('did you mean "hosts"?');
    expect(stderr).toContain('did you mean "limits"?');
  });

  test('the limits of the schema are those of the targets', () => {
    const schema = JSON.parse(readFileSync('schemas/latticectl.schema.json', 'utf8'));
    expect(Object.keys(schema.properties.limits.properties)).toEqual([
      ...new Set(emitters.flatMap(({ limits }) => limits)),
    ]);
  });

  test('broken YAML is an error', async () => {
    const { exitCode, stderr } = await validateWith('hosts: [');
    expect(stderr).toContain('error[documents/invalid-yaml]');
    expect(stderr).toContain('effect: Nothing of the file is used.');
    expect(exitCode).toBe(3);
  });

  test('a second document is an error, since it would go unheard', async () => {
    const { exitCode, stderr } = await validateWith('# mine\n---\nlimits: {}\n---\nseverities: {}\n---\n');
    expect(stderr).toContain('error[settings/wrong-value]: the settings: the file holds more than one document');
    expect(stderr).toContain('--> latticectl.yaml:4:1');
    expect(exitCode).toBe(3);
  });

  test('every key of the contract is known, and the file is no input', async () => {
    const { exitCode, stderr } = await validateWith(everyKey);
    expect(stderr).not.toContain('settings/');
    expect(stderr).not.toContain('latticectl.yaml');
    expect(exitCode).toBe(0);
  });

  test('the file is found upward, but not above the repository', async () => {
    const cwd = makeFolder({ 'latticectl.yaml': 'oops: 1', 'in/.git/HEAD': '', 'in/deep/a.yaml': input });
    expect((await runCli(['validate', 'a.yaml'], { cwd: `${cwd}/in/deep` })).stderr).not.toContain('oops');
    const found = makeFolder({ 'latticectl.yaml': 'oops: 1', '.git/HEAD': '', 'deep/a.yaml': input });
    const { stderr } = await runCli(['validate', 'a.yaml'], { cwd: `${found}/deep` });
    expect(stderr).toContain('--> ../latticectl.yaml:1:');
  });

  test('--config names another file, which must be there', async () => {
    const cwd = makeFolder({ 'a.yaml': input, 'other.yaml': 'oops: 1' });
    expect((await runCli(['validate', 'a.yaml', '--config', 'other.yaml'], { cwd })).exitCode).toBe(3);
    expect((await runCli(['validate', 'a.yaml', '--config', 'none.yaml'], { cwd })).exitCode).toBe(1);
  });

  test('the published schema is valid', () => {
    const schema = JSON.parse(readFileSync('schemas/latticectl.schema.json', 'utf8'));
    expect(new Ajv({ strict: false }).validateSchema(schema)).toBe(true);
  });
});

const everyKey = `
stack: shop
region: eu-west-1
account: "123456789012"
serviceNetwork: {name: edge, create: true, vpcs: [{id: vpc-0a1, securityGroups: [sg-0a1]}], sharing: {}}
hosts:
  a.example.com:
    certificateArn: arn:aws:acm:eu-west-1:123456789012:certificate/a
    serviceName: shop
    customDomain: a.example.com
    authType: AWS_IAM
    authPolicy: {Version: "2012-10-17"}
  "*.b.com": {expand: [x.b.com]}
services: {shop/web: {ports: [{name: http, port: 8080, targetPort: http, appProtocol: grpc}], selector: {app: web}}}
subsetService: "{service}-{subset}"
explicitTimeouts: false
backends:
  "shop/web:8080": {targetGroupArn: "arn:aws:vpc-lattice:eu-west-1:123456789012:targetgroup/tg-1"}
  "shop/web:8080@v1": {serviceExport: shop/web}
  "shop/fn:80": {lambdaArn: "arn:aws:lambda:eu-west-1:123456789012:function:f"}
  "shop/alb:80": {albArn: "arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/a", port: 80, vpcId: vpc-0a1}
  "shop/vm:80": {instances: [i-0a1], port: 80, vpcId: vpc-0a1}
  "shop/ip:80": {ips: [10.0.0.1], port: 80, vpcId: vpc-0a1}
  "shop/pods:80": {endpointSlices: true, port: 80, vpcId: vpc-0a1}
tags: {team: shop}
limits: {rulesPerListener: 20}
severities: {documents/ambiguous-scalar: warning}
accept: []
protect: [shop-*]
`;
