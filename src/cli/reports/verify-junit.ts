import type { VerifyFlags } from '../flags.ts';
import type { VerifyResult } from '../report-verify.ts';
import { fails, gravityOf, gravityOfDifference, gravityOfUnknown } from '../verify/judge.ts';
import type { ShownDifference } from '../verify/shown-difference.ts';
import { nameOf, type ShownHost } from '../verify/shown-host.ts';
import type { JunitCase } from './junit.ts';

/** The hosts as tests, and what could not be read. */
export function verifyToJunit({ hosts, comparison }: VerifyResult, flags: VerifyFlags): readonly JunitCase[] {
  const unread = comparison.unread.map(({ finding: { message, origin } }): JunitCase => {
    const failure = { message, detail: `${origin?.toString() ?? ''} ${message}` };
    const name = origin?.document.resource?.name ?? 'a part of the input';
    return { classname: 'not read', name, ...(fails(gravityOfUnknown(flags), flags) ? { failure } : {}) };
  });
  return [...hosts.map((host) => toCase(host, flags)), ...unread];
}

function toCase(host: ShownHost, flags: VerifyFlags): JunitCase {
  const one = { classname: 'hosts', name: nameOf(host) };
  if (!fails(gravityOf(host, flags), flags)) return one;
  const failing = host.differences.filter((difference) => fails(gravityOfDifference(difference, flags), flags));
  const dimensions = [...new Set(failing.map(({ dimension }) => dimension))].join(', ');
  const message = failing.length === 0 ? `unknown: ${host.reasons.join('; ')}` : `differs: ${dimensions}`;
  return { ...one, failure: { message, detail: [...failing.flatMap(printDifference), ...host.reasons].join('\n') } };
}

function printDifference({ dimension, request, left, right }: ShownDifference): readonly string[] {
  const headers = Object.entries(request.headers).map(([name, value]) => ` -H '${name}: ${value}'`);
  return [
    `${dimension}: ${request.method} ${request.url}${headers.join('')}`,
    `  before: ${left.text}`,
    `  after: ${right.text}`,
  ];
}
