import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { LiveResource } from '../../lattice/live-state.ts';
import { describeOwner, STACK_TAG } from '../../lattice/owner.ts';
import type { Plan, Problem } from '../../lattice/plan/plan-types.ts';
import { parentOf, type WantedState } from '../../lattice/wanted-state.ts';
import { liveDiagnostics } from './diagnostics.ts';

/** What stands in the way of a plan, as findings at the places of the input that are concerned. */
export function toFindings({ problems, blocked }: Plan, { resources, stack }: WantedState): readonly Diagnostic[] {
  const parents = new Map(resources.map(({ key, resource }) => [key, parentOf(resource)]));
  const isBelow = (key: string, above: string): boolean => {
    if (key === above) return true;
    const parent = parents.get(key);
    return parent !== undefined && isBelow(parent, above);
  };
  return problems.map((problem) => {
    if (problem.kind === 'intruder') {
      const { key, owner, priority } = problem.by;
      const args = { key, owner: describeOwner(owner), priority, help: helpForIntruder(problem.by) };
      return liveDiagnostics.intruder(args, undefined);
    }
    const { key, source } = problem.change;
    if (problem.kind === 'missing') return liveDiagnostics.missing({ what: problem.what }, source);
    if (problem.kind === 'protected')
      return liveDiagnostics.protected({ key: problem.by.key, reason: problem.reason }, source);
    if (problem.kind === 'claimed') {
      const { what, key: holder } = problem.holder;
      const owner = problem.owner ?? { kind: 'untagged' };
      const args = { what, key, holder, owner: describeOwner(owner), isOurs: owner.kind === 'ours' };
      return liveDiagnostics.claimed(args, source);
    }
    const { by } = problem;
    const owner = describeOwner(by.owner);
    if (problem.kind === 'not-ours') {
      const args = { key: by.key, owner, what: problem.what.map((name) => `serviceNetwork.${name}`) };
      return liveDiagnostics['not-ours'](args, source);
    }
    const left = blocked.filter((one) => isBelow(one, key)).length;
    return liveDiagnostics['name-taken']({ key: by.key, owner, left, help: helpFor(problem, stack) }, source);
  });
}

function helpFor({ by, reason }: Extract<Problem, { kind: 'name-taken' }>, stack: string): string {
  if (reason !== undefined) return `It cannot be adopted: ${reason}. Choose another name in the settings.`;
  switch (by.owner.kind) {
    case 'untagged':
      return `If it is yours, mark it as one of the stack: aws vpc-lattice tag-resource --resource-arn ${by.arn} --tags ${STACK_TAG}=${stack}; else choose another name in the settings.`;
    case 'stack':
      return `Choose another name in the settings; if the stack ${by.owner.stack} is no more, set the tag ${STACK_TAG} of ${by.arn} to ${stack}.`;
    case 'controller':
      return 'Take the route out of the cluster first, or choose another name in the settings (hosts.HOST.serviceName).';
    default:
      return 'Choose another name in the settings.';
  }
}

/** Nothing of a stack is deleted that others may need, so it takes somebody who knows. */
function helpForIntruder({ kind, owner, arn }: LiveResource): string {
  if (owner.kind === 'stack') return `Take it out where the stack ${owner.stack} is described.`;
  // The controller deletes rules that it does not know in a service that it runs.
  if (owner.kind === 'controller')
    return 'Take the route out of the cluster, so that only one of the two runs the service.';
  const [, service = '', listener = '', rule = ''] =
    /:service\/([^/]+)\/listener\/([^/]+)(?:\/rule\/([^/]+))?$/.exec(arn) ?? [];
  const place = `--service-identifier ${service} --listener-identifier ${listener}`;
  const command = kind === 'Rule' ? `delete-rule ${place} --rule-identifier ${rule}` : `delete-listener ${place}`;
  return `If its requests are to be served so, write that into the input. Then, or if nobody needs it, delete it yourself: aws vpc-lattice ${command}`;
}
