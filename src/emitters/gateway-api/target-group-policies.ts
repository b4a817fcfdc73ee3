import type { KubernetesService, ReadinessProbe, ServicePort, Workload } from '../../ir/facts.ts';
import type { CarriedObject } from '../../ir/model.ts';
import type { EmittedResource } from '../emitter.ts';
import { latticeDiagnostics } from './diagnostics.ts';
import type { EmitContext } from './emit-context.ts';
import { compareText, fields, type Manifest } from './manifest.ts';
import { buildMetadata } from './metadata.ts';
import { resolveNamespace, writtenNamespace } from './namespaces.ts';
import type { BackendTarget } from './plan-backends.ts';
import { recordOf } from './read-manifest.ts';

/** A Service of the output with the ports that routes use, and the hosts that reach it. */
export interface UsedService {
  readonly target: BackendTarget;
  readonly ports: ReadonlySet<number>;
  readonly hosts: ReadonlySet<string>;
  /** Whether some host reaches it over plain HTTP. */
  readonly overHttp: ReadonlySet<string>;
}

type Version = 'HTTP1' | 'HTTP2' | 'GRPC';

interface Protocol {
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly version: Version;
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
    const healthCheck = service === undefined ? undefined : printHealthCheck(service, port, one, context);
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
      { services: unchecked.sort(compareText) },
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

/** What a port speaks by its appProtocol, else by its name (`grpc`, `grpc-api`); nothing for plain HTTP/1.1. */
function protocolOf({ name, appProtocol }: ServicePort): Protocol | undefined {
  const text = (appProtocol ?? /^(grpc-web|[^-]*)/.exec(name ?? '')?.[0] ?? '').toLowerCase();
  switch (text) {
    case 'grpc':
      return { protocol: 'HTTP', version: 'GRPC' };
    case 'http2':
    case 'h2c':
    case 'kubernetes.io/h2c':
      return { protocol: 'HTTP', version: 'HTTP2' };
    case 'https':
      return { protocol: 'HTTPS', version: 'HTTP1' };
    default:
      return undefined;
  }
}

/** Kubernetes' own defaults of a probe. */
const PROBE = { intervalSeconds: 10, timeoutSeconds: 1, successThreshold: 1, failureThreshold: 3 };

function printHealthCheck(
  service: KubernetesService,
  port: ServicePort | undefined,
  { hosts }: UsedService,
  { model, findings }: EmitContext,
): Manifest | undefined {
  const probed = model.facts.workloads
    .filter((workload) => selects(service, workload) && workload.readiness !== undefined)
    .sort((a, b) => compareText(`${a.kind} ${a.name}`, `${b.kind} ${b.name}`));
  const [workload] = probed;
  const probe = workload?.readiness;
  if (workload === undefined || probe === undefined) return undefined;
  const key = `${service.namespace}/${service.name}`;
  if (probed.some(({ readiness }) => JSON.stringify(readiness) !== JSON.stringify(probe))) {
    const args = { service: key, workload: `${workload.kind} ${workload.name}` };
    findings.add(latticeDiagnostics['probes-differ'], args, service.origin, hosts);
  }
  const adjusted: string[] = [];
  const bound = (field: keyof typeof PROBE, low: number, high: number) => {
    const value = probe[field] ?? PROBE[field];
    const bounded = Math.min(Math.max(value, low), high);
    // A default that nobody wrote is no loss worth a finding.
    if (bounded !== value && probe[field] !== undefined) adjusted.push(field);
    return bounded;
  };
  const check = fields({
    enabled: true,
    protocol: probe.scheme,
    path: probe.path,
    port: probePort(probe, port, workload),
    intervalSeconds: bound('intervalSeconds', 5, 300),
    timeoutSeconds: bound('timeoutSeconds', 1, 120),
    healthyThresholdCount: bound('successThreshold', 2, 10),
    unhealthyThresholdCount: bound('failureThreshold', 2, 10),
    // What a kubelet takes as success.
    statusMatch: '200-399',
  });
  if (adjusted.length > 0)
    findings.add(
      latticeDiagnostics['health-check-adjusted'],
      { service: key, fields: adjusted },
      service.origin,
      hosts,
    );
  return check;
}

/** The number of the probed port; nothing where it is the port that gets the requests. */
function probePort(probe: ReadinessProbe, port: ServicePort | undefined, workload: Workload): number | undefined {
  const number = numberOf(probe.port, workload);
  const target = port === undefined ? undefined : numberOf(port.targetPort ?? port.port, workload);
  return number === target ? undefined : number;
}

function numberOf(port: number | string, { ports }: Workload): number | undefined {
  return typeof port === 'number' ? port : ports.find(({ name }) => name === port)?.port;
}

function selects({ namespace, selector }: KubernetesService, workload: Workload): boolean {
  const wanted = Object.entries(selector);
  return (
    workload.namespace === namespace &&
    wanted.length > 0 &&
    wanted.every(([key, value]) => workload.labels[key] === value)
  );
}
