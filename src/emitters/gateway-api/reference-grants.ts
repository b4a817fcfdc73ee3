import type { Origin } from '../../diagnostics/origin.ts';
import type { ReferenceGrantFact } from '../../ir/facts.ts';
import type { EmitOptions, EmittedResource } from '../emitter.ts';
import { chunk, compareText, getOrAdd } from '../manifest.ts';
import { writtenNamespace } from '../namespaces.ts';
import { buildMetadata } from './metadata.ts';

/** A reference into another namespace. */
export interface CrossReference {
  readonly from: { readonly kind: 'HTTPRoute' | 'Gateway'; readonly namespace: string };
  readonly to: { readonly group: string; readonly kind: string; readonly namespace: string; readonly name: string };
}

const GROUP = 'gateway.networking.k8s.io';
const MAX_TARGETS = 16;

interface Grant extends CrossReference {
  readonly names: Set<string>;
  readonly hosts: Set<string>;
  readonly origin: Origin | undefined;
}

/** Collects what needs a ReferenceGrant: one grant for each kind and namespace that refers to kinds of a namespace. */
export class ReferenceGrants {
  readonly #needed = new Map<string, Grant>();
  readonly #given: readonly ReferenceGrantFact[];

  constructor(given: readonly ReferenceGrantFact[]) {
    this.#given = given;
  }

  /** Notes a reference; nothing happens within one namespace, or where the input grants it. */
  need(reference: CrossReference, hosts: Iterable<string>, origin: Origin | undefined): void {
    const { from, to } = reference;
    if (from.namespace === to.namespace || this.#given.some((grant) => permits(grant, reference))) return;
    const key = [to.namespace, grantName(reference)].join('\n');
    const make = () => ({ ...reference, names: new Set<string>(), hosts: new Set<string>(), origin });
    const grant = getOrAdd(this.#needed, key, make);
    grant.names.add(to.name);
    for (const host of hosts) grant.hosts.add(host);
  }

  resources(options: EmitOptions): readonly EmittedResource[] {
    return [...this.#needed.values()].flatMap((grant) => {
      const { from, to, origin } = grant;
      // A grant lists at most 16 objects; each is named, so that nothing else of the namespace opens up.
      return chunk([...grant.names].sort(compareText), MAX_TARGETS).map((names, index) => {
        const name = index === 0 ? grantName(grant) : `${grantName(grant)}-${index + 1}`;
        const object = {
          apiVersion: `${GROUP}/v1`,
          kind: 'ReferenceGrant',
          metadata: buildMetadata({ name, namespace: writtenNamespace(to.namespace, undefined, options) }, options),
          spec: {
            from: [{ group: GROUP, kind: from.kind, namespace: from.namespace }],
            to: names.map((one) => ({ group: to.group, kind: to.kind, name: one })),
          },
        };
        return { object, hosts: [...grant.hosts].sort(), ...(origin === undefined ? {} : { origin }) };
      });
    });
  }
}

/** Depends on who refers to what only, so that further objects rename no grant. */
function grantName({ from, to }: CrossReference): string {
  return `${from.kind.toLowerCase()}s-of-${from.namespace}-to-${to.kind.toLowerCase()}s`;
}

function permits(grant: ReferenceGrantFact, { from, to }: CrossReference): boolean {
  return (
    grant.namespace === to.namespace &&
    grant.from.some((one) => one.group === GROUP && one.kind === from.kind && one.namespace === from.namespace) &&
    grant.to.some(
      (one) => one.group === to.group && one.kind === to.kind && (one.name === undefined || one.name === to.name),
    )
  );
}
