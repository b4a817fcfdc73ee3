import type { ClusterFacts } from '../../ir/facts.ts';
import type { IngressDraft } from './draft.ts';

/**
 * What is known of the controller that serves a class.
 * - nginx: ingress-nginx
 * - alb: the load balancer controllers of AWS
 * - other: only what the specification of Ingress says
 */
export type ControllerDialect = 'nginx' | 'alb' | 'other';

/** A dialect, and what spoke for it where no IngressClass of the input and no plain name did. */
export interface FoundController {
  readonly dialect: ControllerDialect;
  readonly assumedBy?: string;
}

/** Whose controller a class names. Second instances of ingress-nginx have a name of their own, as `k8s.io/internal-ingress-nginx`. */
const controllers: readonly { readonly name: RegExp; readonly dialect: ControllerDialect }[] = [
  { name: /ingress-nginx/, dialect: 'nginx' },
  { name: /^(?:ingress\.k8s\.aws|eks\.amazonaws\.com)\/alb$/, dialect: 'alb' },
];

/** What Ingresses say to a controller in their annotations. */
const prefixes: readonly (readonly [prefix: string, dialect: ControllerDialect])[] = [
  ['nginx.ingress.kubernetes.io/', 'nginx'],
  ['alb.ingress.kubernetes.io/', 'alb'],
];

/**
 * The controller of a class: as its IngressClass says, else by the names that these controllers give their classes,
 * else by a word of the name (`nginx-internal`), else by the annotations of its Ingresses where they speak to one only.
 */
export function findController(
  className: string,
  ingresses: readonly IngressDraft[],
  { ingressClasses }: ClusterFacts,
): FoundController {
  const controller = ingressClasses.get(className)?.controller;
  if (controller !== undefined) {
    return { dialect: controllers.find(({ name }) => name.test(controller))?.dialect ?? 'other' };
  }
  if (className === 'nginx' || className === 'alb') return { dialect: className };
  const words = className.toLowerCase().split(/[^a-z0-9]+/);
  const named = prefixes.find(([, dialect]) => words.includes(dialect));
  if (named !== undefined) return { dialect: named[1], assumedBy: 'its name' };
  const annotations = ingresses.flatMap(({ source }) => Object.keys(source.annotations));
  const [only, ...others] = prefixes.filter(([prefix]) => annotations.some((name) => name.startsWith(prefix)));
  return only === undefined || others.length > 0
    ? { dialect: 'other' }
    : { dialect: only[1], assumedBy: 'the annotations of its Ingresses' };
}
