import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type KubernetesDocument, type ReadOptions, readDocuments } from './read-documents.ts';

interface Run {
  readonly documents: readonly KubernetesDocument[];
  readonly findings: readonly Diagnostic[];
  readonly codes: readonly string[];
  /** `code file:line:col` */
  readonly places: readonly string[];
}

function read(content: string | Uint8Array, file = 'in.yaml', options: ReadOptions = {}): Run {
  const findings: Diagnostic[] = [];
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const documents = readDocuments({ file, bytes }, (finding) => findings.push(finding), options);
  const codes = findings.map(({ code }) => code.replace('documents/', ''));
  const places = findings.map(({ code, origin }) => `${code.replace('documents/', '')} ${origin?.toString()}`);
  return { documents, findings, codes, places };
}

const object = (name: string, more = ''): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n${more}`;
const names = ({ documents }: Run): readonly string[] => documents.map(({ resource }) => resource.name);

describe('readDocuments', () => {
  it('reads a stream, and the names of its objects', () => {
    const run = read(`${object('a')}  namespace: shop\n---\n${object('b')}---\n# nothing\n---\n---\n${object('c')}`);
    expect(run.findings).toEqual([]);
    expect(run.documents.map(({ resource }) => resource)).toEqual([
      { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'a' },
      { apiVersion: 'v1', kind: 'Service', name: 'b' },
      { apiVersion: 'v1', kind: 'Service', name: 'c' },
    ]);
    expect(run.documents[2]?.origin.toString()).toBe('in.yaml:15:1');
    expect(run.documents[2]?.file).toBe('in.yaml');
  });

  it.each([
    ['nothing', ''],
    ['white space', '\n\n  \n'],
    ['comments', '# a\n# b\n'],
    ['empty documents', '---\n---\n...\n'],
    ['null', 'null\n'],
    ['a byte order mark', '\uFEFF'],
  ])('finds nothing in %s, without a finding', (_, text) => {
    expect(read(text)).toMatchObject({ documents: [], findings: [] });
  });

  it('never loses a document to the fault of another', () => {
    const run = read(`${object('a')}---\na: [1\n---\nb: *no\n---\nc:\n\td: 1\n---\n${object('z')}`);
    expect(names(run)).toEqual(['a', 'z']);
    expect(run.places).toEqual(['invalid-yaml in.yaml:7:1', 'invalid-yaml in.yaml:8:5', 'invalid-yaml in.yaml:11:1']);
    expect(run.findings[1]?.message).toContain('unidentified alias "no"');
    expect(run.findings[2]?.help).toBe('Indent with spaces.');
    expect(run.findings[1]?.origin?.document.lineText(8)).toBe('b: *no');
  });

  it.each([
    ['CRLF', object('a', 'spec: {a: |-\n').replace('{a: |-', '\n  a: 1').replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${object('a')}`],
    ['a directive', `%YAML 1.2\n---\n${object('a')}`],
    ['a marker with content', `--- # first\n${object('a')}`],
    ['an end marker', `${object('a')}...\n`],
  ])('reads %s', (_, text) => {
    const run = read(text);
    expect(run.findings).toEqual([]);
    expect(names(run)).toEqual(['a']);
  });

  it('names both places of a key that stands twice', () => {
    const run = read(`${object('a', 'spec:\n  x: 1\n  on: 2\n  "x": 3\n  true: 4\n')}---\n${object('b')}`);
    expect(names(run)).toEqual(['b']);
    expect(run.places).toEqual(['duplicate-key in.yaml:8:3', 'duplicate-key in.yaml:9:3']);
    expect(run.findings[0]?.related.map(({ origin }) => origin.toString())).toEqual(['in.yaml:6:3']);
  });

  it('keeps keys such as __proto__ as data', () => {
    const run = read(object('a', 'spec: {__proto__: {admin: true}}\n'));
    expect(Object.keys(run.documents[0]?.object['spec'] ?? {})).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });
});

