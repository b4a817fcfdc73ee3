// Compares the sandbox of the built CLI with the service model of VPC Lattice, over HTTP.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { sampleOf } from './lattice-api-samples.js';
import { trialsOf } from './lattice-api-trials.js';
import { faultsOf, send, startSandbox } from './lattice-api-wire.js';
import { buildWorld, fineInput } from './lattice-api-world.js';

const model = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { shapes, operations } = model;

/** What the sandbox does not claim: nothing that latticectl writes needs these. */
const UNCLAIMED =
  /ResourceConfiguration|ResourceGateway|DomainVerification|ResourceEndpointAssociation|^(?:Create|Get|Delete)ServiceNetworkResourceAssociation$/;
/** Answers with members that the model does not know yet: newer models have them, and so has the SDK. */
const NEWER = { UpdateServiceNetworkVpcAssociation: ['privateDnsEnabled', 'dnsOptions'] };

const problems = [];
const tally = { trials: 0, unreachable: 0, errors: new Map() };
let sandbox;

async function call(name, input, key) {
  const answer = await send(model, sandbox.url, name, input, key);
  const newer = NEWER[name] ?? [];
  for (const fault of faultsOf(model, name, answer)) {
    if (!newer.some((member) => fault.includes(`has ${member}`))) problems.push(`${name}: ${fault}`);
  }
  if (answer.error !== undefined) tally.errors.set(answer.error, (tally.errors.get(answer.error) ?? 0) + 1);
  return answer;
}

async function succeed(name, input) {
  const { error, body } = await call(name, input);
  if (error !== undefined) problems.push(`${name} ${JSON.stringify(input)}: ${error} ${body.message}`);
  return body;
}

const reset = () => fetch(`${sandbox.url}/_sandbox/reset`, { method: 'POST' });

/** Every claimed operation does what it is for, with the model's status and shape; no other one is there. */
async function proveRoutes(claimed) {
  for (const name of claimed) {
    await reset();
    const world = await buildWorld(succeed);
    await succeed(name, fineInput(model, name, world));
  }
  for (const name of Object.keys(operations).filter((one) => !claimed.includes(one))) {
    const { method, uri } = operations[name];
    const response = await fetch(`${sandbox.url}${uri.replace(/\{\w+\}/g, 'x')}`, { method });
    const body = await response.json();
    if (body.reason !== 'unknownOperation') problems.push(`${name} is not claimed, and is answered`);
  }
  for (const [method, path] of [
    ['PUT', '/services'],
    ['GET', '/service'],
    ['GET', '/services/'],
    ['POST', '/services/a/b'],
  ]) {
    const response = await fetch(`${sandbox.url}${path}`, { method });
    const { reason } = await response.json();
    if (response.status !== 400 || reason !== 'unknownOperation') problems.push(`${method} ${path} is answered`);
  }
}

/** Every constraint of every member, at its boundary and beyond. */
async function proveConstraints(name) {
  const { members, required = [] } = shapes[operations[name].input];
  const whole = sampleOf(shapes, operations[name].input);
  for (const member of required.filter((one) => members[one].location !== 'uri')) {
    const { [member]: _, ...rest } = whole;
    await prove(name, rest, { field: member, isFine: false });
  }
  for (const [member, { shape, location }] of Object.entries(members)) {
    for (const trial of trialsOf(shapes, shape, member, tally)) {
      // What stands in the path or the query is text, and an empty text is no part of a path.
      if (location !== undefined && (trial.textOnly || trial.bodyOnly)) continue;
      if (location === 'uri' && trial.value === '') continue;
      if (location === 'querystring' && Array.isArray(trial.value) && trial.value.length === 0) continue;
      await prove(name, { ...whole, [member]: trial.value }, trial);
    }
  }
}

async function prove(name, input, { field, isFine }) {
  tally.trials += 1;
  const { status, error, body } = await call(name, input);
  const isRefused = error === 'ValidationException' && ['fieldValidationFailed', 'cannotParse'].includes(body.reason);
  const shown = JSON.stringify(input).slice(0, 300);
  if (isFine && isRefused) problems.push(`${name}.${field} is refused: ${shown}: ${body.message.slice(0, 200)}`);
  if (isFine) return;
  if (!isRefused || status !== 400) {
    problems.push(`${name}.${field} is taken: ${shown}`);
  } else if (!body.fieldList.every((one) => one.name.startsWith(field))) {
    problems.push(`${name}.${field}: blames ${body.fieldList.map((one) => one.name)}: ${shown}`);
  }
}

