import type { SourceObject } from '../../ir/model.ts';
import { SERVES } from '../../semantics/equivalence/pair-hosts.ts';
import type { EmitOptions } from '../emitter.ts';
import { compareText, fields, type Manifest } from '../manifest.ts';

/** The annotation that marks what latticectl has written. */
const GENERATOR = 'gateway.networking.k8s.io/generator';
/** The annotations that the AWS controller acts on. */
const AWS_ANNOTATIONS = 'application-networking.k8s.aws/';

/** Tracking marks of deployment tools: on a generated object they would make the tool prune or adopt it. */
const TRACKING_LABEL =
  /^(helm\.sh|argocd\..+|olm\.owner.*|(.+\.)?(argocd\.argoproj\.io|fluxcd\.io|cattle\.io|kapp\.k14s\.io|config\.k8s\.io))(\/|$)/;

/** What the controller writes itself, and priorities, which follow from the order of the rules that is printed. */
const OUTPUT_ANNOTATION =
  /^application-networking\.k8s\.aws\/(rule-\d+-priority|lattice-service-arn|lattice-assigned-domain-name|accessLogSubscription|accessLogSubscriptionResourceName|resourceArn|iam-auth-policy-resource-.*)$/;

/** What the metadata of an object is made of. */
export interface MetadataParts {
  readonly name: string;
  /** Absent where the source has none. */
  readonly namespace: string | undefined;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** What of the source it serves, where its own name and hosts do not say so: read back to compare. */
  readonly serves?: string;
  /** It is run by another controller than that of AWS, whose annotations would say the contrary to a reader. */
  readonly leavesLattice?: boolean;
}

/** Metadata with the generator's mark, without the marks of deployment tools and without what a controller wrote. */
export function buildMetadata(parts: MetadataParts, { toolVersion }: Pick<EmitOptions, 'toolVersion'>): Manifest {
  const labels = cleanLabels(parts.labels ?? NO_ENTRIES);
  const kept = parts.leavesLattice === true ? NO_ENTRIES : cleanAnnotations(parts.annotations ?? NO_ENTRIES);
  const own: Record<string, string> = { [GENERATOR]: `latticectl-${toolVersion}` };
  // Sorts behind the generator's mark.
  if (parts.serves !== undefined) own[SERVES] = parts.serves;
  return fields({
    name: parts.name,
    namespace: parts.namespace,
    labels: labels === NO_ENTRIES ? undefined : labels,
    annotations: kept === NO_ENTRIES ? own : sortKeys({ ...kept, ...own }),
  });
}

/** The labels of an object that stay on what is made of it. */
function cleanLabels(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return keep(labels, (key, value) => {
    if (key === 'app.kubernetes.io/managed-by') return value !== 'Helm';
    // Helm's own label from before the recommended ones.
    if (key === 'heritage') return value !== 'Helm' && value !== 'Tiller';
    return !TRACKING_LABEL.test(key);
  });
}

/** The annotations of an object that stay on what is made of it. */
function cleanAnnotations(annotations: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return keep(annotations, (key) => key.startsWith(AWS_ANNOTATIONS) && !OUTPUT_ANNOTATION.test(key));
}

/** One object among all: API version, kind, namespace and name. */
export function sourceKey({ apiVersion, kind, namespace, name }: SourceObject): string {
  return `${apiVersion} ${kind} ${namespace ?? ''}/${name}`;
}

function keep(map: Readonly<Record<string, string>>, holds: (key: string, value: string) => boolean) {
  const keys = Object.keys(map);
  // Mostly all of them stay, and stand in order already.
  if (keys.length > 0 && keys.every((key, index) => holds(key, map[key] ?? '') && key >= (keys[index - 1] ?? '')))
    return map;
  const entries = Object.entries(map).filter(([key, value]) => holds(key, value));
  return entries.length === 0 ? NO_ENTRIES : Object.fromEntries(entries.sort(([a], [b]) => compareText(a, b)));
}

const NO_ENTRIES: Readonly<Record<string, string>> = {};

export function sortKeys<T>(map: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => compareText(a, b)));
}
