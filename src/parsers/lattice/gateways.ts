import type { Gateway, Listener, SourceObject } from '../../ir/model.ts';
import type { DocumentDraft, HttpListener, ServiceDraft } from './draft.ts';

/** The listener option by which the AWS controller knows a certificate of ACM. */
const CERTIFICATE = 'application-networking.k8s.aws/certificate-arn';

interface Known {
  readonly listener: HttpListener;
  readonly service: ServiceDraft;
}

/** The network that clients reach a service by; one without is a place of its own. */
export function networkOf({ name }: ServiceDraft, { networks }: DocumentDraft): string {
  return networks.get(name) ?? name;
}

/**
 * The listener of the gateway that stands for a listener of a service. Services are told apart by name, so those of one
 * port share one, except where each shows a certificate of its own.
 */
export function sectionOf({ name, port, protocol }: HttpListener, service: ServiceDraft): string {
  return hasOwn(protocol, service) ? `${service.name}.${name}` : `${protocol.toLowerCase()}-${port}`;
}

/** The generated domain has a certificate that nobody chooses. */
function hasOwn(protocol: HttpListener['protocol'], { domain }: ServiceDraft): boolean {
  return protocol === 'HTTPS' && domain !== undefined;
}

/** One gateway for each network: the place at which clients of a VPC reach all its services. */
export function buildGateways(known: readonly Known[], draft: DocumentDraft, source: SourceObject): readonly Gateway[] {
  const networks = new Map<string, Map<string, Listener>>();
  for (const { listener, service } of known) {
    const network = networkOf(service, draft);
    const listeners = networks.get(network) ?? new Map<string, Listener>();
    networks.set(network, listeners);
    const name = sectionOf(listener, service);
    if (!listeners.has(name)) listeners.set(name, buildListener(name, listener, service));
  }
  return [...networks].map(([name, listeners]) => ({
    id: name,
    name,
    className: 'amazon-vpc-lattice',
    workload: name,
    exposure: 'internal',
    listeners: [...listeners.values()],
    source,
    extra: {},
    origin: source.origin,
  }));
}

function buildListener(name: string, { port, protocol, origin }: HttpListener, service: ServiceDraft): Listener {
  const { certificateArn, domain } = service;
  const isOwn = hasOwn(protocol, service);
  return {
    name,
    port,
    protocol,
    host: isOwn && domain !== undefined ? { kind: 'exact', name: domain } : { kind: 'any' },
    ...(isOwn && certificateArn !== undefined
      ? { tls: { certificates: [], options: { [CERTIFICATE]: certificateArn } } }
      : {}),
    httpsRedirect: false,
    origin,
  };
}
