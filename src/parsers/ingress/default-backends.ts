import { findOlder } from './age.ts';
import type { Target } from './backends.ts';
import type { Claim, ClaimContext } from './claims.ts';
import { ingressDiagnostics as d } from './diagnostics.ts';
import { ANY_HOST, type BackendDraft, type IngressDraft } from './draft.ts';

/** The backend of requests that no rule takes. */
export interface DefaultBackend {
  readonly ingress: IngressDraft;
  readonly draft: BackendDraft;
  readonly target: Target;
}

/** Which default backend answers for a host, if any. */
export interface DefaultBackends {
  readonly of: (host: string) => DefaultBackend | undefined;
  /** Whether a host that no rule names is answered. */
  readonly takesAll: boolean;
  /** Those that may answer for some host. */
  readonly chosen: readonly DefaultBackend[];
}

/**
 * By the specification one default backend answers for every host of the class. ingress-nginx takes it for the hosts
 * that its Ingress was the first to name, and for all other hosts only if that Ingress has no rules.
 */
export function findDefaultBackends(ingresses: readonly IngressDraft[], context: ClaimContext): DefaultBackends {
  const all = ingresses.flatMap((ingress): readonly DefaultBackend[] => {
    const { defaultBackend: draft } = ingress;
    if (draft === undefined) return [];
    const target = context.backends.resolve(draft, ingress, { kind: 'ingress', key: ingress.key });
    return target === undefined ? [] : [{ ingress, draft, target }];
  });
  if (context.dialect !== 'nginx') {
    const chosen = chooseOne(all, context);
    return { of: () => chosen, takesAll: chosen !== undefined, chosen: chosen === undefined ? [] : [chosen] };
  }
  const catchAll = chooseOne(
    all.filter(({ ingress }) => ingress.rules.length === 0),
    context,
  );
  const byIngress = new Map<IngressDraft | undefined, DefaultBackend>(all.map((one) => [one.ingress, one]));
  const firstOf = new Map<string, IngressDraft>();
  for (const ingress of ingresses) {
    for (const { host } of ingress.rules) if (!firstOf.has(host)) firstOf.set(host, ingress);
  }
  return {
    of: (host) => (host === ANY_HOST ? catchAll : undefined) ?? byIngress.get(firstOf.get(host)),
    takesAll: catchAll !== undefined,
    chosen: all.filter((one) => one === catchAll || one.ingress.rules.length > 0),
  };
}

function chooseOne(
  all: readonly DefaultBackend[],
  { className, findings, dialect }: ClaimContext,
): DefaultBackend | undefined {
  const [first, ...others] = all;
  if (first === undefined) return undefined;
  const rivals = others.filter(({ target }) => target.name !== first.target.name);
  if (rivals.length === 0) return first;
  const report = findings.about({ kind: 'class', className });
  const aged = dialect !== 'alb' && all.every(({ ingress }) => ingress.source.created !== undefined);
  const winner = aged
    ? all.reduce((best, one) => (findOlder(best.ingress, one.ingress) === best.ingress ? best : one))
    : first;
  const losers = all.filter(({ target }) => target.name !== winner.target.name);
  if (!aged) {
    const related = losers.map(({ draft }) => ({ message: 'another one', origin: draft.origin }));
    const targets = [...new Set(all.map(({ target }) => target.name))];
    report(d['several-default-backends']({ className, targets }, winner.draft.origin, { related }));
    return winner;
  }
  for (const { target, draft } of losers) {
    const args = { winner: winner.target.name, loser: target.name, older: winner.ingress.key };
    report(d['default-backend-taken'](args, draft.origin));
  }
  return winner;
}

/** The rule of a default backend, below all others of a host. */
export function toDefaultClaim({ ingress, draft, target }: DefaultBackend, host: string): Claim {
  return {
    ingress,
    host,
    path: { origin: draft.origin, path: '/', pathType: 'Prefix' },
    index: ingress.rules.reduce((sum, { paths }) => sum + paths.length, 0),
    predicate: { kind: 'any' },
    target,
    origin: draft.origin,
  };
}
