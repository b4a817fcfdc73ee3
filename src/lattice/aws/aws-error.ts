import { type FailureKind, LiveError } from '../live-error.ts';
import type { Operation } from '../port.ts';

/** Names of errors that say how to go on, whatever status they come with. */
const kinds: Readonly<Record<string, FailureKind>> = {
  ThrottlingException: 'throttled',
  TooManyRequestsException: 'throttled',
  InternalServerException: 'transient',
  ServiceUnavailableException: 'transient',
  TimeoutError: 'transient',
  // What the answer says is no JSON.
  SyntaxError: 'transient',
  AccessDeniedException: 'denied',
  ResourceNotFoundException: 'not-found',
};

/** Codes of Node for a connection that was lost or never came to be. */
const lostConnection =
  /^(?:ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_SOCKET)$/;

/** An error of the SDK in words, with the request id and, where it is missing, the IAM action. It holds no credential. */
export function toLiveError(operation: Operation, error: unknown): LiveError {
  if (error instanceof LiveError) return error;
  const { name, message, code, status, requestId, retryAfter } = read(error);
  const at = requestId === undefined ? '' : ` (request ${requestId})`;
  const wait = retryAfter === undefined ? {} : { retryAfter };
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    return new LiveError(`no AWS credentials: ${redact(message)}`, { kind: 'final', cause: error });
  }
  if (message === 'Region is missing') {
    const help = 'name one with --region, in the settings, or in AWS_REGION';
    return new LiveError(`no AWS region: ${help}`, { kind: 'final', cause: error });
  }
  const kind = kindOf({ name, code, status, message });
  const text = `${operation} failed: ${name}: ${redact(message)}${at}`;
  if (kind !== 'denied') return new LiveError(text, { kind, cause: error, ...wait });
  const caller = /\barn:[a-z-]+:(?:iam|sts)::(\d{12}):/.exec(message)?.[1];
  const help = `; the credentials lack the IAM action vpc-lattice:${operation}`;
  return new LiveError(`${text}${help}`, { kind, cause: error, ...(caller === undefined ? {} : { caller }) });
}

/** An answer that lacks what every answer has. Asking again may help, since a broken proxy answers anything. */
export function badAnswer(
  operation: Operation,
  fault: string,
  requestId: string,
  kind: FailureKind = 'transient',
): LiveError {
  return new LiveError(`${operation} gave no answer that can be used: ${fault} (request ${requestId})`, { kind });
}

function kindOf({ name, code, status, message }: Pick<Facts, 'name' | 'code' | 'status' | 'message'>): FailureKind {
  const known = kinds[name];
  if (known !== undefined) return known;
  if (code !== undefined && lostConnection.test(code)) return 'transient';
  if (/socket hang up/.test(message)) return 'transient';
  if (status === 429) return 'throttled';
  if (status === 403) return 'denied';
  if (status === 404) return 'not-found';
  // A status of success with an error is an answer that could not be read.
  return status !== undefined && (status >= 500 || status < 300) ? 'transient' : 'final';
}

interface Facts {
  readonly name: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  /** Milliseconds. */
  readonly retryAfter?: number | undefined;
}

function read(error: unknown): Facts {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const metadata = member(error, '$metadata');
  const response = member(error, '$response');
  const headers = member(response, 'headers');
  const code = member(error, 'code');
  const status = member(metadata, 'httpStatusCode') ?? member(response, 'statusCode');
  const requestId = member(metadata, 'requestId') ?? member(headers, 'x-amzn-requestid');
  const seconds = Number(member(error, 'retryAfterSeconds') ?? member(headers, 'retry-after') ?? Number.NaN);
  return {
    name: error.name,
    message: error.message.replace(/\n[\s\S]*$/, ''),
    code: typeof code === 'string' ? code : undefined,
    status: typeof status === 'number' ? status : undefined,
    requestId: typeof requestId === 'string' ? requestId : undefined,
    retryAfter: Number.isFinite(seconds) ? seconds * 1000 : undefined,
  };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Takes out what looks like a key, a token or a signature, which a proxy or a signer may repeat in its message. */
export function redact(text: string): string {
  return text
    .replace(/\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g, '[key]')
    .replace(
      /\b(Signature|Credential|X-Amz-Security-Token|x-amz-security-token|Authorization)(["']?\s*[=:]\s*["']?)[^\s,"'&]+/gi,
      '$1$2[hidden]',
    )
    .replace(/\/\/[^/@\s]+@/g, '//[hidden]@');
}
