/**
 * What changes, the text or pattern, what takes its place, and the verdict: `equal`, or dimensions with the smallest
 * request (`backend GET http://a.com/ name=value`).
 */
export type Mutation = readonly [name: string, from: string | RegExp, to: string, expected: string];
