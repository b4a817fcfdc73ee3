import { unknownReasons } from '../../semantics/equivalence/unknown-reasons.ts';
import { withPlaceholders } from './placeholder.ts';

/** The page of all reasons for which a comparison says `unknown`, as Markdown. */
export function renderUnknownPage(): string {
  const rows = Object.entries(unknownReasons).map(([name, { summary, help, message }]) => {
    const printed = withPlaceholders(message) ?? '';
    return `## ${name}\n\n${summary}\n\n- message: ${printed.replaceAll('<', '\\<')}\n- help: ${help}\n`;
  });
  return `${intro}\n${rows.join('\n')}`;
}

const intro = `# Reasons for \`unknown\`

Generated from the table that the comparison runs on (\`npm run update\`).

\`latticectl verify\` says \`equal\` only where that is proved, and \`differs\` only with a request that shows it. Everything
else is \`unknown\`, with one of these reasons and the number of requests that were tried. \`--allow-unknown\` lets it end
with 0.
`;