describe('encodings', () => {
  it.each([
    ['UTF-16', [0xff, 0xfe, 0x61, 0]],
    ['UTF-16', [0xfe, 0xff, 0, 0x61]],
    ['UTF-16LE', [0x61, 0, 0x3a, 0]],
    ['UTF-16BE', [0, 0x61, 0, 0x3a]],
    ['UTF-32', [0xff, 0xfe, 0, 0]],
    ['UTF-32', [0, 0, 0xfe, 0xff]],
  ])('names %s', (encoding, bytes) => {
    const run = read(Uint8Array.from(bytes));
    expect(run.places).toEqual(['not-utf-8 in.yaml:1:1']);
    expect(run.findings[0]?.message).toContain(`${encoding},`);
  });

  it('loses only the document with the invalid bytes, and points at them', () => {
    const latin1 = Uint8Array.from([...`${object('ü')}---\n# é\n${object('b')}`].map((char) => char.charCodeAt(0)));
    const utf8 = new TextEncoder().encode(`# ü\n${object('a')}---\n`);
    const run = read(
      Uint8Array.from([
        ...utf8,
        ...latin1,
        ...new TextEncoder().encode('---\n'),
        ...new TextEncoder().encode(object('c')),
      ]),
    );
    expect(names(run)).toEqual(['a', 'c']);
    expect(run.places).toEqual(['invalid-utf-8 in.yaml:10:9', 'invalid-utf-8 in.yaml:12:3']);
    expect(run.documents[1]?.origin.toString()).toBe('in.yaml:18:1');
  });

  it('refuses control characters and null bytes with their place', () => {
    expect(read('a: x\u0001\n').places).toEqual(['invalid-yaml in.yaml:1:5']);
    expect(read(`${object('a')}---\nb: \0\n`).codes).toEqual(['invalid-yaml']);
  });
});

describe('JSON', () => {
  it('reads an object indented by tabs', () => {
    const text = JSON.stringify(
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { ports: [{ port: 80 }] } },
      null,
      '\t',
    );
    const run = read(text, 'in.json');
    expect(names(run)).toEqual(['a']);
    expect(run.documents[0]?.origin.at('spec', 'ports', 0, 'port').toString()).toBe('in.json:10:13');
    expect(run.documents[0]?.origin.at('spec', 'ports', 0, 'port').span()).toMatchObject({ endLine: 10, endCol: 15 });
  });

  it('reads values one behind the other', () => {
    const value = (name: string): string =>
      JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name, note: '}{"' } });
    const run = read(`${value('a')}\n${value('b')}${value('c')}\n`);
    expect(names(run)).toEqual(['a', 'b', 'c']);
    expect(run.documents[1]?.origin.toString()).toBe('in.yaml:2:1');
  });

  it('finds the broken one among them', () => {
    expect(read('{"a": 1}\n{"b": }x').codes).toEqual(['invalid-yaml']);
  });
});

