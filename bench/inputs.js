// Manifests of the sizes that the bench measures, the same on every run.

const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  selector:
    istio: ingressgateway
  servers:
    - port:
        number: 80
        name: http
        protocol: HTTP
      hosts: ['*.example.com']
`;

const serviceCount = 50;

/** @param {number} index */
function kubernetesService(index) {
  return `apiVersion: v1
kind: Service
metadata:
  name: backend-${index}
  namespace: shop
spec:
  selector:
    app: backend-${index}
  ports:
    - name: http
      port: 8080
      targetPort: 8080
`;
}

/**
 * @param {string} name
 * @param {string} host
 * @param {readonly string[]} rules
 */
function virtualService(name, host, rules) {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ${name}
  namespace: shop
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/part-of: shop
spec:
  hosts: [${host}]
  gateways: [shop/public]
  http:
${rules.join('')}`;
}

/** @param {string} name */
function destination(name, weight = 100) {
  return `        - destination:
            host: ${name}.shop.svc.cluster.local
            port:
              number: 8080
          weight: ${weight}
`;
}

/** @param {number} index */
const backend = (index) => `backend-${index % serviceCount}`;

/** @param {readonly string[]} documents */
const join = (documents) => documents.join('---\n');

function facts() {
  return [gateway, ...Array.from({ length: serviceCount }, (_, index) => kubernetesService(index))];
}

/**
 * As many VirtualServices as asked for, each with a host of its own and three ordered rules, about a kilobyte each.
 *
 * @param {number} count
 */
export function manyHosts(count) {
  const documents = Array.from({ length: count }, (_, index) =>
    virtualService(`app-${index}`, `app-${index}.example.com`, [
      `    - name: canary
      match:
        - uri:
            exact: /checkout
          headers:
            x-canary:
              exact: 'true'
      route:
${destination(backend(index + 1))}`,
      `    - name: api
      match:
        - uri:
            prefix: /api
          method:
            exact: GET
      route:
${destination(backend(index), 90)}${destination(backend(index + 2), 10)}`,
      `    - name: rest
      route:
${destination(backend(index + 3))}`,
    ]),
  );
  return join([...facts(), ...documents]);
}

/**
 * One VirtualService whose single host has as many ordered rules as asked for, the last one for everything else.
 *
 * @param {number} count
 */
export function oneHost(count) {
  const rules = Array.from({ length: count - 1 }, (_, index) => {
    const team = `/team-${String(index >> 1).padStart(4, '0')}`;
    const uri = index % 2 === 0 ? `exact: ${team}/login` : `prefix: ${team}`;
    return `    - match:
        - uri:
            ${uri}
      route:
${destination(backend(index))}`;
  });
  rules.push(`    - route:\n${destination(backend(count))}`);
  return join([...facts(), virtualService('shop', 'shop.example.com', rules)]);
}
