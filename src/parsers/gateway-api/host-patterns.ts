import type { HostPattern } from '../../ir/model.ts';

/** `*.a.com` takes any number of labels in Gateway API; nothing written takes every host. */
export function toHostPattern(hostname: string | undefined): HostPattern {
  if (hostname === undefined || hostname === '*') return { kind: 'any' };
  if (hostname.startsWith('*.')) return { kind: 'suffix', suffix: hostname.slice(2), labels: 'many' };
  return { kind: 'exact', name: hostname };
}

/** The hosts that both take; undefined where there are none. */
export function intersectHosts(left: HostPattern, right: HostPattern): HostPattern | undefined {
  if (left.kind === 'any') return right;
  if (right.kind === 'any') return left;
  if (left.kind === 'exact') return takesName(right, left.name) ? left : undefined;
  if (right.kind === 'exact') return takesName(left, right.name) ? right : undefined;
  if (isWithin(left.suffix, right.suffix)) return left;
  return isWithin(right.suffix, left.suffix) ? right : undefined;
}

/** As the manifest writes it, `*` for every host. */
export function printPattern(host: HostPattern): string {
  return host.kind === 'any' ? '*' : host.kind === 'exact' ? host.name : `*.${host.suffix}`;
}

function takesName(host: HostPattern, name: string): boolean {
  if (host.kind === 'any') return true;
  return host.kind === 'exact' ? host.name === name : name.endsWith(`.${host.suffix}`);
}

function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.endsWith(`.${outer}`);
}
