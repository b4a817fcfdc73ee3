import { expect, test } from 'vitest';
import { defineDiagnostics } from '../../diagnostics/diagnostic.ts';
import { renderJunit } from './junit.ts';

const table = defineDiagnostics('test', {
  odd: { severity: 'error', summary: '', message: ({ text }: { text: string }) => text, accept: 'never' },
});

test('findings that fail the run are errors, whatever stands in them', () => {
  const diagnostics = [table.odd({ text: 'a\u0000<b> & "c"\nd\ud800' }, undefined)];
  const xml = renderJunit({ command: 'trace', suite: 'cases', cases: [], diagnostics, failOn: 'error' });
  expect(xml).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="latticectl trace">
<testsuite name="cases" tests="0" failures="0" errors="0"/>
<testsuite name="input" tests="1" failures="0" errors="1">
<testcase classname="input" name="test/odd">
<error message="a?&lt;b&gt; &amp; &quot;c&quot;&#10;d?">a?&lt;b&gt; &amp; &quot;c&quot;&#10;d?</error>
</testcase>
</testsuite>
</testsuites>
`);
});

test('what does not fail the run is no test case', () => {
  const xml = renderJunit({ command: 'trace', suite: 'cases', cases: [], diagnostics: [], failOn: 'error' });
  expect(xml).not.toContain('testcase');
});