describe('lists', () => {
  const list = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Service
  metadata: {name: a}
- apiVersion: v1
  kind: List
  items:
  - apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata:
      name: b
    spec:
      hosts: [x]
- 5
`;

  it('expands items, those of lists in lists too', () => {
    const run = read(list);
    expect(names(run)).toEqual(['a', 'b']);
    expect(run.documents[1]?.origin.at('spec', 'hosts', 0).toString()).toBe('in.yaml:15:15');
    expect(run.documents[1]?.origin.at('spec', 'hosts', 0).field).toBe('spec.hosts[0]');
    expect(run.documents[1]?.origin.toString()).toBe('in.yaml:10:5');
    expect(run.documents[0]?.origin.document).not.toBe(run.documents[1]?.origin.document);
    expect(run.places).toEqual(['not-kubernetes in.yaml:16:3']);
  });

  it('completes the items of a typed list', () => {
    const run = read('apiVersion: v1\nkind: ServiceList\nmetadata: {}\nitems:\n- metadata: {name: a}\n');
    expect(run.documents[0]?.resource).toEqual({ apiVersion: 'v1', kind: 'Service', name: 'a' });
  });

  it('leaves an object alone whose kind only ends in List', () => {
    expect(read('apiVersion: x/v1\nkind: AllowList\nmetadata: {name: a}\nitems: [1]\n').documents).toHaveLength(1);
  });

  it('takes an empty list as it is', () => {
    expect(read('apiVersion: v1\nkind: List\nitems: []\n---\napiVersion: v1\nkind: List\n')).toMatchObject({
      documents: [],
      findings: [],
    });
  });
});

describe('what is no object', () => {
  it.each([
    ['a text', 'hello\n', 'not-kubernetes', 'info'],
    ['a list', '- a\n', 'not-kubernetes', 'info'],
    ['another file', 'services:\n  web: {}\n', 'not-kubernetes', 'info'],
    ['no apiVersion', 'kind: Service\nmetadata: {name: a}\n', 'not-an-object', 'error'],
    ['no kind', 'apiVersion: v1\nmetadata: {name: a}\n', 'not-an-object', 'error'],
    ['no metadata', 'apiVersion: v1\nkind: Service\n', 'not-an-object', 'error'],
    ['no name', 'apiVersion: v1\nkind: Service\nmetadata: {}\n', 'not-an-object', 'error'],
    ['a number for a name', 'apiVersion: v1\nkind: Service\nmetadata: {name: 5}\n', 'not-an-object', 'error'],
    ['a bad namespace', 'apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: 5}\n', 'not-an-object', 'error'],
    ['a name with a space', 'apiVersion: v1\nkind: Service\nmetadata: {name: A b}\n', 'not-an-object', 'error'],
    [
      'a dotted namespace',
      'apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: a.b}\n',
      'not-an-object',
      'error',
    ],
    ['a generated name', 'apiVersion: v1\nkind: Service\nmetadata: {generateName: a-}\n', 'generated-name', 'error'],
  ])('%s', (_, text, code, severity) => {
    const run = read(text);
    expect(run.documents).toEqual([]);
    expect(run.findings).toMatchObject([{ code: `documents/${code}`, severity }]);
  });

  it('makes no error of a missing name where nothing reads the kind', () => {
    const run = read('apiVersion: v1\nkind: Config\nclusters: []\n', 'kubeconfig.yaml', { isSupported: () => false });
    expect(run.findings).toMatchObject([{ code: 'documents/not-an-object', severity: 'info' }]);
  });

  it.each([
    ['apps/kustomization.yaml', 'resources: [a.yaml]\n', 'kustomization', 'kustomize build apps |'],
    [
      'kustomization.yml',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n',
      'kustomization',
      'kustomize build . |',
    ],
    [
      'charts/web/Chart.yaml',
      'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'helm-chart',
      'helm template charts/web |',
    ],
    ['charts/web/values.yaml', 'replicas: 1\n', 'helm-chart', 'helm template charts/web |'],
    ['charts/web/values-prod.yaml', 'replicas: 1\n', 'helm-chart', 'helm template charts/web |'],
  ])('names the command that renders %s', (file, text, code, command) => {
    const run = read(text, file);
    expect(run.codes).toEqual([code]);
    expect(run.findings[0]?.help).toContain(command);
  });

  it('takes a Kustomization of Flux for the object that it is', () => {
    const text = 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\n';
    expect(read(text, 'apps.yaml').documents).toHaveLength(1);
  });
});

describe('templates', () => {
  it.each([
    ['a value', object('a', 'spec:\n  host: {{ .Values.host }}\n'), '{{ .Values.host }}', 'in.yaml:6:9'],
    ['a block', `{{- if .Values.on }}\n${object('a')}{{- end }}\n`, '{{- if .Values.on }}', 'in.yaml:1:1'],
    ['a quoted value', object('"{{ .Release.Name }}"'), '{{ .Release.Name }}', 'in.yaml:4:9'],
    ['a variable', object('a', `spec:\n  host: \${HOST}.example.com\n`), `\${HOST}`, 'in.yaml:6:9'],
    ['a variable in a list', object('a', `spec:\n  hosts: [\${HOST}]\n`), `\${HOST}`, 'in.yaml:6:11'],
    ['a default', object('a', `spec:\n  host: \${HOST:-x}\n`), `\${HOST:-x}`, 'in.yaml:6:9'],
  ])('%s', (_, text, found, place) => {
    const run = read(text);
    expect(run.places).toEqual([`unsubstituted-template ${place}`]);
    expect(run.findings[0]?.message).toContain(found);
  });

  it('names the chart of a template', () => {
    const run = read('a: {{ .Values.a }}\n', 'charts/web/templates/a.yaml');
    expect(run.findings[0]?.help).toContain('helm template charts/web | latticectl convert -');
  });

  it.each([
    ['comments', object('a', `# {{ .Values.host }} \${HOST}\n`)],
    ['an empty flow mapping', object('a', 'spec: {a: {}}\n')],
    ['a regex', object('a', 'spec: {regex: "^/a{2}$"}\n')],
    ['a shell in a pod', `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {args: ["\${HOME}"]}\n`],
    [
      'an annotation that an agent reads',
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a, annotations: {agent/template: '{{ end }}'}}\n`,
    ],
    ['a snippet', object('a', `  annotations: {nginx.ingress.kubernetes.io/configuration-snippet: "\${x}"}\n`)],
  ])('leaves %s alone', (_, text) => {
    expect(read(text).codes).toEqual([]);
  });

  it("keeps Helm's source comment as origin", () => {
    const run = read(
      `# Source: shop/templates/a.yaml\n---\n${object('a')}---\n# Source: shop/templates/b.yaml\n${object('b')}---\n${object('c')}`,
    );
    expect(run.documents.map(({ origin }) => origin.document.template)).toEqual([
      'shop/templates/a.yaml',
      'shop/templates/b.yaml',
      undefined,
    ]);
  });
});

