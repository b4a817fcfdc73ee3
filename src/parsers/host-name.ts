import { mayHoldPlaceholder } from '../documents/find-placeholder.ts';

const NAME = /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Whether a host is an IPv4 address: of the form of a name, and forbidden by Ingress and Gateway API. */
export function isAddress(host: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+$/.test(host);
}

/**
 * What a host of a source, in lower case, can be to a route: `name` for a DNS name, one below `*.`, or `*` for all;
 * `placeholder` for one whose object is reported as not rendered; `none` for what Gateway API has no `hostname` for.
 */
export function kindOfHost(host: string): 'name' | 'placeholder' | 'none' {
  if (host === '*' || (host.length <= 253 && NAME.test(host) && !isAddress(host))) return 'name';
  return mayHoldPlaceholder(host) ? 'placeholder' : 'none';
}
