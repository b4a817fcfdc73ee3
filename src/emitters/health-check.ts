import type { KubernetesService, ReadinessProbe, ServicePort, Workload } from '../ir/facts.ts';
import type { RoutingModel } from '../ir/model.ts';
import type { HostFindings } from './host-findings.ts';
import { latticeDiagnostics } from './lattice-diagnostics.ts';
import { compareText } from './manifest.ts';

/** A health check in the words of a TargetGroupPolicy; durations in seconds. */
export interface ProbedHealthCheck {
  readonly enabled: boolean;
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly path: string;
  /** Absent where it is the port that gets the requests. */
  readonly port?: number;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThresholdCount: number;
  readonly unhealthyThresholdCount: number;
  readonly statusMatch: string;
}

/** Kubernetes' own defaults of a probe. */
const PROBE = { intervalSeconds: 10, timeoutSeconds: 1, successThreshold: 1, failureThreshold: 3 };

/** The readiness probe of a Service's pods within the bounds of VPC Lattice; undefined where there is none. */
export function healthCheckOf(
  service: KubernetesService,
  port: ServicePort | undefined,
  hosts: Iterable<string>,
  { model, findings }: { readonly model: Pick<RoutingModel, 'facts'>; readonly findings: HostFindings },
): ProbedHealthCheck | undefined {
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
  const number = probePort(probe, port, workload);
  const check: ProbedHealthCheck = {
    enabled: true,
    protocol: probe.scheme,
    path: probe.path,
    ...(number === undefined ? {} : { port: number }),
    intervalSeconds: bound('intervalSeconds', 5, 300),
    timeoutSeconds: bound('timeoutSeconds', 1, 120),
    healthyThresholdCount: bound('successThreshold', 2, 10),
    unhealthyThresholdCount: bound('failureThreshold', 2, 10),
    // What a kubelet takes as success.
    statusMatch: '200-399',
  };
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
