import type { CarriedObject } from '../../ir/model.ts';
import type { EmitOptions, EmittedResource } from '../emitter.ts';
import { fields } from '../manifest.ts';
import { buildMetadata } from './metadata.ts';

const CONTROLLER = 'application-networking.k8s.aws/gateway-api-controller';

/** Objects that keep their meaning. A GatewayClass of another controller has no place beside Lattice routes. */
export function printCarried(carried: readonly CarriedObject[], options: EmitOptions): readonly EmittedResource[] {
  return carried
    .filter(
      ({ kind, body }) =>
        options.profile === 'standard' || kind !== 'GatewayClass' || controllerOf(body) === CONTROLLER,
    )
    .map(({ apiVersion, kind, source, body }) => {
      const { apiVersion: _version, kind: _kind, metadata: _metadata, status: _status, ...rest } = body;
      const metadata = buildMetadata({ ...source, namespace: source.namespace }, options);
      return { object: fields({ apiVersion, kind, metadata, ...rest }), hosts: [], origin: source.origin };
    });
}

function controllerOf(body: CarriedObject['body']): unknown {
  const spec = body['spec'];
  return typeof spec === 'object' && spec !== null && 'controllerName' in spec ? spec.controllerName : undefined;
}
