import type { VirtualHost } from '../../ir/model.ts';
import { servesHost } from '../evaluate.ts';
import { profileOf, profiles } from '../profiles.ts';
import { takesEveryRequest } from '../takes-every-request.ts';
import type { HostChain } from './readings.ts';

/** Finds the wider hosts of one configuration that a request may fall through to, where that is left open. */
export class WiderHosts {
  /** Hosts with a wildcard or any name, by what serves them. */
  readonly #wide = new Map<string, VirtualHost[]>();

  constructor(hosts: readonly VirtualHost[]) {
    for (const host of hosts) {
      const key = placeOf(host);
      if (key === undefined || host.host.kind === 'exact') continue;
      const known = this.#wide.get(key);
      if (known === undefined) this.#wide.set(key, [host]);
      else known.push(host);
    }
  }

  /** The host and what stands behind it for requests to a name, most specific first. */
  chain(host: VirtualHost, name: string): HostChain {
    const key = placeOf(host);
    const wide = key === undefined ? undefined : this.#wide.get(key);
    if (wide === undefined || takesEverything(host) || !isOpen(host)) return [host];
    const own = widthOf(host);
    const wider = wide.filter((one) => widthOf(one) < own && servesHost(one.host, name));
    return [host, ...wider.sort((a, b) => widthOf(b) - widthOf(a))];
  }
}

function placeOf({ scope }: VirtualHost): string | undefined {
  return scope.kind === 'gateway' ? `${scope.workload}:${scope.port}` : undefined;
}

function isOpen(host: VirtualHost): boolean {
  return profiles[profileOf(host)].open.includes('host-fall-through');
}

/** Smaller for wider patterns. */
function widthOf({ host }: VirtualHost): number {
  return host.kind === 'any' ? 0 : host.kind === 'suffix' ? host.suffix.length : Number.MAX_SAFE_INTEGER;
}

function takesEverything({ rules }: VirtualHost): boolean {
  return rules.some(({ matches }) => matches.some(takesEveryRequest));
}
