import { canonical } from '../canonical.ts';
import type { Context, Outcome } from '../context.ts';
import { conflict } from '../errors.ts';
import type { OperationName } from '../model/operations.ts';
import { handlers } from '../operations/handlers.ts';
import { hash } from '../state/ids.ts';
import { put } from '../state/state.ts';

/**
 * Does one call whose input was checked. A create that was done before with the same token and parameters is answered as
 * it was then, without any action, and even if the resource is gone; with other parameters it is a conflict. Source: the
 * API reference, clientToken.
 */
export function perform(name: OperationName, context: Context, input: Readonly<Record<string, unknown>>): Outcome {
  const { clientToken, ...parameters } = input;
  const { account, region } = context.caller;
  const key = `${account} ${region} ${name} ${String(clientToken)}`;
  const spent = clientToken === undefined ? undefined : context.state.Token.get(key);
  const fingerprint = hash(JSON.stringify(canonical(parameters)));
  if (spent !== undefined) {
    if (spent.parameters === fingerprint) return { output: spent.output, changes: [] };
    throw conflict('RESOURCE', String(spent.output['id']), 'The client token was used with other parameters');
  }
  // The input has passed the constraints of this very call.
  const handler = handlers[name] as (context: Context, input: Readonly<Record<string, unknown>>) => Outcome;
  const outcome = handler(context, input);
  if (clientToken === undefined) return outcome;
  const token = put('Token', key, { parameters: fingerprint, output: outcome.output });
  return { ...outcome, changes: [...outcome.changes, token] };
}
