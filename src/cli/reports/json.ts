import { createHash } from 'node:crypto';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';

/** What every command reports about itself, beside its findings. */
export interface ReportContent {
  readonly command: string;
  readonly version: string;
  readonly exitCode: number;
  readonly summary: Readonly<Record<string, unknown>>;
  readonly result: Readonly<Record<string, unknown>>;
  readonly diagnostics: readonly Diagnostic[];
}

/** The report as one JSON document with a line break at its end; `schemas/output/` describes it. */
export function renderJsonReport({ command, version, exitCode, summary, result, diagnostics }: ReportContent): string {
  const tool = { name: 'latticectl', version };
  const envelope = { schemaVersion: 1, tool, command, exitCode, summary, result, diagnostics: diagnostics.map(toJson) };
  return `${JSON.stringify(envelope, undefined, 2)}\n`;
}

function toJson(diagnostic: Diagnostic): Readonly<Record<string, unknown>> {
  const { code, severity, message, effect, help, origin, witness, related, accepted } = diagnostic;
  return {
    code,
    severity,
    message,
    effect: effect ?? null,
    help: help ?? null,
    ...placeToJson(origin),
    ...(witness === undefined ? {} : { witness }),
    related: related.map((one) => ({ message: one.message, ...placeToJson(one.origin) })),
    fingerprint: fingerprint(diagnostic),
    ...(accepted === undefined ? {} : { accepted }),
  };
}

/** The object, the field in it and its place in the file. */
export function placeToJson(origin: Origin | undefined): Readonly<Record<string, unknown>> {
  const resource = origin?.document.resource;
  return {
    resource:
      resource === undefined
        ? null
        : {
            apiVersion: resource.apiVersion,
            kind: resource.kind,
            namespace: resource.namespace ?? null,
            name: resource.name,
          },
    path: origin?.field ?? null,
    span: origin?.span() ?? null,
  };
}

/** Stays the same while lines move: of the code, the object, the field and the message, never of the place. */
function fingerprint({ code, origin, message }: Diagnostic): string {
  const resource = origin?.document.resource;
  const object =
    resource === undefined ? [] : [resource.apiVersion, resource.kind, resource.namespace ?? '', resource.name];
  return createHash('sha256')
    .update([code, ...object, origin?.field ?? '', message].join('\0'))
    .digest('hex')
    .slice(0, 16);
}
