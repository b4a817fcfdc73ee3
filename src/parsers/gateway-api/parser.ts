import type { KubernetesDocument } from '../../documents/read-documents.ts';
import type { KindSupport, ParseContext, ParsedSource, Parser } from '../parser.ts';
import { reportOnce } from '../report-once.ts';
import { type SpecObject, toSpecObject } from '../source-object.ts';
import { sortByAge } from './age.ts';
import { type AttachContext, type Attachment, attach, reportUnserved } from './attachments.ts';
import { Backends } from './backends.ts';
import { toCarried } from './carried.ts';
import { checkCertificates } from './certificates.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import type { RouteDraft } from './draft.ts';
import { guardsByTarget, toGuard } from './foreign-policies.ts';
import { readGateway } from './gateway-fields.ts';
import { buildGatewayHosts } from './gateway-hosts.ts';
import { buildGateway } from './gateways.ts';
import { ImpliedGateways } from './implied-gateways.ts';
import { isAnnotated, isMarkedRoute } from './marks.ts';
import { buildMeshHosts, type MeshAttachment } from './mesh-hosts.ts';
import { reportOther } from './other-kinds.ts';
import { AWS_GROUP, type KnownClasses, type Reading, readingOf } from './reading.ts';
import { readHttpRoute } from './route-fields.ts';
import { Rules } from './rules.ts';
import { gatewayApiTables } from './tables.ts';

const GROUP = 'gateway.networking.k8s.io';
const VERSIONS = ['v1', 'v1beta1', 'v1alpha2'];

function all(
  group: string,
  names: readonly string[],
  answer: KindSupport['answer'],
  versions: readonly string[] = [],
): readonly KindSupport[] {
  return names.map((kind) => ({ group, kind, versions, answer }));
}

const kinds: readonly KindSupport[] = [
  ...all(GROUP, ['Gateway', 'HTTPRoute'], 'read', VERSIONS),
  ...all(GROUP, ['GatewayClass', 'ReferenceGrant'], 'carried', VERSIONS),
  ...all(GROUP, ['ReferencePolicy'], 'carried', ['v1alpha2']),
  ...[AWS_GROUP, GROUP, 'multicluster.x-k8s.io'].flatMap((group) =>
    all(group, ['ServiceImport', 'ServiceExport'], 'carried'),
  ),
  ...all(
    AWS_GROUP,
    ['TargetGroupPolicy', 'AccessLogPolicy', 'VpcAssociationPolicy', 'IAMAuthPolicy', 'ServiceNetwork'],
    'carried',
    ['v1alpha1'],
  ),
  ...all(GROUP, ['GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute', 'ListenerSet'], 'reported'),
  ...all(GROUP, ['BackendTLSPolicy', 'BackendLBPolicy'], 'reported'),
  ...all('gateway.networking.x-k8s.io', ['XListenerSet', 'XBackendTrafficPolicy', 'XBackend', 'XMesh'], 'reported'),
];

const ANSWERS = new Map(kinds.map(({ group, kind, answer }) => [`${group}/${kind}`, answer]));

/** Gateway API: Gateways and HTTPRoutes; class decides whether by the specification or as the AWS controller runs them. */
export const gatewayApiParser: Parser = {
  name: 'gateway-api',
  title: 'Gateway API',
  kinds,
  adopts: guardsByTarget,
  tables: gatewayApiTables,
  diagnostics: d,
  parse,
};

