import { answer, type Outcome } from '../context.ts';

// Endpoints are made with EC2, and resources are not modelled: a network has none of either. Whoever takes a network
// down still asks for them. These lists know no error for a network that does not exist.

export function listVpcEndpointAssociations(): Outcome {
  return answer({ items: [] });
}

export function listResourceAssociations(): Outcome {
  return answer({ items: [] });
}
