// Creates what `convert --to lattice -o json` has printed with the real SDK, as an apply would have left it.
import * as lattice from '@aws-sdk/client-vpc-lattice';

/**
 * @typedef {{ kind: string, name: string } & Record<string, any>} Resource
 * @typedef {{ stack: string, resources: readonly Resource[] }} Product
 */

/**
 * Services are created one after the other, all rules of one at a time.
 *
 * @param {Product} product
 * @param {string} endpoint
 */
export async function createStack({ stack, resources }, endpoint) {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const credentials = { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' };
  const client = new lattice.VPCLatticeClient({ endpoint, region: 'us-west-2', credentials, maxAttempts: 1 });
  /** @type {Map<string, string>} */
  const ids = new Map();
  /** @param {Resource} resource */
  const create = async (resource) => {
    const key = keyOf(resource);
    const tags = { 'latticectl/stack': stack, 'latticectl/id': key };
    const { id } = await send(resource, { client, tags, idOf: (other) => ids.get(other) ?? `${other} is not there` });
    ids.set(key, id ?? '');
  };
  const rules = resources.filter(({ kind }) => kind === 'Rule');
  for (const resource of resources.filter(({ kind }) => kind !== 'Rule')) await create(resource);
  for (let next = 0; next < rules.length; next += 10) await Promise.all(rules.slice(next, next + 10).map(create));
  client.destroy();
}

/** @param {Resource} resource */
function keyOf({ kind, name, service, listener }) {
  if (kind === 'Listener') return `${kind} ${service}/${name}`;
  return kind === 'Rule' ? `${kind} ${service}/${listener}/${name}` : `${kind} ${name}`;
}

/**
 * @param {Resource} resource
 * @param {{ client: lattice.VPCLatticeClient, tags: Record<string, string>, idOf: (key: string) => string }} context
 * @returns {Promise<{ id?: string | undefined }>}
 */
async function send({ kind, name, ...resource }, { client, tags, idOf }) {
  const { service, listener, serviceNetwork } = resource;
  const inService = () => ({ serviceIdentifier: idOf(`Service ${service}`) });
  switch (kind) {
    case 'ServiceNetwork':
      return client.send(new lattice.CreateServiceNetworkCommand({ name, tags }));
    case 'TargetGroup': {
      const { type, config, targets } = resource;
      const made = await client.send(new lattice.CreateTargetGroupCommand({ name, type, config, tags }));
      await client.send(new lattice.RegisterTargetsCommand({ targetGroupIdentifier: made.id, targets }));
      return made;
    }
    case 'Service': {
      const { authType, customDomainName } = resource;
      return client.send(new lattice.CreateServiceCommand({ name, authType, customDomainName, tags }));
    }
    case 'Listener': {
      const defaultAction = toAction(resource.defaultAction, idOf);
      const { protocol, port } = resource;
      return client.send(
        new lattice.CreateListenerCommand({ ...inService(), name, protocol, port, defaultAction, tags }),
      );
    }
    case 'Rule': {
      const { priority, match } = resource;
      const place = { ...inService(), listenerIdentifier: idOf(`Listener ${service}/${listener}`) };
      const action = toAction(resource.action, idOf);
      return client.send(new lattice.CreateRuleCommand({ ...place, name, priority, match, action, tags }));
    }
    case 'ServiceNetworkServiceAssociation': {
      const serviceNetworkIdentifier = idOf(`ServiceNetwork ${serviceNetwork}`);
      const input = { ...inService(), serviceNetworkIdentifier, tags };
      return client.send(new lattice.CreateServiceNetworkServiceAssociationCommand(input));
    }
    default:
      throw new Error(`the bench cannot create a ${kind}`);
  }
}

/**
 * @param {any} action
 * @param {(key: string) => string} idOf
 * @returns {any}
 */
function toAction({ forward, fixedResponse }, idOf) {
  if (forward === undefined) return { fixedResponse };
  const targetGroups = forward.targetGroups.map((/** @type {any} */ { targetGroup, weight }) => ({
    targetGroupIdentifier: idOf(`TargetGroup ${targetGroup}`),
    weight,
  }));
  return { forward: { targetGroups } };
}
