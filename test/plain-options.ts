import type { TranslateOptions } from '../src/pipeline.ts';
import { codes, parsers, toolVersion } from '../src/registry.ts';

/** The options of a translation that nobody has set anything for, as the command line has them. */
export const plainOptions: TranslateOptions = {
  parsers,
  emitter: undefined,
  codes,
  parse: { defaultNamespace: 'default', clusterDomain: 'cluster.local' },
  emit: {
    profile: 'standard',
    channel: 'standard',
    latticePrefix: 'unknown',
    inPlace: false,
    defaultNamespace: 'default',
    clusterDomain: 'cluster.local',
    explicitTimeouts: false,
    hosts: {},
    limits: {},
    toolVersion,
  },
  services: {},
  accept: [],
  severities: {},
  strict: false,
  partial: true,
};
