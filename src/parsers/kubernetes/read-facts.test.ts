import { describe, expect, it } from 'vitest';
import { readDocuments } from '../../documents/read-documents.ts';
import { kubernetesKinds } from './kubernetes-kinds.ts';
import { readFacts } from './read-facts.ts';

const options = { defaultNamespace: 'shop', clusterDomain: 'cluster.local' };

function facts(yaml: string, settings: Parameters<typeof readFacts>[1] = {}) {
  const found: string[] = [];
  const input = { file: 'in.yaml', bytes: new TextEncoder().encode(yaml) };
  const documents = readDocuments(input, ({ code }) => found.push(code));
  return { ...readFacts(documents, settings, options), found };
}

describe('Services', () => {
  it('have their ports, selector and type, in the default namespace where they name none', () => {
    const { services } = facts(`
apiVersion: v1
kind: Service
metadata: {name: cart}
spec:
  type: LoadBalancer
  selector: {app: cart}
  ports:
  - {name: web, port: 80, targetPort: http, appProtocol: http}
  - {port: 53, protocol: UDP}
`);
    expect(services.get('shop/cart')).toMatchObject({
      type: 'LoadBalancer',
      headless: false,
      selector: { app: 'cart' },
      from: 'input',
      ports: [
        { name: 'web', port: 80, targetPort: 'http', appProtocol: 'http', protocol: 'TCP' },
        { port: 53, protocol: 'UDP' },
      ],
    });
  });

  it('are headless without a cluster address, and of the plain type where theirs is odd', () => {
    const { services } = facts(`
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {clusterIP: None, type: Magic}
`);
    expect(services.get('shop/db')).toMatchObject({ headless: true, type: 'ClusterIP', ports: [] });
  });

  it('come from the settings where the input lacks them, and from the input where both have them', () => {
    const { services } = facts('apiVersion: v1\nkind: Service\nmetadata: {name: cart}\nspec: {ports: [{port: 80}]}\n', {
      'shop/cart': { ports: [{ port: 9999 }] },
      'other/mail': { ports: [{ name: 'smtp', port: 25 }], selector: { app: 'mail' } },
    });
    expect(services.get('shop/cart')).toMatchObject({ from: 'input', ports: [{ port: 80 }] });
    expect(services.get('other/mail')).toMatchObject({
      namespace: 'other',
      name: 'mail',
      from: 'settings',
      selector: { app: 'mail' },
      ports: [{ name: 'smtp', port: 25, protocol: 'TCP' }],
    });
  });

  it('of another group are no Services of Kubernetes', () => {
    const { services } = facts('apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: cart}\n');
    expect([...services.keys()]).toEqual([]);
  });
});

describe('workloads', () => {
  it('have the labels of their pods, the ports of all containers and the first HTTP readiness probe', () => {
    const { workloads } = facts(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: a, labels: {not: these}}
spec:
  template:
    metadata: {labels: {app: cart}}
    spec:
      containers:
      - {name: side, ports: [{containerPort: 9000}], readinessProbe: {exec: {command: [ls]}}}
      - name: web
        ports: [{name: http, containerPort: 8080}]
        readinessProbe: {httpGet: {path: /ready, port: http, scheme: HTTPS}, periodSeconds: 7, failureThreshold: 4}
`);
    expect(workloads).toEqual([
      {
        kind: 'Deployment',
        namespace: 'a',
        name: 'cart',
        labels: { app: 'cart' },
        ports: [{ port: 9000 }, { name: 'http', port: 8080 }],
        readiness: { path: '/ready', port: 'http', scheme: 'HTTPS', intervalSeconds: 7, failureThreshold: 4 },
      },
    ]);
  });

  it('may be a bare Pod, whose labels are its own', () => {
    const { workloads } = facts('apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {app: p}}\nspec: {}\n');
    expect(workloads).toMatchObject([{ kind: 'Pod', labels: { app: 'p' }, ports: [] }]);
  });
});

describe('the rest of the cluster', () => {
  it('gives Namespaces the label of their own name', () => {
    const { namespaces } = facts('apiVersion: v1\nkind: Namespace\nmetadata: {name: a, labels: {team: x}}\n');
    expect(namespaces.get('a')).toEqual({ team: 'x', 'kubernetes.io/metadata.name': 'a' });
  });

  it('knows the controller of a class and whether it is the default', () => {
    const { ingressClasses } = facts(`
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx, annotations: {ingressclass.kubernetes.io/is-default-class: "true"}}
spec: {controller: k8s.io/ingress-nginx}
`);
    expect(ingressClasses.get('nginx')).toEqual({ controller: 'k8s.io/ingress-nginx', isDefault: true });
  });

  it.each(['application-networking.k8s.aws/v1alpha1', 'multicluster.x-k8s.io/v1alpha1'])(
    'knows the ports of a ServiceImport of %s',
    (version) => {
      const { serviceImports } = facts(
        `apiVersion: ${version}\nkind: ServiceImport\nmetadata: {name: i}\nspec: {ports: [{port: 80}, {port: 81}]}\n`,
      );
      expect(serviceImports.get('shop/i')?.ports).toEqual([80, 81]);
    },
  );

  it.each([
    ['v1', 'ReferenceGrant'],
    ['v1beta1', 'ReferenceGrant'],
    ['v1alpha2', 'ReferenceGrant'],
    ['v1alpha2', 'ReferencePolicy'],
  ])('knows what a %s %s lets in', (version, kind) => {
    const { grants } = facts(`
apiVersion: gateway.networking.k8s.io/${version}
kind: ${kind}
metadata: {name: g, namespace: b}
spec:
  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: a}]
  to: [{group: "", kind: Service}, {group: "", kind: Service, name: s}]
`);
    expect(grants).toEqual([
      {
        namespace: 'b',
        from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'a' }],
        to: [
          { group: '', kind: 'Service' },
          { group: '', kind: 'Service', name: 's' },
        ],
      },
    ]);
  });
});

describe('values of a wrong type', () => {
  const odd = ['null', '7', 'text', 'true', '[]', '[[null]]', '{}', '{ports: 7}', '{ports: [null, 7, {port: "80"}]}'];
  const kinds: readonly (readonly [string, string])[] = [
    ['v1', 'Service'],
    ['v1', 'Pod'],
    ['v1', 'Namespace'],
    ['apps/v1', 'Deployment'],
    ['networking.k8s.io/v1', 'IngressClass'],
    ['gateway.networking.k8s.io/v1', 'ReferenceGrant'],
    ['application-networking.k8s.aws/v1alpha1', 'ServiceImport'],
  ];

  it.each(kinds)('are passed over without a finding (%s %s)', (apiVersion, kind) => {
    for (const value of odd) {
      const head = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x, labels: {a: 1}}\n`;
      for (const body of [`spec: ${value}`, `spec: {template: ${value}, selector: ${value}, from: ${value}}`]) {
        expect(facts(`${head}${body}\n`).found).toEqual([]);
      }
    }
  });

  it('leave no port behind that is no number', () => {
    const { services } = facts(
      'apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {ports: [{port: "80"}, {port: 81}]}\n',
    );
    expect(services.get('shop/x')?.ports).toEqual([{ port: 81, protocol: 'TCP' }]);
  });
});

describe('the list of kinds', () => {
  it('names each kind once and says why it is read or ignored', () => {
    const names = kubernetesKinds.map(({ group, kind }) => `${group}/${kind}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { kind, reason } of kubernetesKinds) expect(reason, kind).toBeTruthy();
  });
});