function parse(documents: readonly KubernetesDocument[], context: ParseContext): ParsedSource {
  const { options, facts } = context;
  const { defaultNamespace } = options;
  const report = reportOnce(context.report);
  const isOwn = (document: KubernetesDocument) => ANSWERS.has(`${groupOf(document)}/${document.resource.kind}`);
  const own = documents.filter(isOwn);
  const ofKind = <Spec extends object>(kind: string): readonly SpecObject<Spec>[] =>
    own
      .filter(({ resource }) => resource.kind === kind)
      .map((document) => toSpecObject<Spec>(document, defaultNamespace));

  const routes = sortByAge(ofKind('HTTPRoute').map((object) => readHttpRoute(object, report)));
  const marked = markedGateways(routes);
  const classes = knownClasses(ofKind('GatewayClass'), options.sourceClass);
  const gateways = new Map(
    ofKind('Gateway').map((object) => {
      const draft = readGateway(object, report);
      const key = `${draft.namespace}/${draft.name}`;
      const reading = readingOf(draft.className, isAnnotated(draft.source) || marked.has(key), classes);
      return [key, { draft, built: buildGateway(draft, reading, report) }];
    }),
  );
  const readingOfImplied = (key: string): Reading => readingOf(undefined, marked.has(key), classes);
  const implied = new ImpliedGateways(options.sourceClass, readingOfImplied, report);
  const attached = attachAll(routes, { gateways, implied, facts, report });
  const backends = new Backends(facts, report);
  const rules = new Rules({ backends, report });
  const virtualHosts = [
    ...buildGatewayHosts(attached.gateway, rules, report),
    ...buildMeshHosts(attached.mesh, options.clusterDomain, rules, report),
  ];
  backends.reportMissing();
  checkCertificates(gateways.values(), virtualHosts, facts, report);

  const carried = [];
  for (const document of documents) {
    const answer = ANSWERS.get(`${groupOf(document)}/${document.resource.kind}`);
    if (answer === 'carried') carried.push(toCarried(document, defaultNamespace, report));
    else if (answer === 'reported') reportOther(document, defaultNamespace, virtualHosts, report);
  }
  const built = [...[...gateways.values()].map((gateway) => gateway.built.gateway), ...implied.gateways];
  reportReading(built, virtualHosts, report);
  const model = { gateways: built, hosts: virtualHosts };
  const guards = documents
    .filter((document) => !isOwn(document))
    .map((document) => toGuard(document, defaultNamespace, model));
  return { gateways: built, virtualHosts, carried, guards };
}

/** The Gateways, by `namespace/name`, of routes that only the AWS controller can be meant to run. */
function markedGateways(routes: readonly RouteDraft[]): ReadonlySet<string> {
  return new Set(
    routes
      .filter(isMarkedRoute)
      .flatMap(({ parents, namespace }) => parents.map((parent) => `${parent.namespace ?? namespace}/${parent.name}`)),
  );
}

function knownClasses(
  objects: readonly SpecObject<{ readonly controllerName?: string }>[],
  sourceClass: string | undefined,
): KnownClasses {
  return { controllers: new Map(objects.map(({ name, spec }) => [name, spec.controllerName ?? ''])), sourceClass };
}

function attachAll(
  routes: readonly RouteDraft[],
  context: AttachContext,
): { readonly gateway: readonly Attachment[]; readonly mesh: readonly MeshAttachment[] } {
  const gateway: Attachment[] = [];
  const mesh: MeshAttachment[] = [];
  for (const route of routes) {
    if (route.parents.length === 0 && route.takesDefaults !== true) {
      context.report(d['route-without-parent']({}, route.source.origin));
    }
    const attached: Attachment[] = [];
    for (const parent of route.parents) {
      const { group, kind, origin } = parent;
      if (group === GROUP && kind === 'Gateway') attached.push(...attach(route, parent, context));
      else if (group === '' && kind === 'Service') mesh.push({ route, parent });
      else context.report(d['parent-kind-not-read']({ kind: group === '' ? kind : `${group} ${kind}` }, origin));
    }
    reportUnserved(route, attached, context.report);
    gateway.push(...attached);
  }
  return { gateway, mesh };
}

function groupOf({ resource: { apiVersion } }: KubernetesDocument): string {
  return apiVersion.slice(0, apiVersion.indexOf('/'));
}

/** Once for a run: that the specification, not an implementation, is what the objects are read by. */
function reportReading(
  gateways: ParsedSource['gateways'],
  hosts: ParsedSource['virtualHosts'],
  report: ParseContext['report'],
): void {
  const read = hosts.filter(({ order }) => order.kind === 'gateway-api');
  const [first] = read;
  if (first === undefined) return;
  const workloads = new Set(read.map(({ scope }) => (scope.kind === 'gateway' ? scope.workload : '')));
  const names = gateways.flatMap(({ workload, className }) => (workloads.has(workload) ? [className] : []));
  const classes = [...new Set(names)].filter((name) => name !== '').sort();
  report(d['read-by-specification']({ classes }, first.origin));
}
