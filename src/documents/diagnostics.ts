import { defineDiagnostics } from '../diagnostics/diagnostic.ts';

const restIsRead = (): string => 'Nothing of this document is read; the other documents are.';
const refused = (): string => 'Kubernetes refuses this object, and nothing of it is converted.';

/** Findings about files and documents before any format looks at them. */
export const documentDiagnostics = defineDiagnostics('documents', {
  'not-utf-8': {
    severity: 'error',
    summary: 'A file is encoded in UTF-16 or UTF-32.',
    message: (args: { encoding: string }) => `the file is encoded in ${args.encoding}, not in UTF-8`,
    effect: () => 'Nothing of this file is read.',
    help: (args) => `Convert it, for example with \`iconv -f ${args.encoding} -t UTF-8\`.`,
    accept: 'never',
  },
  'invalid-utf-8': {
    severity: 'error',
    summary: 'A document holds bytes that are not UTF-8.',
    message: () => 'the bytes here are not valid UTF-8',
    effect: restIsRead,
    help: () => 'Save the file as UTF-8.',
    accept: 'never',
  },
  'file-too-large': {
    severity: 'error',
    summary: 'A file is larger than a JavaScript string can be (512 MiB).',
    message: (args: { megabytes: number }) =>
      `the file has ${args.megabytes} MiB, more than the 511 MiB that can be read`,
    effect: () => 'Nothing of this file is read.',
    help: () => 'Split it into several files.',
    accept: 'never',
  },
  'invalid-yaml': {
    severity: 'error',
    summary: 'A document is not valid YAML or JSON.',
    message: (args: { reason: string; help?: string }) => `this document is not valid YAML: ${args.reason}`,
    effect: restIsRead,
    help: (args) => args.help ?? 'Correct the syntax here or just above.',
    accept: 'never',
  },
  'duplicate-key': {
    severity: 'error',
    summary: 'A mapping holds the same key twice; kubectl refuses it, other tools take the last one.',
    message: (args: { key: string }) => `the key ${JSON.stringify(args.key)} stands twice in one mapping`,
    effect: restIsRead,
    help: () => 'Keep the one that is meant.',
    accept: 'never',
  },
  'too-many-aliases': {
    severity: 'error',
    summary: 'The aliases of a document stand for more values than are read (a million), or nest too deeply.',
    message: (args: { limit: string }) => `written out, the aliases of this document hold more than ${args.limit}`,
    effect: restIsRead,
    help: () => 'Write the repeated parts out, or split the document.',
    accept: 'never',
  },
  'recursive-alias': {
    severity: 'error',
    summary: 'An alias stands inside of what it refers to.',
    message: () => 'an alias of this document contains itself',
    effect: restIsRead,
    help: () => 'Write out the part that is meant.',
    accept: 'never',
  },
  'not-an-object': {
    severity: 'error',
    summary: 'A document looks like a Kubernetes object but lacks a part that every object has.',
    message: (args: { problem: string }) => `this is no complete Kubernetes object: ${args.problem}`,
    effect: restIsRead,
    help: () => 'Every object needs `apiVersion`, `kind` and `metadata.name`, each a string.',
    accept: 'never',
  },
  'generated-name': {
    severity: 'error',
    summary: 'An object has metadata.generateName and no name, so that its name is not known.',
    message: (args: { prefix: string }) =>
      `the name of this object is left to the cluster (generateName ${JSON.stringify(args.prefix)})`,
    effect: restIsRead,
    help: () => 'Give it `metadata.name`, or export the live object with kubectl.',
    accept: 'never',
  },
  'not-kubernetes': {
    severity: 'info',
    summary: 'A document has neither apiVersion nor kind.',
    message: (args: { found: string }) => `this document is no Kubernetes object (${args.found}) and is not read`,
    accept: 'never',
  },
  kustomization: {
    severity: 'warning',
    summary: 'A kustomization is in the input; its patches, prefixes and generators are not applied.',
    message: () => 'the input holds a kustomization, which is not rendered',
    effect: () => 'The files beside it are read as they stand, without its patches, names and namespaces.',
    help: (args: { directory: string }) => `Render it: \`kustomize build ${args.directory} | latticectl convert -\`.`,
    accept: 'never',
  },
  'helm-chart': {
    severity: 'warning',
    summary: 'A Helm chart is in the input; its templates are not rendered.',
    message: () => 'the input holds a Helm chart, which is not rendered',
    effect: () => 'Its templates are not manifests yet.',
    help: (args: { directory: string }) => `Render it: \`helm template ${args.directory} | latticectl convert -\`.`,
    accept: 'never',
  },
  'unsubstituted-template': {
    severity: 'error',
    summary: `A document still holds a placeholder such as {{ .Values.host }} or \${HOST}.`,
    message: (args: { text: string; command: string | undefined }) =>
      `the placeholder ${args.text} has not been replaced by its value`,
    effect: () => 'What stands here after the replacement is not known, so the hosts of this object are not written.',
    help: (args) =>
      args.command === undefined
        ? 'Give the rendered manifests, as they are applied to the cluster.'
        : `Render it: \`${args.command} | latticectl convert -\`.`,
    accept: 'never',
  },
  'ambiguous-scalar': {
    severity: 'info',
    summary: 'An unquoted value that kubectl reads otherwise than a YAML 1.2 reader.',
    message: (args: { written: string; kubectl: string; others: string }) =>
      `kubectl reads \`${args.written}\` as ${args.kubectl}, YAML 1.2 as ${args.others}; it is read as kubectl does`,
    help: (args) => `Write ${args.kubectl}, or "${args.written}" in quotes, whichever is meant.`,
    accept: 'never',
  },
  'number-too-large': {
    severity: 'error',
    summary: 'An integer beyond 2^53, which cannot be carried over without rounding.',
    message: (args: { written: string }) => `the number ${args.written} is beyond 2^53 and would be rounded`,
    help: () => 'Quote it if it is a name or an id.',
    accept: 'never',
  },
  'not-a-finite-number': {
    severity: 'error',
    summary: 'The values .inf and .nan, which JSON and so Kubernetes cannot say.',
    message: (args: { written: string }) => `\`${args.written}\` is not a number that Kubernetes accepts`,
    effect: refused,
    help: () => 'Quote it if it is a text.',
    accept: 'never',
  },
  'wrong-type': {
    severity: 'error',
    summary: 'A field holds a value of another type than its kind declares.',
    message: (args: { field: string; expected: string; found: string }) =>
      `${args.field}: expected ${args.expected}, found ${args.found}`,
    effect: refused,
    accept: 'never',
  },
  'missing-field': {
    severity: 'error',
    summary: 'A field that its kind requires is absent.',
    message: (args: { field: string; missing: string }) => `${args.field}: missing ${args.missing}`,
    effect: refused,
    accept: 'never',
  },
  'not-allowed-value': {
    severity: 'error',
    summary: 'A field holds a value outside of the list or form that its kind allows.',
    message: (args: { field: string; expected: string; found: string }) =>
      `${args.field}: expected ${args.expected}, found ${args.found}`,
    effect: refused,
    accept: 'never',
  },
  'out-of-range': {
    severity: 'error',
    summary: 'A number, text or list is smaller or larger than its kind allows.',
    message: (args: { field: string; expected: string; found: string }) =>
      `${args.field}: expected ${args.expected}, found ${args.found}`,
    effect: refused,
    accept: 'never',
  },
  'wrong-combination': {
    severity: 'error',
    summary: 'Fields stand together that exclude each other, or none of several alternatives is there.',
    message: (args: { field: string; expected: string; found: string }) =>
      `${args.field}: expected ${args.expected}, found ${args.found}`,
    effect: refused,
    accept: 'never',
  },
});
