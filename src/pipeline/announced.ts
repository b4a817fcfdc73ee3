import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { EmitOptions } from '../emitters/emitter.ts';
import type { RoutingModel, VirtualHost } from '../ir/model.ts';
import type { Difference } from '../semantics/equivalence/types.ts';
import type { CodeIndex } from './acceptance.ts';
import { findWithheld } from './affected-hosts.ts';
import { append } from './append.ts';

/** The same with the codes that explain its differences, where none does so yet. */
export function explainAll<Compared extends { readonly differences: readonly Difference[] }>(
  compared: Compared,
  explain: (difference: Difference) => string | undefined,
): Compared {
  const differences = compared.differences.map((one) => {
    const known = one.known ?? explain(one);
    return known === undefined ? one : { ...one, known };
  });
  return { ...compared, differences };
}

/** Findings that were accepted, whatever their rule. */
export function acceptedAs(
  own: readonly Diagnostic[],
  codes: CodeIndex,
): (difference: Difference) => string | undefined {
  const accepted = own.filter((finding) => finding.accepted !== undefined);
  return ({ dimension }) => codeThatChanges(accepted, dimension, codes);
}

/** Findings that the output also takes the requests of others. */
export function widenedBy(
  own: readonly Diagnostic[],
  codes: CodeIndex,
): (difference: Difference) => string | undefined {
  const widened = own.filter(({ region }) => region?.kind === 'other-clients');
  return ({ dimension }) => codeThatChanges(widened, dimension, codes);
}

function codeThatChanges(
  findings: readonly Diagnostic[],
  dimension: Difference['dimension'],
  codes: CodeIndex,
): string | undefined {
  return findings.find(({ code }) => codes.get(code)?.definition.changes?.includes(dimension) === true)?.code;
}

/** By the id of the host: what an error announces need not have reached the model, so nothing there shows it. */
export function acceptedErrors(
  { findings, model, emit }: { findings: readonly Diagnostic[]; model: RoutingModel; emit: EmitOptions },
  hosts: readonly VirtualHost[],
): ReadonlyMap<string, readonly string[]> {
  const errors = findings.filter(
    (finding) => finding.accepted !== undefined && finding.severity === 'error' && !isAboutOther(finding),
  );
  const affected = findWithheld(errors, hosts, model, emit.defaultNamespace);
  return new Map([...affected].map(([id, causes]) => [id, [...new Set(causes.map(({ code }) => code))].sort()]));
}

/** Whether it withholds one host and is about the requests of another. */
function isAboutOther({ affects, region }: Diagnostic): boolean {
  return region?.kind === 'host' && affects.kind === 'hosts' && !affects.ids.includes(region.id);
}

/** Findings by the host whose requests they are about. */
export function byHost(findings: readonly Diagnostic[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>();
  for (const finding of findings) {
    const { affects, region } = finding;
    // What it withholds is not always the host whose requests it is about.
    if (region?.kind === 'host') append(found, region.id, finding);
    else if (affects.kind === 'hosts') for (const id of affects.ids) append(found, id, finding);
  }
  return found;
}
