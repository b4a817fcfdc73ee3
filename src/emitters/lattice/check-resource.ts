import { constraints, tagConstraints, whyRefused } from './constraints.ts';
import type { LatticeResource, TargetGroup } from './resources.ts';

/** A field of a resource that the API refuses. */
export interface ResourceProblem {
  /** As people write it: `TargetGroup.config.port`. */
  readonly field: string;
  readonly reason: string;
}

/** Everything that the API of VPC Lattice refuses about one resource by itself. */
export function findProblems(resource: LatticeResource): readonly ResourceProblem[] {
  const problems: ResourceProblem[] = [];
  for (const [path, constraint] of Object.entries(constraints[resource.kind] ?? {})) {
    for (const value of valuesAt(resource, path.split(/\.|(?=\[\])/))) {
      const reason = whyRefused(value, constraint);
      if (reason === undefined) continue;
      const shown = typeof value === 'object' ? '' : ` ${JSON.stringify(value)}`;
      problems.push({ field: `${resource.kind}.${path}${shown}`, reason });
    }
  }
  if (resource.kind === 'TargetGroup') problems.push(...findGroupProblems(resource));
  if (resource.kind === 'Rule') problems.push(...findPathProblems(resource.match.httpMatch.pathMatch?.match));
  return problems;
}

function findPathProblems(match: object | undefined): readonly ResourceProblem[] {
  const [path] = Object.values(match ?? {});
  // The characters are allowed, and nothing says that the query takes part in the match.
  if (typeof path !== 'string' || !/[?#]/.test(path)) return [];
  return [{ field: `Rule.match.httpMatch.pathMatch ${JSON.stringify(path)}`, reason: 'a path holds no ? and no #' }];
}

/** What depends on the type of a target group (User Guide, target groups). */
function findGroupProblems({ type, config, targets }: TargetGroup): readonly ResourceProblem[] {
  const problems: ResourceProblem[] = [];
  const add = (field: string, reason: string) => problems.push({ field: `TargetGroup.${field}`, reason });
  if (type === 'LAMBDA' && config !== undefined) add('config', 'a group of type LAMBDA has no port, protocol and VPC');
  if (type !== 'LAMBDA' && config === undefined) add('config', `a group of type ${type} needs a port and a VPC`);
  if (type === 'ALB' && config?.healthCheck !== undefined)
    add('config.healthCheck', 'a group of type ALB has no health check');
  if (type === 'ALB' && config !== undefined && config.protocolVersion !== 'HTTP1')
    add('config.protocolVersion', 'HTTP2 and GRPC are for targets of type IP and INSTANCE');
  if (type !== 'IP' && config?.ipAddressType !== undefined)
    add('config.ipAddressType', 'only groups of type IP have a type of address');
  if ((type === 'ALB' || type === 'LAMBDA') && targets.length > 1)
    add('targets', `a group of type ${type} has one target`);
  return problems;
}

/** What the API refuses about tags. */
export function findTagProblems(tags: Readonly<Record<string, string>>): readonly ResourceProblem[] {
  const entries = Object.entries(tags);
  const { max } = tagConstraints.tags;
  const many =
    entries.length > max ? [{ field: 'tags', reason: `${entries.length} tags, and ${max} are allowed` }] : [];
  return [
    ...many,
    ...entries.flatMap(([key, value]) => {
      const reason = whyRefused(key, tagConstraints.key) ?? whyRefused(value, tagConstraints.value);
      return reason === undefined ? [] : [{ field: `tags.${key}`, reason }];
    }),
  ];
}

/** The values at a path; none where a part of it is absent. */
function valuesAt(value: unknown, [step, ...rest]: readonly string[]): readonly unknown[] {
  if (value === undefined) return [];
  if (step === undefined) return [value];
  if (step === '[]') return Array.isArray(value) ? value.flatMap((item: unknown) => valuesAt(item, rest)) : [];
  return typeof value === 'object' && value !== null && Object.hasOwn(value, step)
    ? valuesAt((value as Readonly<Record<string, unknown>>)[step], rest)
    : [];
}
