import type { ClusterFacts } from '../ir/facts.ts';
import type { VirtualHost } from '../ir/model.ts';
import type { HostFindings } from './host-findings.ts';
import { latticeDiagnostics } from './lattice-diagnostics.ts';

/** The ports that clients call: a mesh host without one serves every HTTP port of its Service alike. */
export function calledPorts(
  { id, scope, origin }: VirtualHost,
  { services }: ClusterFacts,
  findings: HostFindings,
): readonly number[] {
  if (scope.port !== undefined || scope.kind === 'gateway' || scope.target === undefined) return [scope.port ?? 80];
  const service = services.get(`${scope.target.namespace}/${scope.target.service}`);
  const ports = (service?.ports ?? []).filter((port) => !NOT_HTTP.test(port.appProtocol ?? port.name ?? ''));
  if (ports.length > 0) return ports.map(({ port }) => port);
  const args = { service: `${scope.target.namespace}/${scope.target.service}`, port: 80 };
  findings.add(latticeDiagnostics['called-port-assumed'], args, origin, [id]);
  return [args.port];
}

/** Port names and protocols that carry no HTTP (Istio's protocol selection). */
const NOT_HTTP = /^(tcp|tls|udp|mongo|mysql|redis)(-|$)/;
