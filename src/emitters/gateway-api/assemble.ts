import type { Emitter } from '../emitter.ts';
import { assembleLattice } from './assemble-lattice.ts';
import { assembleStandard } from './assemble-standard.ts';

/** Writes the Gateway API objects of the hosts, in the profile of the options. */
export const assembleGatewayApi: Emitter['assemble'] = (hosts, model, options, report) =>
  options.profile === 'lattice'
    ? assembleLattice(hosts, model, options, report)
    : assembleStandard(hosts, model, options, report);
