import type { Caller } from '../state/ids.ts';

/** Who calls without saying so; the account of the examples of AWS. */
const usual: Caller = { account: '123456789012', region: 'us-west-2' };

/**
 * The account and region of a call, from the scope of its signature, which is not checked. An access key of twelve digits
 * is an account, so that a second account needs no more than another key.
 */
export function callerOf(authorization: string | undefined): Caller {
  const match = /Credential=([^/\s]+)\/\d{8}\/([a-z0-9-]+)\//.exec(authorization ?? '');
  const [, key = '', region = usual.region] = match ?? [];
  return { account: /^\d{12}$/.test(key) ? key : usual.account, region };
}
