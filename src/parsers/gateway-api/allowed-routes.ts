import type { ClusterFacts } from '../../ir/facts.ts';
import type { AllowedRoutesInput, SelectorInput } from './types.ts';

type Labels = Readonly<Record<string, string>>;

/** Why a listener of a Gateway in `own` does not let in HTTPRoutes of `namespace`; undefined where it does. */
export function whyNotAllowed(
  { kinds, namespaces }: AllowedRoutesInput,
  own: string,
  namespace: string,
  { namespaces: known }: ClusterFacts,
): string | undefined {
  const listed = kinds ?? [];
  if (listed.length > 0 && !listed.some(({ group, kind }) => isGatewayApi(group) && kind === 'HTTPRoute')) {
    return 'it lets in no HTTPRoute (allowedRoutes.kinds)';
  }
  const from = namespaces?.from ?? 'Same';
  if (from === 'All' || (from === 'Same' && namespace === own)) return undefined;
  if (from !== 'Selector') return `it lets in routes of namespace ${own} only`;
  const labels = known.get(namespace) ?? { 'kubernetes.io/metadata.name': namespace };
  if (selects(namespaces?.selector ?? {}, labels)) return undefined;
  return known.has(namespace)
    ? `its selector does not take namespace ${namespace}`
    : `its selector asks for labels, and the input has no Namespace ${namespace} that shows its own`;
}

function isGatewayApi(group: string | null | undefined): boolean {
  return (group ?? 'gateway.networking.k8s.io') === 'gateway.networking.k8s.io';
}

function selects({ matchLabels, matchExpressions }: SelectorInput, labels: Labels): boolean {
  return (
    Object.entries(matchLabels ?? {}).every(([key, value]) => labels[key] === value) &&
    (matchExpressions ?? []).every(({ key = '', operator, values }) => {
      const value = labels[key];
      if (operator === 'Exists') return value !== undefined;
      if (operator === 'DoesNotExist') return value === undefined;
      const isListed = value !== undefined && (values ?? []).includes(value);
      return operator === 'In' ? isListed : operator === 'NotIn' && !isListed;
    })
  );
}
