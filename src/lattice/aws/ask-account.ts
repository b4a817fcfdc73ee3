import { GetCallerIdentityCommand, STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import { LiveError } from '../live-error.ts';

/**
 * The account of the credentials, by STS. The call needs no permission (API reference, GetCallerIdentity).
 *
 * @throws errors of the SDK, and a LiveError for an answer without an account
 */
export async function askAccount(config: STSClientConfig): Promise<string> {
  const client = new STSClient(config);
  try {
    const { Account: account } = await client.send(new GetCallerIdentityCommand({}));
    if (account !== undefined) return account;
    throw new LiveError('GetCallerIdentity names no account', { kind: 'transient' });
  } finally {
    client.destroy();
  }
}
