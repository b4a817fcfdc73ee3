import { profileNames } from '../../semantics/profile-names.ts';
import { openPoints, profiles } from '../../semantics/profiles.ts';
import { requestModel } from '../../semantics/request-model-text.ts';

/** docs/request-model.md: what a request is here, how configuration is read, and where converting is not exact. */
export function renderRequestModelPage(): string {
  const readings = profileNames.map((name) => {
    const { title, hosts, ordering, prefixes, headerValues, unmatched, unserved } = profiles[name];
    return [`\`${name}\`: ${title}`, hosts, ordering, `${prefixes}, ${headerValues}`, unmatched, unserved];
  });
  const open = Object.entries(openPoints).map(([point, { holds, otherwise }]) => {
    const names = profileNames.filter((name) => profiles[name].open.some((one) => one === point));
    return [`where ${holds}`, otherwise, names.map((name) => `\`${name}\``).join(', ')];
  });
  return [
    INTRO,
    table(
      ['part', 'assumed'],
      requestModel.map(({ part, assumed }) => [part, assumed]),
    ),
    TARGETS,
    READINGS,
    table(['semantics', 'host', 'rule', 'path prefix, header values', 'no rule matches', 'no host'], readings),
    OPEN,
    table(['an answer holds', 'and may be another one', 'semantics'], open),
    EXCEPTIONS,
  ].join('\n');
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return `${line(columns)}|${columns.map(() => '---|').join('')}\n${rows.map(line).join('')}`;
}

const INTRO = `# The request model

Generated from the tables that the code runs on (\`npm run update\`); \`latticectl trace --explain-model\` prints them.

"Routes every request as before" needs a word on what a request is. Order keeping, \`trace\`, the evaluator
(\`src/semantics/evaluate.ts\`) and the property tests assume this:
`;

const TARGETS = `Two things are assumed of targets. A gateway of the profile \`standard\` follows the precedence of the HTTPRoute
specification; it may count a trailing slash as part of a prefix's length or not, and the output is right either way. The
AWS controller (profile \`lattice\`) takes rules in document order.
`;

const READINGS = `## How configuration is read

The same words mean different things to different implementations. Each object is read by the semantics of its kind, and
a Gateway API object by those of its class; \`--semantics\` chooses among them.
`;

const OPEN = `## What specifications leave open

Where the answer to a request depends on one of these points, \`trace\` gives the other answer too.
`;

const EXCEPTIONS = `## Where it is not exact

These differences are known, small, and reported as warnings where they can occur. The list is closed
([decision 6](decisions/0006-routing-differences-closed-list.md)). A code bears the name of the source in which it is
common and holds for every source: ingress-nginx reads a path of type ImplementationSpecific as text, too, and a pattern
\`/p/*\` of an AWS load balancer takes no bare \`/p\`.

| code | when |
|---|---|
| \`istio/prefix-by-segment\` | a string prefix without a slash at its end becomes a prefix by segment |
| \`istio/prefix-slash-itself\` | a string prefix \`/p/\` takes the bare \`/p\` along, which met no rule before |
| \`istio/rewrite-double-slash\` | a rewrite that gave \`//x\` gives \`/x\` |
| \`lattice/header-value-case\` | the AWS controller compares header values without letter case |
| \`lattice/plain-http-closed\` | a plain listener that only redirects to HTTPS is left out on VPC Lattice |
| \`ingress/wildcard-labels\` | a wildcard host of an Ingress takes one label, that of Gateway API any number |

Settings of the way to a backend (connection pools, outlier detection, load balancing of a DestinationRule) choose no
backend and no answer. They are compared as they are written: where the sides differ in them, \`verify/not-compared\` says
so, which is a warning. Not compared are things that no manifest states: how connections are held, how a gateway treats a
request that is not valid HTTP, and the normalisation that a target applies before it matches, which Gateway API leaves
open.
`;
