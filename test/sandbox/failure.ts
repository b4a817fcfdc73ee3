import { expect } from 'vitest';

/** The name of the error that a call ends with, after its members were compared with what is expected of them. */
export async function failureOf(
  call: Promise<unknown>,
  members: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    expect(error).toMatchObject(members);
    return error.name;
  }
  return 'none';
}
