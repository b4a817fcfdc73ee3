import { whyRefused } from './constraint.ts';
import { constraints, type TargetKind, tagConstraints, targetForms } from './constraints.ts';
import type { LatticeResource, TargetGroup } from './resources.ts';

/** A field of a resource that the API refuses. */
export interface ResourceProblem {
  /** The kind and the field as people write it: `TargetGroup.config.port 0`. */
  readonly field: string;
  /** The field alone: `config.port`. */
  readonly path: string;
  readonly reason: string;
}

/** Everything that the API of VPC Lattice refuses about one resource by itself. */
export function findProblems(resource: LatticeResource): readonly ResourceProblem[] {
  const problems: ResourceProblem[] = [];
  for (const [path, constraint] of Object.entries(constraints[resource.kind] ?? {})) {
    for (const value of valuesAt(resource, path.split(/\.|(?=\[\])/))) {
      const reason = whyRefused(value, constraint);
      if (reason !== undefined) problems.push({ field: `${resource.kind}.${path}${show(value)}`, path, reason });
    }
  }
  if (resource.kind === 'TargetGroup') problems.push(...findGroupProblems(resource), ...findTargetProblems(resource));
  if (resource.kind === 'Rule') problems.push(...findPathProblems(resource.match.httpMatch.pathMatch?.match));
  return problems;
}

/** The longest value that a message repeats. */
const SHOWN = 80;

/** A value in a message; of a long one the beginning, of a list nothing. */
function show(value: unknown): string {
  if (typeof value === 'object') return '';
  const text = JSON.stringify(value);
  return text.length > SHOWN ? ` ${text.slice(0, SHOWN)}…` : ` ${text}`;
}

function findPathProblems(match: object | undefined): readonly ResourceProblem[] {
  const [text] = Object.values(match ?? {});
  // The characters are allowed, and nothing says that the query takes part in the match.
  if (typeof text !== 'string' || !/[?#]/.test(text)) return [];
  const path = 'match.httpMatch.pathMatch';
  return [{ field: `Rule.${path}${show(text)}`, path, reason: 'a path holds no ? and no #' }];
}

/** What depends on the type of a target group (User Guide, target groups). */
function findGroupProblems({ type, config, targets }: TargetGroup): readonly ResourceProblem[] {
  const problems: ResourceProblem[] = [];
  const add = (path: string, reason: string) => problems.push({ field: `TargetGroup.${path}`, path, reason });
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

function findTargetProblems({ type, config, targets }: TargetGroup): readonly ResourceProblem[] {
  const kind: TargetKind = type === 'IP' ? (config?.ipAddressType ?? 'IPV4') : type;
  const { takes, words } = targetForms[kind];
  const path = 'targets[].id';
  return targets
    .filter(({ id }) => !takes(id))
    .map(({ id }) => ({ field: `TargetGroup.${path}${show(id)}`, path, reason: `it is not ${words}` }));
}

/** What the API refuses about tags; `path` is the key, or empty where it is about all of them. */
export function findTagProblems(tags: Readonly<Record<string, string>>): readonly ResourceProblem[] {
  const entries = Object.entries(tags);
  const { max } = tagConstraints.tags;
  const reason = `${entries.length} tags, and ${max} are allowed beside those that say whose a resource is`;
  const many = entries.length > max ? [{ field: 'tags', path: '', reason }] : [];
  return [
    ...many,
    ...entries.flatMap(([key, value]) => {
      const why = whyRefused(key, tagConstraints.key) ?? whyRefused(value, tagConstraints.value);
      return why === undefined ? [] : [{ field: `tags${show(key)}`, path: key, reason: why }];
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
