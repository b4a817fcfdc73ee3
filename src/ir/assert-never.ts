/** Fails to compile when a union gained a member that a switch does not answer; throwing means a bug of ours. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
