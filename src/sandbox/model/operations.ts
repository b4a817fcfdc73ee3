import { networkOperations } from './network-operations.ts';
import type { InputOf } from './operation.ts';
import { policyOperations } from './policy-operations.ts';
import { serviceOperations } from './service-operations.ts';
import { targetOperations } from './target-operations.ts';

/**
 * The calls that the sandbox answers, with every constraint on what they take. Resource gateways, resource
 * configurations and domain verifications are left out: nothing that latticectl writes needs them.
 */
export const operations = { ...networkOperations, ...serviceOperations, ...targetOperations, ...policyOperations };

export type OperationName = keyof typeof operations;

/** The request of a call, once it was checked. */
export type Input<Name extends OperationName> = InputOf<(typeof operations)[Name]>;
