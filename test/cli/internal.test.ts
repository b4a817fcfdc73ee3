import { expect, test } from 'vitest';
import { runCli } from './fake-world.ts';

test('a translation that breaks down is a finding of ours and ends with 1', async () => {
  // No stream gives such bytes; they stand for any mistake inside of the translation.
  const stdin: Uint8Array = Object.create(Uint8Array.prototype, { length: { value: 1 } });
  const { exitCode, stdout, stderr } = await runCli(['convert', '-'], { cwd: '/', stdin });
  expect(exitCode).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain('error[internal/pass-failed]');
});
