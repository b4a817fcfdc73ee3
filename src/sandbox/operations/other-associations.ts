import { answer, type Context, type Outcome } from '../context.ts';
import type { Input } from '../model/operations.ts';
import { find } from '../state/lookup.ts';

// Endpoints are made with EC2, and resources are not modelled: a network has none of either. Whoever takes a network
// down still asks for them.

export function listVpcEndpointAssociations(
  context: Context,
  input: Input<'ListServiceNetworkVpcEndpointAssociations'>,
): Outcome {
  find(context, 'ServiceNetwork', input.serviceNetworkIdentifier);
  return answer({ items: [] });
}

export function listResourceAssociations(): Outcome {
  return answer({ items: [] });
}
