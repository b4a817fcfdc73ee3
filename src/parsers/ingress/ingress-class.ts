import type { Report } from '../../diagnostics/diagnostic.ts';
import type { ClusterFacts } from '../../ir/facts.ts';
import { CLASS_ANNOTATION } from './annotations.ts';
import { ingressDiagnostics as d } from './diagnostics.ts';
import type { IngressDraft } from './draft.ts';

/** The name of the class of Ingresses that name none where no default is known. */
const UNNAMED = 'default';

/** The class of an Ingress: the annotation wins over the field, which wins over the default of the cluster. */
export function findClass(
  { source, ingressClassName }: IngressDraft,
  { ingressClasses }: ClusterFacts,
  report: Report,
): string {
  const annotation = source.annotations[CLASS_ANNOTATION];
  const field = ingressClassName?.value;
  if (annotation !== undefined && annotation !== '') {
    if (ingressClassName !== undefined && field !== undefined && field !== annotation) {
      report(d['two-classes']({ annotation, field }, ingressClassName.origin));
    }
    return annotation;
  }
  if (field !== undefined) return field;
  const defaults = [...ingressClasses].filter(([, { isDefault }]) => isDefault).map(([name]) => name);
  const [only, ...others] = defaults.sort();
  if (only !== undefined && others.length === 0) return only;
  const assumed = only ?? UNNAMED;
  report(d['class-assumed']({ assumed }, source.origin, { affects: { kind: 'none' } }));
  return assumed;
}
