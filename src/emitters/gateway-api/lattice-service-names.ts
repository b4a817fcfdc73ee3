import { settingsOf } from '../host-settings.ts';
import { latticeDiagnostics } from '../lattice-diagnostics.ts';
import { NAME_LENGTHS } from '../lattice-limits.ts';
import { compareText } from '../manifest.ts';
import { isLatticeServiceName, latticeServiceName, slug, withHash } from '../names.ts';
import { resolveNamespace } from '../namespaces.ts';
import type { EmitContext } from './emit-context.ts';
import type { LatticeRoute } from './plan-lattice-routes.ts';

const OVERRIDE = 'application-networking.k8s.aws/service-name-override';

/** What the Lattice service of a route is called, and the annotation that makes it so. */
export interface LatticeServiceName {
  readonly name: string;
  readonly override: string | undefined;
}

/**
 * The controller cuts the names of route and namespace and adds no hash, so two routes may claim one Lattice service.
 * The first by namespace and name keeps the controller's name; the others, and names that the API refuses, get one
 * with a hash. A name of the settings, or of the object itself, stands.
 */
export function nameLatticeServices(
  routes: readonly LatticeRoute[],
  { options, findings }: EmitContext,
): ReadonlyMap<LatticeRoute, LatticeServiceName> {
  const named = new Map<LatticeRoute, LatticeServiceName>();
  const taken = new Set<string>();
  const unnamed: LatticeRoute[] = [];
  for (const route of routes) {
    const wish = settingsOf(route.first.host, options).serviceName ?? annotated(route);
    if (wish === undefined) unnamed.push(route);
    else {
      named.set(route, { name: wish, override: wish });
      taken.add(wish);
    }
  }
  const key = ({ namespace, name }: LatticeRoute) => `${resolveNamespace(namespace, options)}/${name}`;
  for (const route of unnamed.sort((a, b) => compareText(key(a), key(b)))) {
    const namespace = resolveNamespace(route.namespace, options);
    const name = latticeServiceName(route.name, namespace);
    const reason = taken.has(name) ? 'which another route has' : 'which VPC Lattice refuses as a name';
    if (!taken.has(name) && isLatticeServiceName(name)) {
      taken.add(name);
      named.set(route, { name, override: undefined });
      continue;
    }
    const override = withHash(slug(name).replace(/^svc-/, ''), key(route), NAME_LENGTHS.service);
    taken.add(override);
    named.set(route, { name: override, override });
    const args = { route: key(route), serviceName: name, override, reason };
    findings.add(
      latticeDiagnostics['service-name-collision'],
      args,
      route.source?.origin ?? route.first.host.origin,
      idsOf(route),
    );
  }
  return named;
}

/** The object's own annotation, on the route that keeps the object's name. */
function annotated({ source, name }: LatticeRoute): string | undefined {
  return source !== undefined && source.name === name ? source.annotations[OVERRIDE] : undefined;
}

function idsOf({ hosts }: LatticeRoute): readonly string[] {
  return hosts.map(({ host }) => host.id);
}
