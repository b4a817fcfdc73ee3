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
  /** What a path may consist of, beside what every request path may. */
  readonly pathForm: RegExp;
  readonly maxMethodLength: number;
  readonly maxHeaderName: number;
  readonly maxHeaderValue: number;
}

/** The verbs that HTTPRouteMatch.method knows. */
const HTTP_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'] as const;

/** Gateway API v1.6: 16 headers and 16 query parameters per match, path values of 1024 characters, header values of 4096. */
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
  pathForm: /^\//,
  maxMethodLength: 16,
  maxHeaderName: 256,
  maxHeaderValue: 4096,
};

/** What the API of VPC Lattice takes of a match, whoever writes it. */
const latticeSizes = {
  maxHeaders: 5,
  maxQueries: 0,
  maxPathLength: 200,
  pathForm: /^\/[a-zA-Z0-9@:%_+.~#?&/=-]*$/,
  maxMethodLength: 16,
  maxHeaderName: 100,
  maxHeaderValue: 200,
} as const;

/** What the AWS Gateway API Controller passes on to Lattice: 5 exact headers, no queries; paths of 200 characters. */
export const latticeVocabulary: Vocabulary = {
  prefixes: 'unknown',
  values: 'exact',
  foldsPaths: false,
  foldsHeaderValues: true,
  queries: false,
  methods: HTTP_METHODS,
  ...latticeSizes,
};

/** What a rule of VPC Lattice says: 5 headers by whole value, beginning or part, every verb, letter case by flag. */
export const latticeApiVocabulary: Vocabulary = {
  prefixes: 'unknown',
  values: 'literals',
  foldsPaths: true,
  foldsHeaderValues: false,
  queries: false,
  methods: 'any',
  ...latticeSizes,
};
