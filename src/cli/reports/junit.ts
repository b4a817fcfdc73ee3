import type { Diagnostic, Severity } from '../../diagnostics/diagnostic.ts';
import { reaches } from '../../pipeline/severity.ts';
import type { CaseResult } from '../cases/run-cases.ts';

interface CasesRun {
  readonly file: string;
  readonly results: readonly CaseResult[];
}

/** The cases as JUnit XML, one test case each. Findings that fail the run are errors of a suite of their own. */
export function renderJunit(run: CasesRun | undefined, diagnostics: readonly Diagnostic[], failOn: Severity): string {
  const cases = (run?.results ?? []).map(({ case: { name, request }, mismatches }) => {
    const detail = mismatches.map(({ what, expected, met }) => `${what}: expected ${expected}, met ${met}`).join('\n');
    const body =
      detail === ''
        ? ''
        : element(
            'failure',
            { message: detail.replaceAll('\n', '; ') },
            text(`${request.method} ${request.url}\n${detail}`),
          );
    return element('testcase', { classname: run?.file ?? '', name }, body);
  });
  const failing = diagnostics.filter((finding) => reaches(finding, failOn));
  const findings = failing.map(({ code, message, origin }) => {
    const place = origin === undefined ? '' : `${origin.toString()}: `;
    return element(
      'testcase',
      { classname: 'input', name: code },
      element('error', { message }, text(place + message)),
    );
  });
  const suites = [suite('cases', cases, { failures: countFailed(run) })];
  if (findings.length > 0) suites.push(suite('input', findings, { errors: findings.length }));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { name: 'latticectl trace' }, suites.join(''))}`;
}

function countFailed(run: CasesRun | undefined): number {
  return run?.results.filter(({ mismatches }) => mismatches.length > 0).length ?? 0;
}

function suite(
  name: string,
  cases: readonly string[],
  { failures = 0, errors = 0 }: { readonly failures?: number; readonly errors?: number },
): string {
  return element('testsuite', { name, tests: cases.length, failures, errors }, cases.join(''));
}

function element(name: string, attributes: Readonly<Record<string, string | number>>, body: string): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  const open = `<${name}${written.join('')}`;
  if (body === '') return `${open}/>\n`;
  return body.startsWith('<') ? `${open}>\n${body}</${name}>\n` : `${open}>${body}</${name}>\n`;
}

function text(content: string): string {
  return escapeXml(content);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
  '\r': '&#13;',
};

/** What XML 1.0 cannot hold at all becomes a question mark. */
function escapeXml(content: string): string {
  return content
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '?')
    .replace(/[&<>"\n\t\r]/g, (sign) => ENTITIES[sign] ?? sign);
}
