/**
 * How the objects of a Gateway are read: as the specification says, or as the AWS Gateway API Controller runs them,
 * which keeps the order of the list, reads prefixes as VPC Lattice does and passes over much of a route.
 */
export type Reading = 'specification' | 'lattice';

/** The group of the AWS controller's own kinds, and the prefix of its annotations. */
export const AWS_GROUP = 'application-networking.k8s.aws';
/** The class whose Gateways the controller runs by convention. */
export const LATTICE_CLASS = 'amazon-vpc-lattice';

const CONTROLLER = `${AWS_GROUP}/gateway-api-controller`;

/** What is known about classes: the controller of each GatewayClass of the input, and the class that overrides all. */
export interface KnownClasses {
  readonly controllers: ReadonlyMap<string, string>;
  readonly sourceClass: string | undefined;
}

/** How objects of a class are read; `isMarked` decides where nothing is known about the class. */
export function readingOf(className: string | undefined, isMarked: boolean, classes: KnownClasses): Reading {
  const name = classes.sourceClass ?? className;
  if (name === LATTICE_CLASS) return 'lattice';
  const controller = name === undefined ? undefined : classes.controllers.get(name);
  if (controller !== undefined) return controller === CONTROLLER ? 'lattice' : 'specification';
  return classes.sourceClass === undefined && isMarked ? 'lattice' : 'specification';
}
