/**
 * Decision lists as the property of equivalence generates them: written apart from the routing model, so that a mistake
 * in the model's own evaluator cannot hide itself.
 */

/** A test of a text. `fold` compares without the case of ASCII letters; a regex takes the whole text. */
export type TextTest =
  | { readonly kind: 'any' }
  | { readonly kind: 'exact' | 'prefix'; readonly text: string; readonly fold?: boolean }
  | { readonly kind: 'regex'; readonly source: string }
  | { readonly kind: 'not'; readonly of: TextTest }
  | { readonly kind: 'all'; readonly of: readonly TextTest[] };

/** A test of the path. `string` prefixes are read by character, `segment` prefixes by whole segments. */
export type PathTest =
  | { readonly kind: 'any' }
  | { readonly kind: 'exact' | 'string' | 'segment'; readonly text: string; readonly fold?: boolean }
  | { readonly kind: 'regex'; readonly source: string };

/** A test of a header or query parameter; without `value` only the absence passes. */
export interface FieldTest {
  readonly absent: boolean;
  readonly value?: TextTest;
}

export type Fields = Readonly<Record<string, FieldTest>>;

/** A conjunction. */
export interface Condition {
  readonly path: PathTest;
  readonly method: TextTest;
  readonly authority: TextTest;
  readonly headers: Fields;
  readonly query: Fields;
  /** Conditions that no request shows, by name. */
  readonly opaque?: readonly string[];
}

/** Changes of headers by name, done in this order. */
export interface Edits {
  readonly remove?: readonly string[];
  readonly set?: Readonly<Record<string, string>>;
  readonly add?: Readonly<Record<string, string>>;
}

/** `string` and `segment` replace the prefix `from`, which every path of the rule has. */
export type Rewrite =
  | { readonly kind: 'full'; readonly path: string }
  | { readonly kind: 'string' | 'segment'; readonly from: string; readonly to: string }
  | { readonly kind: 'regex'; readonly source: string; readonly substitution: string };

/** A part of the requests: to a backend, perhaps with header edits of its own, or answered where there is none. */
export type Share =
  | { readonly backend: string; readonly weight: number; readonly request?: Edits; readonly response?: Edits }
  | { readonly status: number; readonly weight: number };

export interface Forward {
  readonly kind: 'forward';
  readonly shares: readonly Share[];
  readonly rewrite?: Rewrite;
  readonly host?: string;
  readonly request?: Edits;
  readonly response?: Edits;
  readonly timeout?: number;
  readonly backendTimeout?: number;
  readonly retry?: { readonly attempts: number; readonly codes: readonly number[]; readonly perTry?: number };
  readonly mirrors?: readonly { readonly backend: string; readonly fraction: number }[];
  readonly fault?: { readonly delay?: number; readonly abort?: number; readonly fraction: number };
  /** The origin that a CORS policy names. */
  readonly cors?: string;
  readonly session?: { readonly kind: 'cookie' | 'header'; readonly name: string };
}

export interface Redirect {
  readonly kind: 'redirect';
  readonly status: number;
  readonly scheme?: 'https';
  readonly host?: string;
  readonly port: 'request' | 'listener' | 'scheme' | number;
  readonly path?: Rewrite;
  readonly response?: Edits;
}

export interface Respond {
  readonly kind: 'respond';
  readonly status: number;
  readonly body?: string;
  readonly response?: Edits;
}

export type Action = Forward | Redirect | Respond;

export interface Rule {
  readonly conditions: readonly Condition[];
  readonly action: Action;
}

export type Order = 'first-match' | 'gateway-api' | 'ingress';

/** The rules of one host; what no rule takes gets `otherwise`. */
export interface List {
  readonly order: Order;
  readonly rules: readonly Rule[];
  readonly otherwise: Respond;
}

/** Two lists over one host name. Backends of the right list that are called `<name>-renamed` are the same as `<name>`. */
export interface Pair {
  readonly left: List;
  readonly right: List;
}

/** A request; an absent header or parameter has no key. `host` is the Host header as sent, port included. */
export interface Request {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The conditions that no request shows and that are to hold. */
  readonly conditions?: readonly string[];
}

export const ANY: { readonly kind: 'any' } = { kind: 'any' };

export const EVERYTHING: Condition = { path: ANY, method: ANY, authority: ANY, headers: {}, query: {} };
