import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { RoutingModel } from '../ir/model.ts';
import { findWithheld } from '../pipeline/affected-hosts.ts';
import { roleOf } from '../pipeline/compare/finding-role.ts';
import { codes } from '../registry.ts';
import type { Trace } from '../semantics/trace/trace.ts';
import { printResource } from './render/diagnostics.ts';

/**
 * What findings of reading mean for the answer to a request. Losses of a conversion mean nothing; what the model does not
 * hold is a warning, since the request may meet it, and the answer stands beside it.
 */
export function findingsOfTrace(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.flatMap((finding): readonly Diagnostic[] => {
    const role = roleOf(finding, codes);
    if (role === 'input') return [finding];
    if (role === 'none') return finding.severity === 'error' ? [] : [finding];
    const { effect: _, help: __, ...rest } = finding;
    const resource = finding.origin?.document.resource;
    const name = resource === undefined ? 'it' : printResource(resource);
    const message = role === 'access' ? `${name} decides who gets in, which is not evaluated here` : finding.message;
    return [{ ...rest, severity: 'warning', message }];
  });
}

/** Those that say what is not read of a host that answers: whoever reads the answer has to see them. */
export function findingsAbout(
  traces: readonly Trace[],
  models: readonly RoutingModel[],
  diagnostics: readonly Diagnostic[],
  defaultNamespace: string,
): readonly Diagnostic[] {
  const unread = diagnostics.filter((finding) => ['access', 'unread'].includes(roleOf(finding, codes)));
  const found = traces.flatMap(({ answers }, side) => {
    const model = models[side];
    const ids = new Set(answers.map(({ hostId }) => hostId));
    const hosts = model?.virtualHosts.filter(({ id }) => ids.has(id)) ?? [];
    if (model === undefined || hosts.length === 0) return [];
    return [...findWithheld(unread, hosts, model, defaultNamespace).values()].flat();
  });
  return findingsOfTrace([...new Set(found)]);
}
