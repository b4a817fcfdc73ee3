/** What the matches of a target can say, and how it reads what it says. */
export interface Vocabulary {
  /**
   * How an emitted prefix is read: by `segment`, by `string`, or `unknown`, where the rows must be
   * right under both.
   */
  readonly prefixes: 'segment' | 'string' | 'unknown';
  /** Whether a header or query value may be a pattern, which also says "present". */
  readonly valuePatterns: boolean;
  /** Header values are compared without letter case, so a test that ignores it is an exact value. */
  readonly foldsHeaderValues: boolean;
  readonly queries: boolean;
  readonly methods: readonly string[];
  /** Tests per match. */
  readonly maxHeaders: number;
  readonly maxQueries: number;
  readonly maxPathLength: number;
}

/** The verbs that HTTPRouteMatch.method knows. */
const HTTP_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'] as const;

/** Gateway API v1.6: 16 headers and 16 query parameters per match, path values of 1024 characters. */
export const gatewayApiVocabulary: Vocabulary = {
  prefixes: 'segment',
  valuePatterns: true,
  foldsHeaderValues: false,
  queries: true,
  methods: HTTP_METHODS,
  maxHeaders: 16,
  maxQueries: 16,
  maxPathLength: 1024,
};

/** What the AWS Gateway API Controller passes on to Lattice: 5 exact headers, no queries; paths of 200 characters. */
export const latticeVocabulary: Vocabulary = {
  prefixes: 'unknown',
  valuePatterns: false,
  foldsHeaderValues: true,
  queries: false,
  methods: HTTP_METHODS,
  maxHeaders: 5,
  maxQueries: 0,
  maxPathLength: 200,
};
