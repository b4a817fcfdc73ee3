import type { Witness } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import type { PathPredicate } from '../../ir/predicates.ts';
import { findOlder } from './age.ts';
import type { Backends, Target } from './backends.ts';
import type { ControllerDialect } from './controller.ts';
import { ingressDiagnostics as d } from './diagnostics.ts';
import type { IngressDraft, PathDraft, RuleDraft } from './draft.ts';
import type { Findings } from './findings.ts';
import { exampleHost } from './hosts.ts';
import { printPath, toPathPredicate } from './paths.ts';

/** A path of a host that an Ingress lays claim to. */
export interface Claim {
  readonly ingress: IngressDraft;
  readonly host: string;
  readonly path: PathDraft;
  /** Where it stands among the paths of its Ingress. */
  readonly index: number;
  readonly predicate: PathPredicate;
  readonly target: Target;
  readonly origin: Origin;
}

export interface ClaimContext {
  readonly className: string;
  readonly dialect: ControllerDialect;
  readonly backends: Backends;
  readonly findings: Findings;
}

/** The paths of all Ingresses of a class, in the order in which its controller looks at them. */
export function collectClaims(ingresses: readonly IngressDraft[], context: ClaimContext): readonly Claim[] {
  return ingresses.flatMap((ingress) => {
    let index = 0;
    return ingress.rules.flatMap((rule) => {
      const numbered = rule.paths.map((path) => ({ path, index: index++ }));
      const ordered = context.dialect === 'alb' ? numbered.sort((a, b) => compareAlb(a.path, b.path)) : numbered;
      return ordered.flatMap(({ path, index: at }) => toClaim(ingress, rule, path, at, context));
    });
  });
}

function toClaim(
  ingress: IngressDraft,
  { host }: RuleDraft,
  path: PathDraft,
  index: number,
  { className, dialect, backends, findings }: ClaimContext,
): readonly Claim[] {
  const concern = { kind: 'host', className, host } as const;
  const predicate = toPathPredicate(path, dialect, findings.about(concern));
  const target = path.backend === undefined ? undefined : backends.resolve(path.backend, ingress, concern);
  if (predicate === undefined || target === undefined) return [];
  return [{ ingress, host, path, index, predicate, target, origin: path.origin }];
}

/** The AWS controller sorts the paths of one rule: exact ones, then prefixes from long to short, then patterns. */
function compareAlb(left: PathDraft, right: PathDraft): number {
  const rank = ({ pathType }: PathDraft) => (pathType === 'Exact' ? 0 : pathType === 'Prefix' ? 1 : 2);
  const byLength = left.pathType === 'Prefix' ? right.path.length - left.path.length : 0;
  return rank(left) - rank(right) || byLength;
}

/**
 * Leaves one claim for each path of a host and names the others. Between Ingresses the older one wins; where their age
 * is not known nothing says which of them answers today.
 */
export function settleClaims(
  claims: readonly Claim[],
  hosts: ReadonlySet<string>,
  { className, dialect, findings }: ClaimContext,
): readonly Claim[] {
  const winners = new Map<string, Claim>();
  for (const claim of claims) {
    const key = `${claim.host} ${JSON.stringify(claim.predicate)}`;
    const first = winners.get(key);
    if (first === undefined) {
      winners.set(key, claim);
      continue;
    }
    const same = first.ingress === claim.ingress;
    const older = same || dialect === 'alb' ? undefined : findOlder(first.ingress, claim.ingress);
    const [winner, loser] = older === claim.ingress ? [claim, first] : [first, claim];
    winners.set(key, winner);
    if (winner.target.name === loser.target.name) continue;
    const report = findings.about({ kind: 'host', className, host: claim.host });
    const related = [{ message: 'the other one', origin: winner.origin }];
    const args = { path: printPath(loser.path), winner: winner.target.name, loser: loser.target.name };
    if (same) report(d['path-repeated'](args, loser.origin, { related }));
    else if (older !== undefined)
      report(d['path-taken']({ ...args, older: winner.ingress.key }, loser.origin, { related }));
    else {
      const extras = { related, witness: conflictWitness(winner, loser, hosts) };
      report(d['conflicting-paths']({ ...args, first: winner.ingress.key }, loser.origin, extras));
    }
  }
  const kept = new Set(winners.values());
  return claims.filter((claim) => kept.has(claim));
}

function conflictWitness(winner: Claim, loser: Claim, hosts: ReadonlySet<string>): Witness {
  const path = winner.path.path.replace(/\*$/, '') || '/';
  return {
    request: { method: 'GET', url: `http://${exampleHost(winner.host, hosts)}${path}`, headers: {} },
    before: `${winner.target.name} or ${loser.target.name}`,
    after: winner.target.name,
  };
}
