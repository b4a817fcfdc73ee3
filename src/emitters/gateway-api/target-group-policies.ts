import type { CarriedObject } from '../../ir/model.ts';
import type { EmittedResource } from '../emitter.ts';
import { healthCheckOf } from '../health-check.ts';
import { latticeDiagnostics } from '../lattice-diagnostics.ts';
import { compareText, fields } from '../manifest.ts';
import { resolveNamespace, writtenNamespace } from '../namespaces.ts';
import { recordOf } from '../read-manifest.ts';
import { protocolOf } from '../service-protocol.ts';
import type { EmitContext } from './emit-context.ts';
import { buildMetadata } from './metadata.ts';
import type { BackendTarget } from './plan-backends.ts';

/** A Service of the output with the ports that routes use, and the hosts that reach it. */
export interface UsedService {
  readonly target: BackendTarget;
  readonly ports: ReadonlySet<number>;
  readonly hosts: ReadonlySet<string>;
  /** Whether some host reaches it over plain HTTP. */
  readonly overHttp: ReadonlySet<string>;
}

/** One policy for each Service whose port or readiness probe says more than the defaults of a target group. */
export function printTargetGroupPolicies(
  used: readonly UsedService[],
  context: EmitContext,
): readonly EmittedResource[] {
  const { model, options, findings, backends } = context;
  const unchecked: string[] = [];
  const resources = used.flatMap((one): readonly EmittedResource[] => {
    const { namespace, name } = one.target;
    const key = `${namespace}/${name}`;
    if (model.carried.some((carried) => isPolicyOf(carried, namespace, name, context))) return [];
    const service = backends.service(key);
    const port = service?.ports.find((candidate) => one.ports.has(candidate.port));
    const protocol = port === undefined ? undefined : protocolOf(port);
    if (protocol !== undefined && protocol.version !== 'HTTP1' && one.overHttp.size > 0) {
      findings.add(
        latticeDiagnostics['http2-needs-https'],
        { service: key, version: protocol.version },
        service?.origin,
        one.overHttp,
      );
    }
    const healthCheck = service === undefined ? undefined : healthCheckOf(service, port, one.hosts, context);
    if (healthCheck === undefined) unchecked.push(key);
    if (protocol === undefined && healthCheck === undefined) return [];
    const written = service?.origin?.document.resource?.namespace;
    const object = {
      apiVersion: 'application-networking.k8s.aws/v1alpha1',
      kind: 'TargetGroupPolicy',
      metadata: buildMetadata({ name, namespace: writtenNamespace(namespace, written, options) }, options),
      spec: fields({
        targetRef: { group: '', kind: 'Service', name },
        protocol: protocol?.protocol,
        protocolVersion: protocol?.version,
        healthCheck,
      }),
    };
    return [
      { object, hosts: [...one.hosts].sort(), ...(service?.origin === undefined ? {} : { origin: service.origin }) },
    ];
  });
  if (unchecked.length > 0) {
    const hosts = used.flatMap((one) => [...one.hosts]);
    findings.add(
      latticeDiagnostics['default-health-check'],
      { services: unchecked.sort(compareText), instead: 'write a TargetGroupPolicy' },
      undefined,
      hosts,
    );
  }
  return resources;
}

function isPolicyOf(
  { kind, source, body }: CarriedObject,
  namespace: string,
  name: string,
  { options }: EmitContext,
): boolean {
  if (kind !== 'TargetGroupPolicy' || resolveNamespace(source.namespace, options) !== namespace) return false;
  const target = recordOf(recordOf(body['spec'])['targetRef']);
  return target['kind'] === 'Service' && target['name'] === name;
}
