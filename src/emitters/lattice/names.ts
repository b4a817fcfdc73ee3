import { NAME_LENGTHS } from '../lattice-limits.ts';
import { fitName, shortHash, slug, withHash } from '../names.ts';
import type { HttpMatch } from './resources.ts';

const { service: MAX_SERVICE, rule: MAX_RULE, targetGroup: MAX_GROUP } = NAME_LENGTHS;

/** The name of the service of a host: `shop.example.com` → `shop-example-com`. */
export function serviceName(host: string): string {
  const name = slug(host);
  if (name.length < 3 || name.startsWith('svc-')) return withHash(`host-${name}`, host, MAX_SERVICE);
  return fitName(name, MAX_SERVICE);
}

/** `http-80`: one listener for each port. */
export function listenerName(protocol: 'HTTP' | 'HTTPS', port: number): string {
  return `${protocol.toLowerCase()}-${port}`;
}

/**
 * The name of a rule: what it matches, in short, and a hash of all of it. It stays as long as the match does, so rules
 * keep their names when others come and go, and a rule that moves keeps its identity.
 */
export function ruleName(match: HttpMatch, taken: ReadonlySet<string>): string {
  const path = match.pathMatch?.match;
  const kind = path === undefined ? 'any' : 'exact' in path ? 'exact' : 'prefix';
  const value = path === undefined ? '' : 'exact' in path ? path.exact : path.prefix;
  const lead = [kind, slug(value), match.method === undefined ? '' : slug(match.method)].filter((part) => part !== '');
  const text = JSON.stringify(match);
  let name = withHash(lead.join('-'), text, MAX_RULE);
  for (let again = 1; taken.has(name); again++) name = withHash(lead.join('-'), `${text}#${again}`, MAX_RULE);
  return name;
}

/**
 * The name of a target group of a service. Everything but health check and targets is immutable, so the hash covers the
 * rest: a changed group gets another name and can stand beside the old one.
 */
export function targetGroupName(service: string, backend: string, config: unknown): string {
  const [object = '', subset] = backend.split('@');
  const short = slug(`${object.slice(object.indexOf('/') + 1)}${subset === undefined ? '' : `-${subset}`}`);
  // A service whose name is refused would drag the names of its groups along.
  const lead = `${slug(service)}-${short}`.replace(/^tg-/, 'to-');
  return `${lead.slice(0, MAX_GROUP - 9).replace(/-+$/, '')}-${shortHash(JSON.stringify([service, backend, config]))}`;
}
