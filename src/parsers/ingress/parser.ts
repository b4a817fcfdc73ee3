import type { KubernetesDocument } from '../../documents/read-documents.ts';
import type { KindSupport, ParseContext, ParsedSource, Parser } from '../parser.ts';
import { compareKeys, sortByAge } from './age.ts';
import { reportAnnotations } from './annotations.ts';
import { Backends } from './backends.ts';
import { buildClass } from './class-hosts.ts';
import { findController } from './controller.ts';
import { ingressDiagnostics as d } from './diagnostics.ts';
import type { IngressDraft } from './draft.ts';
import { Findings } from './findings.ts';
import { HostNumbers } from './host-numbers.ts';
import { findClass } from './ingress-class.ts';
import { ingressTables, readIngress } from './ingress-fields.ts';

const GROUP = 'networking.k8s.io';

const kinds: readonly KindSupport[] = [
  { group: GROUP, kind: 'Ingress', versions: ['v1'], formerGroups: ['extensions'], answer: 'read' },
];

/** Ingress: its rules, default backends and certificates by class. What controllers read from annotations is reported. */
export const ingressParser: Parser = {
  name: 'ingress',
  title: 'Ingress',
  kinds,
  tables: ingressTables,
  diagnostics: d,
  parse,
};

function parse(documents: readonly KubernetesDocument[], { options, facts, report }: ParseContext): ParsedSource {
  const findings = new Findings();
  const about = ({ key }: IngressDraft) => findings.about({ kind: 'ingress', key });
  const ingresses = documents
    .filter(({ resource: { kind, apiVersion } }) => kind === 'Ingress' && apiVersion.startsWith(`${GROUP}/`))
    .map((document) => readIngress(document, options.defaultNamespace, about))
    .sort(compareKeys);
  const classes = new Map<string, IngressDraft[]>();
  for (const ingress of ingresses) {
    const name = findClass(ingress, facts, about(ingress));
    const ofClass = classes.get(name) ?? [];
    ofClass.push(ingress);
    classes.set(name, ofClass);
  }
  const backends = new Backends(facts, findings);
  const numbers = new HostNumbers();
  const built = [...classes.keys()].sort().flatMap((className) => {
    const ofClass = classes.get(className) ?? [];
    const { dialect, assumedBy } = findController(className, ofClass, facts);
    const place = ofClass[0]?.source.origin;
    if (assumedBy !== undefined && dialect !== 'other') {
      findings.about()(
        d['controller-assumed']({ className, dialect, by: assumedBy }, place, { affects: { kind: 'none' } }),
      );
    }
    for (const ingress of ofClass) reportAnnotations(ingress, dialect, about(ingress));
    // The controller of AWS puts Ingresses in the order of their names, whatever their age.
    const ordered = dialect === 'alb' ? ofClass : sortByAge(ofClass);
    return buildClass(ordered, numbers, { className, dialect, backends, findings }) ?? [];
  });
  backends.reportQuestions();
  findings.flush(
    built.flatMap(({ records }) => records),
    report,
  );
  return {
    gateways: built.map(({ gateway }) => gateway),
    virtualHosts: built.flatMap(({ virtualHosts }) => virtualHosts),
    carried: [],
  };
}
