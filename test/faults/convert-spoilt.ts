import type { EmittedResource, Emitter } from '../../src/emitters/emitter.ts';
import { gatewayApiEmitter } from '../../src/emitters/gateway-api/emitter.ts';
import { printManifests } from '../../src/emitters/print-manifest.ts';
import { type InputFile, type Translation, translate } from '../../src/pipeline.ts';
import { plainOptions } from '../plain-options.ts';
import type { Fault } from './faults.ts';
import type { Printed } from './printed.ts';

export type Profile = 'standard' | 'lattice';

interface Spoilt {
  readonly inputs: readonly InputFile[];
  readonly profile: Profile;
  readonly partial: boolean;
}

/** Converts with an emitter that goes wrong as the fault says. */
export function convertSpoilt(
  { inputs, profile, partial }: Spoilt,
  { plant, print }: Pick<Fault, 'plant' | 'print'>,
): Promise<Translation> {
  let runs = 0;
  const emitter: Emitter = {
    ...gatewayApiEmitter,
    assemble: (...args) => {
      const result = gatewayApiEmitter.assemble(...args);
      if (plant === undefined) return result;
      return { ...result, resources: spoil(result.resources, plant, runs++ === 0) };
    },
  };
  const printAll = (resources: readonly EmittedResource[]) => printManifests(resources.map(({ object }) => object));
  return translate(inputs, {
    ...plainOptions,
    emitter,
    emit: { ...plainOptions.emit, profile, channel: 'experimental' },
    partial,
    verify: true,
    ...(print === undefined ? {} : { print: (resources) => [print(printAll(resources))] }),
  });
}

/** The resources with a fault; once its host is withheld, there may be no place left for it. */
function spoil(
  resources: readonly EmittedResource[],
  plant: NonNullable<Fault['plant']>,
  isFirst: boolean,
): readonly EmittedResource[] {
  const objects = resources.map(({ object }) => structuredClone(object)) as unknown as Printed[];
  const hosts = new Map(objects.map((object, index) => [object, resources[index]?.hosts ?? []]));
  try {
    plant(objects, hosts);
  } catch (error) {
    if (isFirst) throw error;
    return resources;
  }
  return objects.map((object) => ({ object: { ...object }, hosts: hosts.get(object) ?? [] }));
}
