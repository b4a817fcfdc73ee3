/**
 * The Gateway that a name in `gateways` stands for, as `namespace/name`, or `mesh`. A plain name and `./name` are of
 * the object's own namespace; `name.namespace.svc…` is the old form of `namespace/name`.
 */
export function resolveGatewayName(name: string, namespace: string): string {
  if (name === 'mesh') return 'mesh';
  const slash = name.indexOf('/');
  if (slash >= 0) {
    const owner = name.slice(0, slash);
    return owner === '.' || owner === '' ? `${namespace}${name.slice(slash)}` : name;
  }
  const [short, owner] = name.split('.');
  return owner === undefined || owner === '' ? `${namespace}/${name}` : `${owner}/${short ?? name}`;
}

/** What is wrong with a text that stands where a namespace should. */
export function noNamespace(field: string, text: string) {
  return { field, value: JSON.stringify(text), want: 'the name of a namespace' };
}
