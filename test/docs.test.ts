import { describe, expect, test } from 'vitest';
import { allCodes } from '../src/cli/docs/all-codes.ts';
import { renderCliPage } from '../src/cli/docs/render-cli.ts';
import { renderDiagnosticsPage } from '../src/cli/docs/render-diagnostics.ts';
import { renderRequestModelPage } from '../src/cli/docs/render-request-model-page.ts';
import { renderSupportPage, supportSections } from '../src/cli/docs/render-support.ts';
import { renderUnknownPage } from '../src/cli/docs/render-unknown.ts';
import { declareProgram } from '../src/cli/program.ts';
import { emitters, parsers } from '../src/registry.ts';

// The pages are printed from the objects that the code runs on; `npm run update` writes them anew.
describe('generated pages', () => {
  test('docs/support.md', async () => {
    await expect(renderSupportPage(supportSections(parsers, emitters))).toMatchFileSnapshot('../docs/support.md');
  });

  test('docs/diagnostics.md', async () => {
    await expect(renderDiagnosticsPage(allCodes().values())).toMatchFileSnapshot('../docs/diagnostics.md');
  });

  test('docs/unknown.md', async () => {
    await expect(renderUnknownPage()).toMatchFileSnapshot('../docs/unknown.md');
  });

  test('docs/request-model.md', async () => {
    await expect(renderRequestModelPage()).toMatchFileSnapshot('../docs/request-model.md');
  });

  test('docs/cli.md', async () => {
    const program = declareProgram(
      {
        convert: done,
        validate: done,
        trace: done,
        verify: done,
        diff: done,
        export: done,
        graph: done,
        explain: done,
        sandbox: done,
      },
      async () => {},
    );
    await expect(renderCliPage(program)).toMatchFileSnapshot('../docs/cli.md');
  });
});

async function done(): Promise<number> {
  return 0;
}
