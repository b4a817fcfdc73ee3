/** What two configurations may do otherwise to one request, each a verdict of its own. */
export const DIMENSIONS = [
  'backend',
  'status',
  'redirect',
  'rewrite',
  'headers',
  'access',
  'timeout',
  'retry',
  'mirror',
  'fault',
  'affinity',
] as const;

export type Dimension = (typeof DIMENSIONS)[number];
