import {
  certificateArn,
  listenerIdentifier,
  listenerName,
  ruleIdentifier,
  ruleName,
  serviceIdentifier,
  serviceName,
} from './identifiers.ts';
import { operation } from './operation.ts';
import { list } from './shape.ts';
import * as values from './values.ts';

const { authType, created, idleTimeoutSeconds, page, ruleAction, ruleMatch, rulePriority } = values;
const inService = { serviceIdentifier };
const inListener = { serviceIdentifier, listenerIdentifier };
const aRule = { serviceIdentifier, listenerIdentifier, ruleIdentifier };
const listeners = '/services/{serviceIdentifier}/listeners';
const rules = `${listeners}/{listenerIdentifier}/rules`;

/**
 * The calls on services, listeners and rules.
 * Source: the service model of VPC Lattice, version 2022-11-30.
 */
export const serviceOperations = {
  CreateService: operation('POST', '/services', 201, {
    required: { name: serviceName },
    optional: { ...created, customDomainName: values.customDomainName, certificateArn, authType, idleTimeoutSeconds },
  }),
  GetService: operation('GET', '/services/{serviceIdentifier}', 200, { path: inService }),
  ListServices: operation('GET', '/services', 200, { optional: page }),
  UpdateService: operation('PATCH', '/services/{serviceIdentifier}', 200, {
    path: inService,
    optional: { certificateArn, authType, idleTimeoutSeconds },
  }),
  DeleteService: operation('DELETE', '/services/{serviceIdentifier}', 200, { path: inService }),

  CreateListener: operation('POST', listeners, 201, {
    path: inService,
    required: { name: listenerName, protocol: values.listenerProtocol, defaultAction: ruleAction },
    optional: { ...created, port: values.port },
  }),
  GetListener: operation('GET', `${listeners}/{listenerIdentifier}`, 200, { path: inListener }),
  ListListeners: operation('GET', listeners, 200, { path: inService, optional: page }),
  UpdateListener: operation('PATCH', `${listeners}/{listenerIdentifier}`, 200, {
    path: inListener,
    required: { defaultAction: ruleAction },
  }),
  DeleteListener: operation('DELETE', `${listeners}/{listenerIdentifier}`, 204, { path: inListener }),

  CreateRule: operation('POST', rules, 201, {
    path: inListener,
    required: { name: ruleName, match: ruleMatch, priority: rulePriority, action: ruleAction },
    optional: created,
  }),
  GetRule: operation('GET', `${rules}/{ruleIdentifier}`, 200, { path: aRule }),
  ListRules: operation('GET', rules, 200, { path: inListener, optional: page }),
  UpdateRule: operation('PATCH', `${rules}/{ruleIdentifier}`, 200, {
    path: aRule,
    optional: { match: ruleMatch, priority: rulePriority, action: ruleAction },
  }),
  BatchUpdateRule: operation('PATCH', rules, 200, {
    path: inListener,
    required: { rules: list(values.ruleUpdate, 1, 10) },
  }),
  DeleteRule: operation('DELETE', `${rules}/{ruleIdentifier}`, 204, { path: aRule }),
};