/** Every other error that an operation declares comes in the model's shape. */
async function proveErrors(claimed) {
  await reset();
  const world = await buildWorld(succeed);
  const expected = async (name, input, error, key) => {
    const answer = await call(name, input, key);
    if (answer.error !== error) problems.push(`${name}: ${answer.error ?? 'no error'}, not ${error}`);
  };
  for (const name of claimed) {
    const { errors } = operations[name];
    const input = fineInput(model, name, world);
    const isNested = Object.keys(input).some((member) => /(?:Identifier|Arn)$/.test(member));
    const elsewhere = Object.fromEntries(
      Object.entries(input).map(([member, value]) => [
        member,
        typeof value === 'string' && /(?:Identifier|^resourceArn)$/.test(member)
          ? value.replace(/-[0-9a-f]{17}$/, '-00000000000000000')
          : value,
      ]),
    );
    if (errors.includes('ResourceNotFoundException') && isNested) {
      await expected(name, elsewhere, 'ResourceNotFoundException');
    }
    for (const [error, status] of [
      ['ThrottlingException', 429],
      ['InternalServerException', 500],
    ]) {
      if (!errors.includes(error)) continue;
      const faults = [{ operation: name, do: { error, status, retryAfter: 3 } }];
      await fetch(`${sandbox.url}/_sandbox/faults`, { method: 'POST', body: JSON.stringify(faults) });
      const answer = await call(name, input);
      if (answer.error !== error || answer.headers.get('retry-after') !== '3') problems.push(`${name}: no ${error}`);
    }
  }
  const { service, network, group, listener, rule } = world;
  const byArn = { serviceIdentifier: service.arn, listenerIdentifier: listener.arn, ruleIdentifier: rule.arn };
  await expected('GetService', { serviceIdentifier: service.arn }, 'AccessDeniedException', '210987654321');
  await expected('UpdateRule', byArn, 'AccessDeniedException', '210987654321');
  await expected('DeleteService', { serviceIdentifier: service.id }, 'ConflictException');
  await expected('DeleteServiceNetwork', { serviceNetworkIdentifier: network.id }, 'ConflictException');
  await expected('DeleteTargetGroup', { targetGroupIdentifier: group.id }, 'ConflictException');
  for (const name of claimed.filter((one) => one.startsWith('Create'))) {
    const input = fineInput(model, name, world);
    await succeed(name, { ...input, clientToken: `${name} 1` });
    await expected(name, { ...input, clientToken: `${name} 2` }, 'ConflictException');
    await succeed(name, { ...input, clientToken: `${name} 1` });
    const other = { ...input, tags: { other: 'tag' }, clientToken: `${name} 1` };
    await expected(name, other, 'ConflictException');
  }
}

/** Every operation that knows an error for quotas gives it, where the account has none. */
async function proveQuotas(claimed, stateFile) {
  const limits = ['serviceNetworksPerRegion', 'servicesPerRegion', 'listenersPerService', 'rulesPerListener'];
  limits.push('targetGroupsPerService', 'targetGroupsPerRegion', 'targetsPerTargetGroup');
  limits.push('serviceAssociationsPerNetwork', 'vpcAssociationsPerNetwork');
  await reset();
  const world = await buildWorld(succeed);
  sandbox.stop();
  sandbox = await startSandbox('--state', stateFile, ...limits.flatMap((name) => ['--limit', `${name}=0`]));
  const toGroup = { forward: { targetGroups: [{ targetGroupIdentifier: world.group.id }] } };
  const more = { UpdateListener: { defaultAction: toGroup }, UpdateRule: { action: toGroup } };
  // There is nothing in these that a quota could be about.
  const without = ['UpdateService', 'UpdateTargetGroup'];
  for (const name of claimed) {
    if (!operations[name].errors.includes('ServiceQuotaExceededException') || without.includes(name)) continue;
    const { error, body } = await call(name, { ...fineInput(model, name, world), ...more[name] });
    if (error !== 'ServiceQuotaExceededException') problems.push(`${name}: ${error ?? 'no error'}: ${body.message}`);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'lattice-api-'));
try {
  const stateFile = join(folder, 'state.json');
  const claimed = Object.keys(operations).filter((name) => !UNCLAIMED.test(name));
  sandbox = await startSandbox('--state', stateFile);
  await proveRoutes(claimed);
  await reset();
  for (const name of claimed) await proveConstraints(name);
  await proveErrors(claimed);
  await proveQuotas(claimed, stateFile);
  const errors = [...tally.errors].map(([name, count]) => `${count} ${name}`).join(', ');
  process.stdout.write(
    `${claimed.length} of ${Object.keys(operations).length} operations, ${tally.trials} values at or beyond a constraint; ${tally.unreachable} lengths that no value of the pattern has; errors in the model's shape: ${errors}\n`,
  );
} finally {
  sandbox?.stop();
  rmSync(folder, { recursive: true, force: true });
}
const shown = [...new Set(problems)];
for (const problem of shown.slice(0, 60)) process.stdout.write(`${problem}\n`);
if (shown.length > 60) process.stdout.write(`… and ${shown.length - 60} more\n`);
process.exitCode = shown.length === 0 ? 0 : 1;
