import type { Report } from '../../diagnostics/diagnostic.ts';
import type { ClusterFacts } from '../../ir/facts.ts';
import { mapping, texts } from '../loose.ts';
import type { SpecObject } from '../source-object.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import { isSubset } from './gateway-pods.ts';

/** Of a kind that has no schema here: its fields may be of any type. */
interface WorkloadSpec {
  readonly labels?: unknown;
  readonly metadata?: unknown;
}

/** Reports an object that neither routes nor restricts: what it does for the mesh is not carried over. */
export function reportOther(object: SpecObject<object>, facts: ClusterFacts, report: Report): void {
  const { source } = object;
  const { kind, origin } = source;
  const none = { affects: { kind: 'none' } } as const;
  switch (kind) {
    case 'ServiceEntry':
    case 'Sidecar':
      report(d['mesh-object-not-carried']({ kind }, origin, none));
      return;
    case 'WorkloadEntry':
    case 'WorkloadGroup':
      reportWorkload(object, facts, report);
      return;
    default:
      report(d['observability-not-carried']({ kind }, origin, none));
  }
}

function reportWorkload({ source, namespace, spec }: SpecObject<object>, facts: ClusterFacts, report: Report): void {
  const { labels, metadata }: WorkloadSpec = spec;
  const own = texts(labels ?? mapping(metadata)['labels']);
  const services = [...facts.services.values()].filter(
    (service) =>
      service.namespace === namespace && Object.keys(service.selector).length > 0 && isSubset(service.selector, own),
  );
  const names = services.map(({ name }) => name).sort();
  const [only] = names;
  report(
    d['workload-not-carried'](
      { kind: source.kind, services: names.length === 0 ? '' : ` (Service ${names.join(', ')})` },
      source.origin,
      {
        affects:
          names.length === 1 && only !== undefined
            ? { kind: 'backends', namespace, service: only }
            : { kind: 'backends', namespace },
      },
    ),
  );
}
