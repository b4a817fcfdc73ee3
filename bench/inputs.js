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
 * The documents of a stream as a List, as `kubectl get -o yaml` prints it.
 *
 * @param {string} stream
 */
export function asList(stream) {
  const items = stream.split('---\n').map((document) => `- ${document.trimEnd().replaceAll('\n', '\n  ')}\n`);
  return `apiVersion: v1\nitems:\n${items.join('')}kind: List\nmetadata: {resourceVersion: ''}\n`;
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

/** @param {number} index */
function mixedRule(index) {
  const team = `/team-${String(index).padStart(4, '0')}`;
  const header = `          headers:
            x-tenant:
              exact: tenant-${index}
`;
  const kinds = {
    exact: `        - uri:
            exact: ${team}/login
`,
    prefix: `        - uri:
            prefix: ${team}/
`,
    method: `        - uri:
            prefix: ${team}/
          method:
            exact: POST
`,
    both: `        - uri:
            exact: ${team}/cart
${header}`,
    header: `        - ${header.trimStart()}`,
    regex: `        - uri:
            regex: ${team}/items/[0-9]+
`,
  };
  const usual = [kinds.exact, kinds.method, kinds.prefix, kinds.both][index % 4] ?? kinds.exact;
  return index % 100 === 50 ? kinds.header : index % 100 === 25 ? kinds.regex : usual;
}

/**
 * Hosts with ordered rules of many kinds (exact paths, prefixes, methods, headers with and without a path, patterns), the
 * last one for everything else.
 *
 * @param {{ hosts: number, rules: number, moved?: number }} size `moved`: the rule that leads elsewhere, on the last host
 */
export function mixedHosts({ hosts, rules, moved }) {
  const documents = Array.from({ length: hosts }, (_, host) => {
    const isMoved = (/** @type {number} */ rule) => host === hosts - 1 && rule === moved;
    const list = Array.from({ length: rules - 1 }, (_, index) => {
      const route = destination(backend(isMoved(index) ? index + 1 : index));
      // Rules of one host start at a number of its own, so that each has some of the rarer kinds.
      return `    - match:\n${mixedRule(host + index)}      route:\n${route}`;
    });
    list.push(`    - route:\n${destination(backend(rules))}`);
    return virtualService(`app-${host}`, `app-${host}.example.com`, list);
  });
  return join([...facts(), ...documents]);
}

/** Pairs of headers that all overlap, and patterns whose automata have a state for each of many last characters. */
const HOSTILE_PAIRS = 16;

/**
 * @param {boolean} isReversed Whether the rules stand in the other order.
 */
export function hostileHost(isReversed) {
  const rules = Array.from({ length: HOSTILE_PAIRS }, (_, index) => {
    const route = destination(backend(index));
    return `    - match:
        - headers:
            x-left-${index}:
              exact: 'on'
            x-right-${index}:
              exact: 'on'
        - uri:
            regex: /.*a.{16}${index}
      route:
${route}`;
  });
  if (isReversed) rules.reverse();
  return join([...facts(), virtualService('shop', 'shop.example.com', rules)]);
}

/**
 * Hosts that each become one service of VPC Lattice with one target group, so that an account needs no higher quotas: as
 * many ordered rules as asked for, and a last one for everything else, which becomes the default action.
 *
 * @param {{ hosts: number, rules: number }} size
 */
export function liveHosts({ hosts, rules }) {
  const documents = Array.from({ length: hosts }, (_, host) => {
    const route = destination(backend(host));
    const list = Array.from({ length: rules }, (_, index) => {
      const method = index % 3 === 1 ? '          method:\n            exact: POST\n' : '';
      const header = index % 3 === 2 ? "          headers:\n            x-canary:\n              exact: 'true'\n" : '';
      const match = `        - uri:\n            exact: /team-${index}/cart\n${method}${header}`;
      return `    - match:\n${match}      route:\n${route}`;
    });
    return virtualService(`app-${host}`, `app-${host}.example.com`, [...list, `    - route:\n${route}`]);
  });
  return join([...facts(), ...documents]);
}

/** The settings that lead all these to VPC Lattice. */
export function liveSettings() {
  const backends = Array.from(
    { length: serviceCount },
    (_, index) =>
      `  shop/backend-${index}:8080: {ips: [10.0.0.${index + 1}], port: 8080, vpcId: vpc-0123456789abcdef0}\n`,
  );
  return `stack: bench
region: us-west-2
serviceNetwork: {name: net, create: true}
backends:
${backends.join('')}`;
}
