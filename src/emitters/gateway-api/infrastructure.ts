import type { Gateway } from '../../ir/model.ts';
import { gatewayName } from '../names.ts';
import { recordOf } from '../read-manifest.ts';
import { gatewayApiDiagnostics } from './diagnostics.ts';
import type { EmitContext } from './emit-context.ts';

/** The settings of the proxies, without a reference that only the implementation of the source can follow. */
export function printInfrastructure(
  { gateway, className }: { readonly gateway: Gateway; readonly className: string },
  hosts: Iterable<string>,
  { findings }: EmitContext,
): unknown {
  const { infrastructure } = gateway.extra;
  const { parametersRef, ...rest } = recordOf(infrastructure);
  if (parametersRef === undefined || className === gateway.className) return infrastructure;
  const { kind, name } = recordOf(parametersRef);
  const to = [kind, name].filter((part) => typeof part === 'string' && part !== '').join(' ');
  const args = { gateway: gatewayName(gateway), to: to === '' ? 'parameters' : to, className };
  const place = gateway.origin.at('spec', 'infrastructure', 'parametersRef');
  findings.add(gatewayApiDiagnostics['parameters-of-other-class'], args, place, hosts);
  return Object.keys(rest).length === 0 ? undefined : rest;
}
