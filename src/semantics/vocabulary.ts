/** What the matches of a target can say, and how it reads what it says. */
export interface Vocabulary {
  /**
   * How an emitted prefix is read: by `segment`, by `string`, or `unknown`, where the rows must be
   * right under both.
   */
  readonly prefixes: 'segment' | 'string' | 'unknown';
  /**
   * What a header or query value may be: a pattern, which also says "present"; a whole text; or a `literal`, that is a
   * whole text, a beginning or a part, in one letter case or in any.
   */
  readonly values: 'patterns' | 'literals' | 'exact';
  /** Whether a path may be compared without letter case; else its spellings are listed. */
  readonly foldsPaths: boolean;
  /** Header values are compared without letter case, so a test that ignores it is an exact value. */
  readonly foldsHeaderValues: boolean;
  readonly queries: boolean;
  /** The verbs that a match may name. */
  readonly methods: readonly string[] | 'any';
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
  values: 'patterns',
  foldsPaths: false,
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
  values: 'exact',
  foldsPaths: false,
  foldsHeaderValues: true,
  queries: false,
  methods: HTTP_METHODS,
  maxHeaders: 5,
  maxQueries: 0,
  maxPathLength: 200,
};

/** What a rule of VPC Lattice says: 5 headers by whole value, beginning or part, every verb, letter case by flag. */
export const latticeApiVocabulary: Vocabulary = {
  prefixes: 'unknown',
  values: 'literals',
  foldsPaths: true,
  foldsHeaderValues: false,
  queries: false,
  methods: 'any',
  maxHeaders: 5,
  maxQueries: 0,
  maxPathLength: 200,
};
