import { expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { readDocuments } from './read-documents.ts';

test('a file that no JavaScript string holds is an error and not read', () => {
  // The system hands out pages when they are written, so that this costs no memory.
  const bytes = new Uint8Array(2 ** 29);
  bytes.set(new TextEncoder().encode('apiVersion: v1\n'));
  const found: Diagnostic[] = [];
  expect([...readDocuments({ file: 'in.yaml', bytes }, (one) => found.push(one))]).toEqual([]);
  expect(found).toMatchObject([{ code: 'documents/file-too-large', severity: 'error' }]);
  expect(found[0]?.message).toContain('512 MiB');
});
