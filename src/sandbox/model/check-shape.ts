import type { Dictionary, List, Members, Shape, Structure, Text, Union, Whole } from './shape.ts';

/** One member that breaks a constraint, by its path within the request. */
export interface Violation {
  readonly name: string;
  readonly message: string;
  /** The value is of another JSON type, so that the request cannot even be read. */
  readonly unreadable?: true;
}

type Json = Readonly<Record<string, unknown>>;

/** Every constraint that a value breaks, in the order of the members; none means that it is of the shape. */
export function checkShape(shape: Shape, value: unknown, path: string): readonly Violation[] {
  switch (shape.kind) {
    case 'text':
      return typeof value === 'string' ? checkText(shape, value, path) : wrongType(path, 'a string');
    case 'choice':
      if (typeof value !== 'string') return wrongType(path, 'a string');
      return shape.values.includes(value) ? [] : broken(path, `must be one of ${shape.values.join(', ')}`);
    case 'whole':
      return typeof value === 'number' && Number.isInteger(value)
        ? checkWhole(shape, value, path)
        : wrongType(path, 'a whole number');
    case 'flag':
      return typeof value === 'boolean' ? [] : wrongType(path, 'true or false');
    case 'list':
      return Array.isArray(value) ? checkList(shape, value, path) : wrongType(path, 'a list');
    case 'dictionary':
      return isObject(value) ? checkDictionary(shape, value, path) : wrongType(path, 'a map');
    case 'structure':
      return isObject(value) ? checkMembers(shape, value, path) : wrongType(path, 'a structure');
    case 'union':
      return isObject(value) ? checkUnion(shape, value, path) : wrongType(path, 'a structure');
  }
}

/** Checks the members of a structure. Members that the table does not know are ignored, as the service does. */
export function checkMembers({ required, optional }: Structure, value: Json, path = ''): readonly Violation[] {
  const missing = Object.keys(required)
    .filter((name) => isAbsent(value[name]))
    .flatMap((name) => broken(join(path, name), 'is required'));
  return [...missing, ...checkGiven({ ...required, ...optional }, value, path)];
}

function checkGiven(members: Members, value: Json, path: string): readonly Violation[] {
  return Object.entries(members).flatMap(([name, shape]) =>
    isAbsent(value[name]) ? [] : checkShape(shape, value[name], join(path, name)),
  );
}

function checkUnion({ arms }: Union, value: Json, path: string): readonly Violation[] {
  const given = Object.keys(arms).filter((name) => !isAbsent(value[name]));
  if (given.length !== 1) return broken(path, `must have exactly one of ${Object.keys(arms).join(', ')}`);
  return checkGiven(arms, value, path);
}

function checkText({ min, max, pattern }: Text, value: string, path: string): readonly Violation[] {
  // A length is counted in characters, not in UTF-16 units.
  const length = [...value].length;
  if (length < min || length > max) return broken(path, `must have ${range(min, max)} characters, and has ${length}`);
  return pattern === undefined || pattern.test(value) ? [] : broken(path, `must match ${pattern.source}`);
}

function checkWhole({ min, max }: Whole, value: number, path: string): readonly Violation[] {
  return value < min || value > max ? broken(path, `must be ${range(min, max)}, and is ${value}`) : [];
}

function checkList({ item, min, max }: List, value: readonly unknown[], path: string): readonly Violation[] {
  if (value.length < min || value.length > max) {
    return broken(path, `must have ${range(min, max)} items, and has ${value.length}`);
  }
  return value.flatMap((one, index) => checkShape(item, one, `${path}[${index}]`));
}

function checkDictionary({ key, value: shape, max }: Dictionary, value: Json, path: string): readonly Violation[] {
  const entries = Object.entries(value);
  if (entries.length > max) return broken(path, `must have at most ${max} entries, and has ${entries.length}`);
  return entries.flatMap(([name, text]) => [
    ...checkText(key, name, `${path} key ${name}`),
    ...checkShape(shape, text, join(path, name)),
  ]);
}

/** JSON null says the same as an absent member. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function range(min: number, max: number): string {
  return max === Number.POSITIVE_INFINITY ? `at least ${min}` : `${min} to ${max}`;
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function broken(name: string, message: string): readonly Violation[] {
  return [{ name, message }];
}

function wrongType(name: string, expected: string): readonly Violation[] {
  return [{ name, message: `must be ${expected}`, unreadable: true }];
}
