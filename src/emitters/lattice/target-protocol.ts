import type { Backend } from '../../ir/actions.ts';
import type { CarriedObject } from '../../ir/model.ts';
import type { BackendSettings } from '../emitter.ts';
import { healthCheckOf } from '../health-check.ts';
import { resolveNamespace } from '../namespaces.ts';
import { recordOf, textOf } from '../read-manifest.ts';
import { protocolOf } from '../service-protocol.ts';
import type { LatticeContext } from './context.ts';
import type { HealthCheck, ProtocolVersion } from './resources.ts';

/** What a target group speaks with its targets, and how it checks them. */
export interface TargetProtocol {
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly protocolVersion: ProtocolVersion;
  readonly healthCheck?: HealthCheck;
}

/** What a backend speaks: from the settings, else a TargetGroupPolicy of the input, else the port of its Service. */
export function spokenBy(
  backend: Backend,
  settings: BackendSettings,
  context: LatticeContext,
): Omit<TargetProtocol, 'healthCheck'> {
  const policy = policyOf(backend, context);
  const service = context.model.facts.services.get(`${backend.namespace}/${backend.name}`);
  const port = service?.ports.find((one) => one.port === backend.port);
  const known = port === undefined ? undefined : protocolOf(port);
  return {
    protocol: settings.protocol ?? policy?.protocol ?? known?.protocol ?? 'HTTP',
    protocolVersion: settings.protocolVersion ?? policy?.protocolVersion ?? known?.version ?? 'HTTP1',
  };
}

/** The same with the health check: of the settings, else of the policy, else the readiness probe of the pods. */
export function targetProtocol(
  backend: Backend,
  settings: BackendSettings,
  ids: readonly string[],
  context: LatticeContext,
): TargetProtocol {
  const policy = policyOf(backend, context);
  const service = context.model.facts.services.get(`${backend.namespace}/${backend.name}`);
  const port = service?.ports.find((one) => one.port === backend.port);
  const spoken = spokenBy(backend, settings, context);
  const probed = service === undefined ? undefined : healthCheckOf(service, port, ids, context);
  const asked = settings.healthCheck === undefined ? undefined : { enabled: true, ...settings.healthCheck };
  const healthCheck = asked ?? policy?.healthCheck ?? (probed === undefined ? undefined : toCheck(probed));
  return {
    ...spoken,
    ...(healthCheck === undefined ? {} : { healthCheck: fitVersion(healthCheck, spoken.protocolVersion) }),
  };
}

/** Health checks of HTTP2 and GRPC groups have to say their version; of HTTP1 groups it is the default. */
function fitVersion(check: HealthCheck, version: ProtocolVersion): HealthCheck {
  if (version === 'HTTP1' || check.protocolVersion !== undefined || !check.enabled) return check;
  return { ...check, protocolVersion: version === 'HTTP2' ? 'HTTP2' : 'HTTP1' };
}

function policyOf(
  { namespace, name }: Backend,
  { model, options }: LatticeContext,
): Partial<TargetProtocol> | undefined {
  const found = model.carried.find((one) => isPolicyOf(one, namespace, name, options));
  if (found === undefined) return undefined;
  const spec = recordOf(found.body['spec']);
  const protocol = spec['protocol'] === 'HTTPS' ? 'HTTPS' : spec['protocol'] === 'HTTP' ? 'HTTP' : undefined;
  const versions: readonly ProtocolVersion[] = ['HTTP1', 'HTTP2', 'GRPC'];
  const protocolVersion = versions.find((one) => one === spec['protocolVersion']);
  const check = spec['healthCheck'];
  return {
    ...(protocol === undefined ? {} : { protocol }),
    ...(protocolVersion === undefined ? {} : { protocolVersion }),
    ...(check === undefined ? {} : { healthCheck: toCheck(recordOf(check)) }),
  };
}

function isPolicyOf(
  { kind, source, body }: CarriedObject,
  namespace: string,
  name: string,
  options: LatticeContext['options'],
): boolean {
  const target = recordOf(recordOf(body['spec'])['targetRef']);
  return (
    kind === 'TargetGroupPolicy' &&
    resolveNamespace(source.namespace, options) === namespace &&
    textOf(target['kind']) === 'Service' &&
    textOf(target['name']) === name
  );
}

/** A check in the words of a TargetGroupPolicy as the API has it. */
function toCheck(check: object): HealthCheck {
  const fields = recordOf(check);
  const number = (from: string, to: string) => (typeof fields[from] === 'number' ? { [to]: fields[from] } : {});
  const statusMatch = textOf(fields['statusMatch']);
  return {
    enabled: fields['enabled'] !== false,
    ...(fields['protocol'] === 'HTTP' || fields['protocol'] === 'HTTPS' ? { protocol: fields['protocol'] } : {}),
    ...(fields['protocolVersion'] === 'HTTP1' || fields['protocolVersion'] === 'HTTP2'
      ? { protocolVersion: fields['protocolVersion'] }
      : {}),
    ...number('port', 'port'),
    ...(typeof fields['path'] === 'string' ? { path: fields['path'] } : {}),
    ...number('intervalSeconds', 'healthCheckIntervalSeconds'),
    ...number('timeoutSeconds', 'healthCheckTimeoutSeconds'),
    ...number('healthyThresholdCount', 'healthyThresholdCount'),
    ...number('unhealthyThresholdCount', 'unhealthyThresholdCount'),
    ...(statusMatch === '' ? {} : { matcher: { httpCode: statusMatch } }),
  };
}
