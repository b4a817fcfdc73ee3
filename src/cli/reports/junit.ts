import type { Diagnostic, Severity } from '../../diagnostics/diagnostic.ts';
import { reaches } from '../../pipeline/severity.ts';
import { type CaseResult, printMismatch } from '../cases/run-cases.ts';

/** One test of a JUnit report. */
export interface JunitCase {
  readonly classname: string;
  readonly name: string;
  /** Absent where it passes. */
  readonly failure?: { readonly message: string; readonly detail: string };
}

interface JunitReport {
  /** The command. */
  readonly command: string;
  readonly suite: string;
  readonly cases: readonly JunitCase[];
  readonly diagnostics: readonly Diagnostic[];
  readonly failOn: Severity;
}

/** Tests as JUnit XML. Findings that fail the run are errors of a suite of their own. */
export function renderJunit({ command, suite: name, cases, diagnostics, failOn }: JunitReport): string {
  const tests = cases.map(({ failure, ...one }) => {
    const body = failure === undefined ? '' : element('failure', { message: failure.message }, text(failure.detail));
    return element('testcase', one, body);
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
  const failures = cases.filter(({ failure }) => failure !== undefined).length;
  const suites = [suite(name, tests, { failures })];
  if (findings.length > 0) suites.push(suite('input', findings, { errors: findings.length }));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { name: `latticectl ${command}` }, suites.join(''))}`;
}

/** The cases of `--cases` as tests. */
export function casesToJunit(file: string, results: readonly CaseResult[]): readonly JunitCase[] {
  return results.map(({ case: { name, request }, mismatches }) => {
    const lines = mismatches.map(printMismatch);
    const detail = [`${request.method} ${request.url}`, ...lines].join('\n');
    return { classname: file, name, ...(lines.length === 0 ? {} : { failure: { message: lines.join('; '), detail } }) };
  });
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
