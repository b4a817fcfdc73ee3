import { sortByAge } from './age.ts';
import type { BuildContext } from './build-context.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import type { Placed, VirtualServiceDraft } from './draft.ts';
import { compareSpecificity, completeHost, hostCovers, serviceHost } from './hosts.ts';

/** A VirtualService that decides what clients of the mesh meet at a host. */
export interface Claim {
  /** Completed, never a wildcard. */
  readonly host: string;
  readonly draft: VirtualServiceDraft;
  readonly written: Placed<string>;
  readonly hostIndex: number;
}

/** Who decides for a host: for clients of some namespaces by name, and for all others. */
export interface HostClaims {
  readonly host: string;
  all?: Claim;
  readonly byNamespace: Map<string, Claim>;
}

/**
 * Finds the VirtualService of each host of the mesh. There is no merging: the first one in Istio's order has the host,
 * a named host before a wildcard, one that is exported to the client's namespace before one that is public.
 */
export function claimMeshHosts(
  services: readonly VirtualServiceDraft[],
  external: Iterable<string>,
  context: BuildContext,
): readonly HostClaims[] {
  const hosts = new Map<string, HostClaims>();
  const candidates = new Map<string, Candidate[]>();
  const registered = new Registered(external, context);
  for (const candidate of services.flatMap((draft) => claimsOf(draft, registered, context))) {
    const same = candidates.get(candidate.claim.host);
    if (same === undefined) candidates.set(candidate.claim.host, [candidate]);
    else same.push(candidate);
  }
  for (const { claim } of [...candidates.values()].flatMap(inOrder)) {
    const claims: HostClaims = hosts.get(claim.host) ?? { host: claim.host, byNamespace: new Map() };
    hosts.set(claim.host, claims);
    const { exportTo, namespace } = claim.draft;
    if (exportTo.length === 0 || exportTo.includes('*')) {
      if (claims.all === undefined) claims.all = claim;
      else reportShadowed(claim, claims.all, context);
      continue;
    }
    for (const name of new Set(exportTo.map((one) => (one === '.' ? namespace : one)))) {
      const winner = claims.byNamespace.get(name);
      if (winner === undefined) claims.byNamespace.set(name, claim);
      else reportShadowed(claim, winner, context);
    }
  }
  return [...hosts.values()];
}

/** Named hosts before wildcards; among equally specific ones Istio's order, which only the objects of this host decide. */
function inOrder(candidates: readonly Candidate[]): readonly Candidate[] {
  if (candidates.length < 2) return candidates;
  const aged = sortByAge(candidates.map((one) => ({ ...one, ...one.claim.draft })));
  return [...aged].sort((left, right) => compareWildcards(left.pattern, right.pattern));
}

interface Candidate {
  readonly pattern: string;
  readonly claim: Claim;
}

/** The hosts that the mesh knows by name: those of the Services and of the ServiceEntries of the input. */
class Registered {
  readonly #external: Iterable<string>;
  readonly #context: BuildContext;
  #names: readonly string[] | undefined;

  constructor(external: Iterable<string>, context: BuildContext) {
    this.#external = external;
    this.#context = context;
  }

  /** Those that a wildcard takes, in the order of their names. */
  within(pattern: string): readonly string[] {
    this.#names ??= this.#collect();
    return this.#names.filter((host) => hostCovers(pattern, host));
  }

  #collect(): readonly string[] {
    const { facts, clusterDomain } = this.#context;
    const services = [...facts.services.values()].map(({ namespace, name }) =>
      serviceHost({ namespace, service: name }, clusterDomain),
    );
    const entries = [...this.#external].filter((host) => !host.startsWith('*'));
    return [...new Set([...services, ...entries])].sort();
  }
}

function claimsOf(
  draft: VirtualServiceDraft,
  registered: Registered,
  { report, clusterDomain, indexes }: BuildContext,
): readonly Candidate[] {
  if (draft.gateways.length > 0 && !draft.gateways.some(({ value }) => value === 'mesh')) return [];
  if (draft.http.length === 0) return [];
  return draft.hosts.flatMap((written, position) => {
    const pattern = completeHost(written.value, draft.namespace, clusterDomain);
    const toCandidate = (host: string): Candidate => ({
      pattern,
      claim: { host, draft, written, hostIndex: indexes.of(draft, host, position) },
    });
    if (!pattern.startsWith('*')) return [toCandidate(pattern)];
    if (pattern === '*') {
      report(d['mesh-wildcard-host']({}, written.origin, { affects: { kind: 'none' } }));
      return [];
    }
    const covered = registered.within(pattern);
    if (covered.length === 0) {
      report(d['no-service-for-wildcard']({ host: written.value }, written.origin, { affects: { kind: 'none' } }));
    }
    return covered.map(toCandidate);
  });
}

/** Named hosts before wildcards, longer wildcards before shorter ones; all names are equal. */
function compareWildcards(left: string, right: string): number {
  if (!left.startsWith('*') && !right.startsWith('*')) return 0;
  return left === right ? 0 : compareSpecificity(left, right);
}

function reportShadowed(claim: Claim, winner: Claim, { report }: BuildContext): void {
  // A wildcard that gives way to a more specific host is meant to.
  if (claim.draft === winner.draft || claim.written.value.startsWith('*')) return;
  const name = `${winner.draft.namespace}/${winner.draft.source.name}`;
  const related = [{ message: 'claimed here', origin: winner.written.origin }];
  const args = { host: claim.host, winner: name };
  const { origin } = claim.written;
  if (areDated(winner.draft, claim.draft)) {
    report(d['shadowed-virtual-service'](args, origin, { affects: { kind: 'none' }, related }));
    return;
  }
  const names = [claim.written.value, winner.written.value, claim.host];
  report(d['mesh-host-claimed-twice'](args, origin, { affects: { kind: 'hostnames', names }, related }));
}

/** Whether the input says which of two objects is older. */
function areDated({ source: first }: VirtualServiceDraft, { source: second }: VirtualServiceDraft): boolean {
  return first.created !== undefined && second.created !== undefined;
}
