import type { ClusterFacts } from '../../ir/facts.ts';
import type { AllowedRoutesInput, SelectorInput } from './types.ts';

type Labels = Readonly<Record<string, string>>;

/** Whether a listener lets routes in; `unknown` where labels decide that the input does not show. */
export type Admission =
  | { readonly kind: 'open' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'closed'; readonly reason: string };

/** Whether a listener of a Gateway in `own` lets in HTTPRoutes of `namespace`. */
export function admit(
  { kinds, namespaces }: AllowedRoutesInput,
  own: string,
  namespace: string,
  { namespaces: known }: ClusterFacts,
): Admission {
  const closed = (reason: string): Admission => ({ kind: 'closed', reason });
  const listed = kinds ?? [];
  if (listed.length > 0 && !listed.some(({ group, kind }) => isGatewayApi(group) && kind === 'HTTPRoute')) {
    return closed('it lets in no HTTPRoute (allowedRoutes.kinds)');
  }
  const from = namespaces?.from ?? 'Same';
  if (from === 'All' || (from === 'Same' && namespace === own)) return { kind: 'open' };
  if (from !== 'Selector') return closed(`it lets in routes of namespace ${own} only`);
  const selector = namespaces?.selector ?? {};
  const labels = known.get(namespace);
  // Of a Namespace that is not in the input only its name is known, which is a label of every Namespace.
  const decides = labels === undefined ? (key: string) => key === NAME_LABEL : () => true;
  if (!selects(selector, labels ?? { [NAME_LABEL]: namespace }, decides)) {
    return closed(`its selector does not take namespace ${namespace}`);
  }
  return keysOf(selector).every(decides) ? { kind: 'open' } : { kind: 'unknown' };
}

const NAME_LABEL = 'kubernetes.io/metadata.name';

function keysOf({ matchLabels, matchExpressions }: SelectorInput): readonly string[] {
  return [...Object.keys(matchLabels ?? {}), ...(matchExpressions ?? []).map(({ key }) => key ?? '')];
}

function isGatewayApi(group: string | null | undefined): boolean {
  return (group ?? 'gateway.networking.k8s.io') === 'gateway.networking.k8s.io';
}

/** Whether the labels meet every condition of a selector on a key that `decides`. */
function selects(
  { matchLabels, matchExpressions }: SelectorInput,
  labels: Labels,
  decides: (key: string) => boolean,
): boolean {
  return (
    Object.entries(matchLabels ?? {}).every(([key, value]) => !decides(key) || labels[key] === value) &&
    (matchExpressions ?? []).every(({ key = '', operator, values }) => {
      if (!decides(key)) return true;
      const value = labels[key];
      if (operator === 'Exists') return value !== undefined;
      if (operator === 'DoesNotExist') return value === undefined;
      const isListed = value !== undefined && (values ?? []).includes(value);
      return operator === 'In' ? isListed : operator === 'NotIn' && !isListed;
    })
  );
}
