import type { KubernetesDocument } from '../../documents/read-documents.ts';
import { HostIndexes } from '../host-indexes.ts';
import type { Loose } from '../loose.ts';
import type { KindSupport, ParseContext, ParsedSource, Parser } from '../parser.ts';
import { reportOnce } from '../report-once.ts';
import { type SpecObject, toSpecObject } from '../source-object.ts';
import { sortByAge } from './age.ts';
import { Backends } from './backends.ts';
import type { BuildContext } from './build-context.ts';
import { Delegates } from './delegate.ts';
import { readDestinationRule } from './destination-rule-fields.ts';
import { DestinationRules } from './destination-rules.ts';
import { istioDiagnostics } from './diagnostics.ts';
import type { RouteDraft, VirtualServiceDraft } from './draft.ts';
import { readExternalHosts } from './external-hosts.ts';
import { readGateway } from './gateway-fields.ts';
import { findGatewayPods } from './gateway-pods.ts';
import { buildGatewayHosts } from './gateway-scopes.ts';
import { buildGateway, type PortProtocols } from './listeners.ts';
import { reportMeshDefaults } from './mesh-defaults.ts';
import { buildMeshHosts } from './mesh-scopes.ts';
import { reportOther } from './other-kinds.ts';
import { reportOverlaps } from './overlapping-selectors.ts';
import { readPolicy } from './policies.ts';
import { Reachability } from './rules.ts';
import { istioTables } from './tables.ts';
import { readVirtualService } from './virtual-service.ts';

const NETWORKING = ['v1', 'v1beta1', 'v1alpha3'];

const kind = (
  group: string,
  name: string,
  versions: readonly string[],
  answer: KindSupport['answer'],
): KindSupport => ({
  group: `${group}.istio.io`,
  kind: name,
  versions,
  answer,
});

const kinds: readonly KindSupport[] = [
  kind('networking', 'VirtualService', NETWORKING, 'read'),
  kind('networking', 'Gateway', NETWORKING, 'read'),
  kind('networking', 'DestinationRule', NETWORKING, 'read'),
  kind('networking', 'ServiceEntry', NETWORKING, 'reported'),
  kind('networking', 'Sidecar', NETWORKING, 'reported'),
  kind('networking', 'WorkloadEntry', NETWORKING, 'reported'),
  kind('networking', 'WorkloadGroup', NETWORKING, 'reported'),
  kind('networking', 'EnvoyFilter', ['v1alpha3'], 'reported'),
  kind('networking', 'ProxyConfig', ['v1beta1'], 'reported'),
  kind('security', 'AuthorizationPolicy', ['v1', 'v1beta1'], 'reported'),
  kind('security', 'RequestAuthentication', ['v1', 'v1beta1'], 'reported'),
  kind('security', 'PeerAuthentication', ['v1', 'v1beta1'], 'reported'),
  kind('telemetry', 'Telemetry', ['v1', 'v1alpha1'], 'reported'),
  kind('extensions', 'WasmPlugin', ['v1alpha1'], 'reported'),
  kind('extensions', 'TrafficExtension', ['v1alpha1'], 'reported'),
  kind('install', 'IstioOperator', ['v1alpha1'], 'reported'),
];

const READ = new Set(['VirtualService', 'Gateway', 'DestinationRule']);
const POLICIES = new Set([
  ...['AuthorizationPolicy', 'RequestAuthentication', 'PeerAuthentication'],
  ...['EnvoyFilter', 'WasmPlugin', 'TrafficExtension'],
]);

/** Istio: VirtualServices, Gateways and the subsets of DestinationRules; a finding for everything else. */
export const istioParser: Parser = {
  name: 'istio',
  title: 'Istio',
  kinds,
  tables: istioTables,
  diagnostics: istioDiagnostics,
  parse,
};

function parse(
  documents: readonly KubernetesDocument[],
  { options, facts, report: every }: ParseContext,
): ParsedSource {
  const report = reportOnce(every);
  const objects = documents.filter(isOfIstio);
  const { clusterDomain } = options;
  const read = <Spec extends object>(name: string): readonly SpecObject<Spec>[] =>
    sortByAge(
      objects
        .filter(({ resource }) => resource.kind === name)
        .map((document) => toSpecObject<Spec>(document, options.defaultNamespace)),
    );

  const protocols: PortProtocols = new Map();
  const gateways = read('Gateway')
    .map((object) => readGateway(object, report))
    .map((draft) => buildGateway(draft, findGatewayPods(draft, facts), protocols, report));
  const services = read('VirtualService').map((object) => readVirtualService(object, report));
  const external = readExternalHosts(read('ServiceEntry'));
  const rules = new DestinationRules(
    read('DestinationRule').map((object) => readDestinationRule(object, clusterDomain, report)),
    clusterDomain,
  );
  const delegates = new Delegates(services, report);
  const context: BuildContext = {
    facts,
    clusterDomain,
    backends: new Backends(facts, clusterDomain, rules, new Set(external.keys()), report),
    reachability: new Reachability(),
    report,
    indexes: new HostIndexes<VirtualServiceDraft>(({ hosts }) => hosts.length),
    routesOf: remember((draft) => delegates.expand(draft)),
  };
  const rooted = services.filter(({ hosts }) => hosts.length > 0);
  const virtualHosts = [...buildGatewayHosts(gateways, rooted, context), ...buildMeshHosts(rooted, external, context)];

  reportOverlaps(gateways, virtualHosts, report);
  context.reachability.report(report);
  context.backends.reportQuestions();
  rules.reportLosses(report);
  delegates.reportUnused();
  const others = objects
    .filter(({ resource }) => !READ.has(resource.kind))
    .map((document) => toSpecObject<Loose>(document, options.defaultNamespace));
  const isPolicy = ({ source }: SpecObject<Loose>) => POLICIES.has(source.kind);
  const guards = others
    .filter(isPolicy)
    .flatMap((policy) => readPolicy(policy, { gateways, hosts: virtualHosts, facts, report }) ?? []);
  for (const object of others) if (!isPolicy(object)) reportOther(object, facts, report);
  reportMeshDefaults(virtualHosts, report);
  return { gateways: gateways.map(({ gateway }) => gateway), virtualHosts, carried: [], guards };
}

function isOfIstio({ resource: { apiVersion } }: KubernetesDocument): boolean {
  return /^[a-z]+\.istio\.io\//.test(apiVersion);
}

function remember(
  expand: (draft: VirtualServiceDraft) => readonly RouteDraft[],
): (draft: VirtualServiceDraft) => readonly RouteDraft[] {
  const known = new Map<VirtualServiceDraft, readonly RouteDraft[]>();
  return (draft) => {
    const routes = known.get(draft) ?? expand(draft);
    known.set(draft, routes);
    return routes;
  };
}
