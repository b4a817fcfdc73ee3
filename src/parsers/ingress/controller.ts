import type { ClusterFacts } from '../../ir/facts.ts';

/**
 * What is known of the controller that serves a class.
 * - nginx: ingress-nginx
 * - alb: the load balancer controllers of AWS
 * - other: only what the specification of Ingress says
 */
export type ControllerDialect = 'nginx' | 'alb' | 'other';

const controllers: ReadonlyMap<string, ControllerDialect> = new Map([
  ['k8s.io/ingress-nginx', 'nginx'],
  ['ingress.k8s.aws/alb', 'alb'],
  ['eks.amazonaws.com/alb', 'alb'],
]);

/** The controller of a class: as its IngressClass says, else by the names that these controllers give their classes. */
export function findDialect(className: string, { ingressClasses }: ClusterFacts): ControllerDialect {
  const controller = ingressClasses.get(className)?.controller;
  if (controller !== undefined) return controllers.get(controller) ?? 'other';
  return className === 'nginx' || className === 'alb' ? className : 'other';
}
