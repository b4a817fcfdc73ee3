import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readFaults } from '../../src/sandbox/faults.ts';
import { operations } from '../../src/sandbox/model/operations.ts';
import { quotas } from '../../src/sandbox/quotas.ts';
import { openSandbox } from './harness.ts';

const page = readFileSync(new URL('../../docs/sandbox.md', import.meta.url), 'utf8');
const section = (title: string) => page.slice(page.indexOf(`# ${title}\n`)).split(/\n#+ /)[0] ?? '';

test('the page has the faults that are read', () => {
  const example = /```json\n([\s\S]*?)```/.exec(section('Faults'))?.[1] ?? '';
  expect(readFaults(JSON.parse(example))).toHaveLength(3);
});

test('the page has every quota with its value', () => {
  const named = [...section('Quotas').matchAll(/`(\w+)`(?: is)?\s+(\d+)/g)].map(([, name, value]) => [
    name,
    Number(value),
  ]);
  expect(Object.fromEntries(named)).toEqual(
    Object.fromEntries(Object.entries(quotas).map(([name, { value }]) => [name, value])),
  );
});

test('the page has the number of calls and the kinds of the dump', async () => {
  expect(section('What is modelled')).toContain(`${Object.keys(operations).length} calls:`);
  const { dump } = await openSandbox();
  const kinds = /Kinds of the dump: ([^.]+)\./.exec(page)?.[1] ?? '';
  expect([...kinds.matchAll(/\w+/g)].map(([kind]) => kind)).toEqual(Object.keys(await dump()));
});

test('the calls of the page are answered', async () => {
  const { url } = await openSandbox();
  const commands = [...page.matchAll(/^curl -s (http\S+)(?: -d '(.+)')?$/gm)];
  expect(commands.length).toBeGreaterThan(2);
  for (const [command, at = '', body] of commands) {
    const here = at.replace('http://127.0.0.1:8421', url);
    const response = await fetch(here, body === undefined ? {} : { method: 'POST', body });
    expect(response.ok, command).toBe(true);
  }
});
