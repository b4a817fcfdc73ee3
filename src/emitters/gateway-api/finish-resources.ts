import { mayHoldPlaceholder } from '../../documents/find-placeholder.ts';
import type { EmitOptions, EmittedResource } from '../emitter.ts';
import type { HostFindings } from '../host-findings.ts';
import { compareText, groupBy } from '../manifest.ts';
import { resolveNamespace } from '../namespaces.ts';
import { findObjectProblem } from './check-object.ts';
import { gatewayApiDiagnostics, internalDiagnostics } from './diagnostics.ts';

const KIND_ORDER = ['GatewayClass', 'Gateway', 'HTTPRoute', 'Service', 'ReferenceGrant', 'TargetGroupPolicy'];

/**
 * Puts the objects into their order and checks them: two that are equal become one, two that differ under one name
 * are an error, and one that its schema would refuse is a bug of ours.
 */
export function finishResources(
  resources: readonly EmittedResource[],
  options: EmitOptions,
  findings: HostFindings,
): readonly EmittedResource[] {
  const finished: { readonly resource: EmittedResource; readonly rank: number; readonly identity: string }[] = [];
  for (const [identity, same] of groupBy(resources, (resource) => identityOf(resource, options))) {
    const [first, ...others] = same;
    if (first === undefined) continue;
    const hosts = others.length === 0 ? first.hosts : [...new Set(same.flatMap((one) => one.hosts))].sort();
    const different = others.find((other) => JSON.stringify(other.object) !== JSON.stringify(first.object));
    if (different !== undefined) {
      const related = different.origin && [{ message: 'the other one', origin: different.origin }];
      const args = { object: describe(first, options) };
      findings.add(gatewayApiDiagnostics['name-collision'], args, first.origin, hosts, related ? { related } : {});
      continue;
    }
    const problem = findObjectProblem(first.object);
    if (problem !== undefined) {
      // A template that was not filled in is reported where it is written, with the hosts that it concerns.
      if (mayHoldPlaceholder(problem)) continue;
      // With a host that has failed it is not to be written: without that host it is built and checked again.
      if (hosts.some((host) => findings.hasFailed(host))) continue;
      const args = { object: describe(first, options), problem };
      findings.add(internalDiagnostics['invalid-output'], args, first.origin, hosts);
      continue;
    }
    finished.push({ resource: others.length === 0 ? first : { ...first, hosts }, rank: rank(first), identity });
  }
  finished.sort((a, b) => a.rank - b.rank || compareText(a.identity, b.identity));
  return finished.map(({ resource }) => resource);
}

function rank({ object }: EmittedResource): number {
  const index = KIND_ORDER.indexOf(String(object['kind']));
  return index < 0 ? KIND_ORDER.length : index;
}

function metadataOf({ object }: EmittedResource): { readonly name: string; readonly namespace: string | undefined } {
  const { name, namespace } = object['metadata'] as Readonly<Record<string, unknown>>;
  return { name: String(name), namespace: namespace === undefined ? undefined : String(namespace) };
}

function identityOf(resource: EmittedResource, options: EmitOptions): string {
  const { name, namespace } = metadataOf(resource);
  const { apiVersion, kind } = resource.object;
  const group = String(apiVersion);
  const cut = group.lastIndexOf('/');
  return `${group.slice(0, Math.max(cut, 0))} ${String(kind)} ${resolveNamespace(namespace, options)}/${name}`;
}

function describe(resource: EmittedResource, options: EmitOptions): string {
  const { name, namespace } = metadataOf(resource);
  return `${String(resource.object['kind'])} ${resolveNamespace(namespace, options)}/${name}`;
}
