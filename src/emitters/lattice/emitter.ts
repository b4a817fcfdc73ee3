import type { Emitter } from '../emitter.ts';
import { QUOTAS } from '../lattice-limits.ts';
import { accessDiagnostics } from './access-diagnostics.ts';
import { assembleLattice } from './assemble.ts';
import { latticeApiDiagnostics } from './diagnostics.ts';
import { legalizeLattice } from './legalize.ts';
import { answersWithoutRules } from './service-key.ts';
import { settingsOfLatticeDiagnostics } from './settings-diagnostics.ts';
import { toVirtualHost } from './to-virtual-host.ts';

/** The resources of VPC Lattice that serve the same requests, without a cluster's controller. */
export const latticeEmitter: Emitter = {
  name: 'lattice',
  diagnostics: { ...latticeApiDiagnostics, ...accessDiagnostics, ...settingsOfLatticeDiagnostics },
  limits: Object.keys(QUOTAS),
  product: 'document',
  legalize: legalizeLattice,
  writesWithoutRules: answersWithoutRules,
  toVirtualHost,
  readBack: { parser: 'lattice', options: () => ({}) },
  assemble: assembleLattice,
};
