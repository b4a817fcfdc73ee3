/** The objects of the output, as far as faults are planted in them; unlike those of the emitter they can be changed. */
export interface Printed {
  readonly kind: string;
  readonly metadata: { name: string; namespace?: string };
  readonly spec: PrintedSpec;
}

interface PrintedSpec {
  rules?: PrintedRule[];
  hostnames?: string[];
  parentRefs?: { name: string; namespace?: string; sectionName?: string }[];
  listeners?: { name: string; port: number; hostname?: string }[];
  selector?: Record<string, string>;
  ports?: { targetPort?: number }[];
}

export interface PrintedRule {
  matches: PrintedMatch[];
  filters?: PrintedFilter[];
  backendRefs?: { name: string; namespace?: string; port?: number; weight?: number }[];
  timeouts?: { request?: string; backendRequest?: string };
  retry?: { attempts?: number };
}

interface PrintedMatch {
  path: { type: 'Exact' | 'PathPrefix'; value: string };
  method?: string;
  headers?: { name: string; value: string }[];
  queryParams?: { name: string; value: string }[];
}

interface PrintedFilter {
  type: string;
  requestRedirect?: { statusCode?: number; port?: number; path?: PrintedPath };
  urlRewrite?: { path?: PrintedPath };
  requestHeaderModifier?: { set?: { name: string; value: string }[]; remove?: string[] };
}

interface PrintedPath {
  type: 'ReplaceFullPath' | 'ReplacePrefixMatch';
  replaceFullPath?: string;
  replacePrefixMatch?: string;
}

/** What is there, or the end of the test: a fault that finds no place is no fault. */
export function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the output has no place for this fault');
  return value;
}

export function object(objects: readonly Printed[], kind: string, name: string): Printed {
  return need(objects.find((one) => one.kind === kind && one.metadata.name === name));
}

export function rules(objects: readonly Printed[], route: string): PrintedRule[] {
  return need(object(objects, 'HTTPRoute', route).spec.rules);
}

/** The first rule of a route with a match that fits. */
export function rule(
  objects: readonly Printed[],
  route: string,
  fits: (match: PrintedMatch, rule: PrintedRule) => unknown,
): PrintedRule {
  return need(rules(objects, route).find((one) => one.matches.some((match) => Boolean(fits(match, one)))));
}

/** The first match of a route that fits. */
export function match(
  objects: readonly Printed[],
  route: string,
  fits: (match: PrintedMatch) => unknown,
): PrintedMatch {
  return need(rule(objects, route, fits).matches.find((one) => Boolean(fits(one))));
}

export function filter(rule: PrintedRule, type: string): PrintedFilter {
  return need(rule.filters?.find((one) => one.type === type));
}

export function withoutFilter(rule: PrintedRule, type: string): void {
  filter(rule, type);
  rule.filters = (rule.filters ?? []).filter((one) => one.type !== type);
}

/** Takes an object out of the output. */
export function drop(objects: Printed[], kind: string, name: string): void {
  objects.splice(objects.indexOf(object(objects, kind, name)), 1);
}
