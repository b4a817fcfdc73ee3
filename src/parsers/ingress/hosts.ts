import type { HostPattern } from '../../ir/model.ts';
import type { ControllerDialect } from './controller.ts';
import { ANY_HOST } from './draft.ts';

/** The model's word for a host of an Ingress. AWS load balancers let a star stand for any number of labels. */
export function toHostPattern(host: string, dialect: ControllerDialect): HostPattern {
  if (host === ANY_HOST) return { kind: 'any' };
  if (!host.startsWith('*.')) return { kind: 'exact', name: host };
  return { kind: 'suffix', suffix: host.slice(2), labels: dialect === 'alb' ? 'many' : 'one' };
}

/** The hosts that take every request for `host`, itself included, most specific first. */
export function* coversOf(host: string, dialect: ControllerDialect): Iterable<string> {
  yield host;
  if (host === ANY_HOST) return;
  // A wildcard of one label lies in no other wildcard of one label.
  let rest = host.startsWith('*.') ? host.slice(2) : host;
  if (dialect === 'alb' || !host.startsWith('*.')) {
    for (let dot = rest.indexOf('.'); dot >= 0; dot = rest.indexOf('.')) {
      rest = rest.slice(dot + 1);
      yield `*.${rest}`;
      if (dialect !== 'alb') break;
    }
  }
  yield ANY_HOST;
}

/** The most specific of some hosts that takes the requests for `host`. */
export function findCover(
  hosts: { readonly has: (host: string) => boolean },
  host: string,
  dialect: ControllerDialect,
): string | undefined {
  for (const candidate of coversOf(host, dialect)) if (hosts.has(candidate)) return candidate;
  return undefined;
}

/** A name that a host takes and that no other one lists, for examples. */
export function exampleHost(host: string, others: ReadonlySet<string>): string {
  if (host !== ANY_HOST && !host.startsWith('*.')) return host;
  const suffix = host === ANY_HOST ? '.example' : host.slice(1);
  let name = `www${suffix}`;
  for (let count = 1; others.has(name); count++) name = `www${count}${suffix}`;
  return name;
}