describe('scalars', () => {
  it('tells what kubectl makes of an ambiguous one, where it stands', () => {
    const run = read(object('a', 'spec:\n  mode: 0755\n  "on": "on"\n  list: [yes, true, 12, "no"]\n  off: x\n'));
    expect(run.places).toEqual([
      'ambiguous-scalar in.yaml:6:9',
      'ambiguous-scalar in.yaml:8:10',
      'ambiguous-scalar in.yaml:9:8',
    ]);
    expect(run.findings[0]?.message).toContain('kubectl reads `0755` as 493, YAML 1.2 as 755');
    expect(run.findings[1]?.message).toContain('`yes` as true, YAML 1.2 as the text "yes"');
    expect(run.documents[0]?.object['spec']).toEqual({ mode: 493, on: 'on', list: [true, true, 12, 'no'], false: 'x' });
  });

  it('says nothing for kinds that nothing reads, in the same List', () => {
    const text = `kind: List\napiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Other\n  metadata: {name: a}\n  x: yes\n- ${object('b', 'x: no\n').replaceAll('\n', '\n  ').trimEnd()}\n`;
    const run = read(text, 'in.yaml', { isSupported: (_, kind) => kind === 'Service' });
    expect(names(run)).toEqual(['a', 'b']);
    expect(run.places).toEqual(['ambiguous-scalar in.yaml:12:6']);
  });

  it('refuses numbers that cannot be carried over', () => {
    const run = read(`${object('a', 'spec:\n  id: 9007199254740993\n')}---\n${object('b', 'spec:\n  x: .inf\n')}`);
    expect(run.places).toEqual(['number-too-large in.yaml:6:7', 'not-a-finite-number in.yaml:13:6']);
    expect(names(run)).toEqual(['a']);
  });
});

describe('hostile documents', () => {
  const bomb = (levels: number): string => {
    const lines = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]'];
    for (let level = 1; level <= levels; level++) {
      lines.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(',')}]`);
    }
    return `${object('a')}spec:\n${lines.map((line) => `  ${line}\n`).join('')}`;
  };

  it('refuses a bomb of aliases, and reads a modest number of them', () => {
    expect(read(`${bomb(8)}---\n${object('b')}`)).toMatchObject({
      codes: ['too-many-aliases'],
      documents: [{ resource: { name: 'b' } }],
    });
    expect(read(bomb(3)).codes).toEqual([]);
  });

  it('refuses an alias inside of itself', () => {
    expect(read(object('a', 'spec: &s [*s]\n')).codes).toEqual(['recursive-alias']);
  });

  it('refuses what nests too deeply, written out or by alias', () => {
    expect(read(object('a', `spec: ${'['.repeat(5000)}${']'.repeat(5000)}\n`)).codes).toEqual(['invalid-yaml']);
    const deep = `${'['.repeat(60)}${']'.repeat(60)}`;
    const chained = `${'['.repeat(60)}*d${']'.repeat(60)}`;
    expect(read(object('a', `x: &d ${deep}\ny: ${chained}\n`)).codes).toEqual(['too-many-aliases']);
  });

  it('looks through many blank lines and comments without delay', () => {
    const text = `# %\n${'\n# x\n'.repeat(50_000)}---\n${object('a')}`;
    expect(names(read(text))).toEqual(['a']);
  });
});

describe('Secrets', () => {
  const secret = `apiVersion: v1
kind: Secret
metadata:
  name: key
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"data":{"k":"hunter2"}}'
    note: x
data: {k: aHVudGVyMg==}
stringData:
  k: hunter2
`;

  it('drops the values', () => {
    const run = read(secret);
    expect(JSON.stringify(run.documents[0]?.object)).not.toMatch(/hunter2|aHVudGVyMg/);
    expect(run.documents[0]?.object['metadata']).toEqual({ name: 'key', annotations: { note: 'x' } });
    expect(run.documents[0]?.origin.document.lineText(10)).toBeUndefined();
    expect(run.documents[0]?.origin.at('stringData', 'k').toString()).toBe('in.yaml:10:6');
  });

  it.each([
    ['broken', `${secret}  x: *hunter2\n`],
    ['with a bad tag', `${secret}  x: !hunter2{\n`],
    ['with a double key', `${secret}  k: hunter2\n`],
    ['in a List', `kind: List\napiVersion: v1\nitems:\n- ${secret.trimEnd().replaceAll('\n', '\n  ')}\n- hunter2\n`],
    ['with an ambiguous value', `${secret}  p: 0755\n`],
    ['without a name', secret.replace('name: key', 'labels: {}')],
  ])('shows nothing of one that is %s', (_, text) => {
    for (const finding of read(text).findings) {
      expect([finding.message, finding.help, finding.effect].join()).not.toMatch(/hunter2|0755/);
      for (let line = 1; line < 20; line++) expect(finding.origin?.document.lineText(line)).toBeUndefined();
    }
  });
});
