import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { redact, toLiveError } from '../../src/lattice/aws/aws-error.ts';
import { shapes } from '../../src/lattice/aws/shapes.ts';
import { openSandbox } from '../sandbox/harness.ts';
import { createStack } from './create-stack.ts';
import { planAgainst } from './plan-against.ts';
import { wanted } from './wanted.ts';

/** The actions of the policy in docs/iam.md. */
function allowed(): readonly string[] {
  const block = /```json\n([\s\S]*?)```/.exec(readFileSync('docs/iam.md', 'utf8'))?.[1] ?? '';
  return JSON.parse(block).Statement[0].Action;
}

test('the policy of docs/iam.md allows the calls that can be made, and no others', () => {
  const actions = Object.keys(shapes).map((name) => `vpc-lattice:${name}`);
  expect(allowed()).toEqual(actions.sort());
});

test('a diff of a stack with every kind of resource needs all of it', async () => {
  const { url, client, calls } = await openSandbox();
  await createStack(client, wanted);
  await planAgainst(url, wanted);
  const made = Object.keys(await calls()).filter((name) => /^(?:Get|List)/.test(name));
  expect(made.map((name) => `vpc-lattice:${name}`).sort()).toEqual(allowed());
});

test('a region that nothing names is asked for', () => {
  const refusal = Object.assign(new Error('UnknownError'), { $metadata: { httpStatusCode: 403 } });
  expect(toLiveError('ListServices', refusal).message).toContain('UnknownError (status 403)');
  const error = toLiveError('ListTargetGroups', new Error('Region is missing'));
  expect(error.message).toBe('no AWS region: name one with --region, in the settings, or in AWS_REGION');
});

test('what may be a credential is taken out of messages', () => {
  const message =
    'AKIAIOSFODNN7EXAMPLE X-Amz-Security-Token=abc/def+1&x Authorization: AWS4-HMAC https://user:secret@proxy:8080 Signature=0a1b';
  expect(redact(message)).not.toMatch(/AKIAIOSF|abc\/def|AWS4-HMAC|secret|0a1b/);
});
