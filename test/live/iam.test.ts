import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { redact } from '../../src/lattice/aws/aws-error.ts';
import { shapes } from '../../src/lattice/aws/shapes.ts';

test('the policy of docs/iam.md allows the calls that are made, and no others', () => {
  const block = /```json\n([\s\S]*?)```/.exec(readFileSync('docs/iam.md', 'utf8'))?.[1] ?? '';
  const actions = JSON.parse(block).Statement[0].Action;
  expect(actions).toEqual(
    Object.keys(shapes)
      .map((name) => `vpc-lattice:${name}`)
      .sort(),
  );
});

test('what may be a credential is taken out of messages', () => {
  const message =
    'AKIAIOSFODNN7EXAMPLE X-Amz-Security-Token=abc/def+1&x Authorization: AWS4-HMAC https://user:secret@proxy:8080 Signature=0a1b';
  expect(redact(message)).not.toMatch(/AKIAIOSF|abc\/def|AWS4-HMAC|secret|0a1b/);
});
