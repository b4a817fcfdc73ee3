import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { describeOwner } from '../../lattice/owner.ts';
import type { Plan, Problem } from '../../lattice/plan/plan-types.ts';
import { parentOf, type WantedState } from '../../lattice/wanted-state.ts';
import { liveDiagnostics } from './diagnostics.ts';

/** What stands in the way of a plan, as findings at the places of the input that are concerned. */
export function toFindings({ problems, blocked }: Plan, { resources }: WantedState): readonly Diagnostic[] {
  const parents = new Map(resources.map(({ key, resource }) => [key, parentOf(resource)]));
  const isBelow = (key: string, above: string): boolean => {
    if (key === above) return true;
    const parent = parents.get(key);
    return parent !== undefined && isBelow(parent, above);
  };
  return problems.map((problem) => {
    if (problem.kind === 'intruder') {
      const { key, owner, priority } = problem.by;
      return liveDiagnostics.intruder({ key, owner: describeOwner(owner), priority }, undefined);
    }
    const { key, source } = problem.change;
    if (problem.kind === 'missing') return liveDiagnostics.missing({ what: problem.what }, source);
    if (problem.kind === 'protected')
      return liveDiagnostics.protected({ key: problem.by.key, reason: problem.reason }, source);
    const { by } = problem;
    const owner = describeOwner(by.owner);
    if (problem.kind === 'not-ours') {
      const args = { key: by.key, owner, what: problem.what.map((name) => `serviceNetwork.${name}`) };
      return liveDiagnostics['not-ours'](args, source);
    }
    const left = blocked.filter((one) => isBelow(one, key)).length;
    return liveDiagnostics['name-taken']({ key: by.key, owner, left, help: helpFor(problem) }, source);
  });
}

function helpFor({ by, reason }: Extract<Problem, { kind: 'name-taken' }>): string {
  if (reason !== undefined) return `It cannot be adopted: ${reason}. Choose another name in the settings.`;
  switch (by.owner.kind) {
    case 'untagged':
      return `If it is yours, add it to the stack with latticectl apply --adopt ${by.id}; else choose another name in the settings.`;
    case 'stack':
      return `If the stack ${by.owner.stack} is no more, take it over with latticectl apply --take-over ${by.owner.stack}.`;
    case 'controller':
      return 'Take the route out of the cluster first, or choose another name in the settings (hosts.HOST.serviceName).';
    default:
      return 'Choose another name in the settings.';
  }
}
