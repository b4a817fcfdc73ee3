import type { Coverage } from '../../semantics/equivalence/coverage.ts';
import type { VerifyFlags } from '../flags.ts';
import type { VerifyResult } from '../report-verify.ts';
import { gravityOf, gravityOfDifference } from '../verify/judge.ts';
import type { ShownDifference, ShownSide } from '../verify/shown-difference.ts';
import type { ShownHost } from '../verify/shown-host.ts';
import { placeToJson } from './json.ts';
import { outcomeToJson } from './trace-json.ts';

type Plain = Readonly<Record<string, unknown>>;

/** `summary` and `result` of a comparison. */
export function verifyToJson(
  { comparison, hosts }: VerifyResult,
  flags: VerifyFlags,
): { summary: Plain; result: Plain } {
  const countOf = (verdict: string) => hosts.filter((one) => one.verdict === verdict).length;
  const graveOf = (gravity: string) => hosts.filter((one) => gravityOf(one, flags) === gravity).length;
  return {
    summary: {
      hosts: hosts.length,
      equal: countOf('equal'),
      differs: countOf('differs'),
      unknown: countOf('unknown'),
      errors: graveOf('error'),
      warnings: graveOf('warning'),
    },
    result: {
      verdict: comparison.verdict,
      hosts: hosts.map((host) => hostToJson(host, flags)),
      coverage: { left: coverageToJson(comparison.coverage.left), right: coverageToJson(comparison.coverage.right) },
      unread: comparison.unread.map(({ finding: { code, message, origin } }) => ({
        code,
        message,
        ...placeToJson(origin),
      })),
    },
  };
}

function hostToJson(host: ShownHost, flags: VerifyFlags): Plain {
  const { port, verdict, dimensions, differences, reasons, sampled, clientChanges, holds } = host;
  // What a person should see first: the gravest, in the order of the dimensions.
  const witness =
    differences.find((one) => gravityOfDifference(one, flags) === 'error') ?? differences.find(() => true);
  return {
    host: host.host,
    port: port ?? null,
    verdict,
    severity: gravityOf(host, flags) ?? null,
    dimensions,
    ...(witness === undefined ? {} : { witness: witnessToJson(witness) }),
    ...(reasons.length === 0 ? {} : { reason: reasons.join('; '), sampled }),
    ...(holds === undefined ? {} : { reading: holds }),
    differences: differences.map((one) => ({
      dimension: one.dimension,
      gravity: one.gravity,
      severity: gravityOfDifference(one, flags),
      known: one.known ?? null,
      reading: one.reading ?? null,
      conditions: one.conditions ?? [],
      ...witnessToJson(one),
    })),
    clientChanges,
  };
}

function witnessToJson({ request, left, right }: ShownDifference): Plain {
  return { request, left: sideToJson(left), right: sideToJson(right) };
}

function sideToJson({ text, outcome, origins: [first, ...others] }: ShownSide): Plain {
  return {
    text,
    outcome: outcome === undefined ? null : outcomeToJson(outcome),
    origin: first === undefined ? null : placeToJson(first),
    ...(others.length === 0 ? {} : { others: others.map(placeToJson) }),
  };
}

function coverageToJson({ rules, unreached }: Coverage): Plain {
  return { rules, unreached: unreached.map(({ origin, host }) => ({ host, ...placeToJson(origin) })) };
}
