/** What a failed call means for the next attempt. */
export type FailureKind =
  /** Too many calls: wait and slow down. */
  | 'throttled'
  /** The service or the way to it has failed: try again. */
  | 'transient'
  /** The call is not allowed. */
  | 'denied'
  | 'not-found'
  /** Asking again would change nothing. */
  | 'final';

interface LiveErrorOptions extends ErrorOptions {
  readonly kind: FailureKind;
  readonly retryAfter?: number;
  readonly caller?: string;
}

/** VPC Lattice cannot be asked, or what it says cannot be relied on: exit 1. Holds no credential. */
export class LiveError extends Error {
  readonly kind: FailureKind;
  /** Milliseconds that the service asks to wait. */
  readonly retryAfter: number | undefined;
  /** The account of the credentials, where a refusal names it. */
  readonly caller: string | undefined;

  constructor(message: string, options: LiveErrorOptions) {
    super(message, options);
    this.kind = options.kind;
    this.retryAfter = options.retryAfter;
    this.caller = options.caller;
  }
}

/** Two answers contradict each other, as they do while a change spreads; asking the calls again may settle it. */
export class Contradiction extends Error {
  /** The calls to ask again, as `Recall` names them. */
  readonly calls: readonly string[];

  /** The message names the request. */
  constructor(message: string, options: ErrorOptions & { readonly calls: readonly string[] }) {
    super(message, options);
    this.calls = options.calls;
  }
}
