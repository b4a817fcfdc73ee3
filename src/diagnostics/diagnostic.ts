import type { Dimension } from './dimension.ts';
import type { Origin } from './origin.ts';

/**
 * error: some request gets another backend, split, status, redirect, path, host or access decision.
 * warning: routing holds, behaviour around it is lost, or a difference of the closed list.
 * info: worth knowing.
 */
export type Severity = 'error' | 'warning' | 'info';

/** A concrete request that meets something else after the conversion than before. */
export interface Witness {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
  };
  readonly before: string;
  readonly after: string;
}

/**
 * Which virtual hosts an error withholds.
 * - document: the hosts that were built from the document of the origin (the default)
 * - hosts: the virtual hosts with these ids
 * - hostnames: every virtual host that serves one of these names, as written in the source
 * - backends: every host that can reach a workload of this namespace (any, when absent), Service
 *   name or label selector; a Service whose selector is unknown counts as reached
 * - gateways: every host that comes in through a gateway of this namespace, name and labels of its pods (any, when
 *   absent), of those whose `podLabels` the source gives
 * - each-of: all that one of these withholds
 */
export type Affects =
  | { readonly kind: 'document' }
  | { readonly kind: 'hosts'; readonly ids: readonly string[] }
  | { readonly kind: 'hostnames'; readonly names: readonly string[] }
  | {
      readonly kind: 'backends';
      readonly namespace?: string;
      readonly service?: string;
      readonly labels?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'gateways';
      readonly namespace?: string;
      readonly name?: string;
      readonly labels?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'each-of'; readonly of: readonly Affects[] }
  | { readonly kind: 'all' }
  | { readonly kind: 'none' };

/**
 * The requests of a host that a finding is about, where these are not those of its rule.
 * - beyond-segment: paths that begin with `prefix` and go on in the same segment
 * - path: this very path
 * - header-case: a header with this value in other letters
 * - deeper-names: names with more than one label before this suffix
 * - host: all requests of this virtual host, whichever hosts the finding withholds
 * - other-clients: clients of the mesh that the host does not serve today
 */
export type Region =
  | { readonly kind: 'beyond-segment'; readonly prefix: string; readonly ignoreCase: boolean }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'header-case'; readonly name: string; readonly value: string }
  | { readonly kind: 'deeper-names'; readonly suffix: string }
  | { readonly kind: 'host'; readonly id: string }
  | { readonly kind: 'other-clients' };

/**
 * What is emitted once a loss is accepted.
 * - omit-part: the action without the part that cannot be said
 * - omit-rule: the rule is left out; its requests meet the rules below it
 * - as-said: what the message says is emitted as it stands
 * - never: accepting is refused, since nothing right can be emitted
 */
export type AcceptForm = 'omit-part' | 'omit-rule' | 'as-said' | 'never';

/** A finding about the user's configuration. Made by the factories of `defineDiagnostics` only. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly effect?: string;
  readonly help?: string;
  /** Absent when the finding is about the run as a whole. */
  readonly origin?: Origin;
  readonly witness?: Witness;
  readonly related: readonly { readonly message: string; readonly origin: Origin }[];
  readonly affects: Affects;
  readonly region?: Region;
  /** Set by the acceptance pass; an accepted error neither withholds nor fails. */
  readonly accepted?: { readonly reason: string };
}

/** What stands in a table of diagnostics: one row per code, read by code, docs and `explain`. */
export interface DiagnosticDefinition<Args> {
  readonly severity: Severity;
  /** One sentence for the docs: when this is reported. */
  readonly summary: string;
  readonly message: (args: Args) => string;
  /** What it means for requests. */
  readonly effect?: (args: Args) => string;
  /** What the user can do. */
  readonly help?: (args: Args) => string;
  readonly accept: AcceptForm;
  /** A security loss: accepting it needs the object named. */
  readonly security?: boolean;
  /** What requests of the rule may meet otherwise; the check of the output allows nothing else. */
  readonly changes?: readonly Dimension[];
  /** It goes away with the findings that cause it, so nobody is told to accept it beside them. */
  readonly isConsequence?: boolean;
}

/** What a single finding may add to its row. */
export interface DiagnosticExtras {
  readonly witness?: Witness;
  readonly related?: Diagnostic['related'];
  readonly affects?: Affects;
  readonly region?: Region;
  /** Replaces the row's severity; only where the table's text says so. */
  readonly severity?: Severity;
}

/** Makes a finding of one code. */
export interface DiagnosticFactory<Args> {
  (args: Args, origin: Origin | undefined, extras?: DiagnosticExtras): Diagnostic;
  readonly code: string;
  readonly definition: DiagnosticDefinition<Args>;
}

/** The findings' way out of a pass: collected, never thrown. */
export type Report = (diagnostic: Diagnostic) => void;

export type DiagnosticTable<Rows> = { readonly [K in keyof Rows]: DiagnosticFactory<Rows[K]> };

/**
 * Declares the codes `scope/name` of one folder. The factories it returns are the only way to make
 * a Diagnostic, so no code can be raised that the docs and `explain` do not know.
 */
export function defineDiagnostics<Rows>(
  scope: string,
  definitions: { readonly [K in keyof Rows]: DiagnosticDefinition<Rows[K]> },
): DiagnosticTable<Rows> {
  const table: { -readonly [K in keyof Rows]?: DiagnosticFactory<Rows[K]> } = {};
  for (const name in definitions) table[name] = makeFactory(`${scope}/${name}`, definitions[name]);
  return table as DiagnosticTable<Rows>;
}

const NO_PLACES: Diagnostic['related'] = [];
const OWN_DOCUMENT: Affects = { kind: 'document' };

function makeFactory<Args>(code: string, definition: DiagnosticDefinition<Args>): DiagnosticFactory<Args> {
  const make = (args: Args, origin: Origin | undefined, extras: DiagnosticExtras = {}): Diagnostic => {
    // Assigned one by one: on Node 20 a spread takes ten times as long, and a large input has thousands of findings.
    const finding: { -readonly [K in keyof Diagnostic]: Diagnostic[K] } = {
      code,
      severity: extras.severity ?? definition.severity,
      message: definition.message(args),
      related: extras.related ?? NO_PLACES,
      affects: extras.affects ?? OWN_DOCUMENT,
    };
    const effect = definition.effect?.(args);
    const help = definition.help?.(args);
    if (effect !== undefined) finding.effect = effect;
    if (help !== undefined) finding.help = help;
    if (origin !== undefined) finding.origin = origin;
    if (extras.witness !== undefined) finding.witness = extras.witness;
    if (extras.region !== undefined) finding.region = extras.region;
    return finding;
  };
  return Object.assign(make, { code, definition });
}
