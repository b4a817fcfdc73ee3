import { type Backend, isPart } from '../../ir/actions.ts';
import type { BackendSettings } from '../emitter.ts';
import { type LatticeContext, settingsPlace } from './context.ts';
import { latticeApiDiagnostics as d } from './diagnostics.ts';

/** The addresses of a group of type IP: those of the settings, or on request those of EndpointSlices in the input. */
export function findAddresses(
  backend: Backend,
  key: string,
  { ips, endpointSlices }: BackendSettings,
  ids: readonly string[],
  context: LatticeContext,
): readonly string[] {
  const { model, findings } = context;
  const { namespace, name, subset, origin } = backend;
  const known = model.facts.endpoints?.get(`${namespace}/${name}`) ?? [];
  const addresses = ips ?? known;
  const ipv6 = addresses.filter((address) => address.includes(':'));
  if (ipv6.length > 0 && ipv6.length < addresses.length) {
    const said = ips === undefined ? undefined : settingsPlace(context, 'backends', key, 'ips');
    findings.add(d['mixed-addresses'], { backend: key }, said ?? origin, ids);
    return ipv6;
  }
  if (endpointSlices !== true) return addresses;
  const why = isPart(subset)
    ? 'EndpointSlices do not tell subsets apart'
    : `the input has no EndpointSlice of ${namespace}/${name} with a ready address`;
  if (isPart(subset) || addresses.length === 0) findings.add(d['no-endpoints'], { backend: key, why }, origin, ids);
  else findings.add(d['pod-ips-go-stale'], { backend: key, count: addresses.length }, origin, ids);
  return addresses;
}
