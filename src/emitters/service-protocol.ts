import type { ServicePort } from '../ir/facts.ts';

/** HTTP versions of a target group. */
type Version = 'HTTP1' | 'HTTP2' | 'GRPC';

export interface ServiceProtocol {
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly version: Version;
}

/** What a port speaks by its appProtocol, else by its name (`grpc`, `grpc-api`); nothing for plain HTTP/1.1. */
export function protocolOf({ name, appProtocol }: ServicePort): ServiceProtocol | undefined {
  const text = (appProtocol ?? /^(grpc-web|[^-]*)/.exec(name ?? '')?.[0] ?? '').toLowerCase();
  switch (text) {
    case 'grpc':
      return { protocol: 'HTTP', version: 'GRPC' };
    case 'http2':
    case 'h2c':
    case 'kubernetes.io/h2c':
      return { protocol: 'HTTP', version: 'HTTP2' };
    case 'https':
      return { protocol: 'HTTPS', version: 'HTTP1' };
    default:
      return undefined;
  }
}
