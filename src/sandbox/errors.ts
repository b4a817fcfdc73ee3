import type { Violation } from './model/check-shape.ts';

/** The errors of the API with their HTTP status. Source: the service model of VPC Lattice. */
export const errorStatus = {
  ValidationException: 400,
  ServiceQuotaExceededException: 402,
  AccessDeniedException: 403,
  ResourceNotFoundException: 404,
  ConflictException: 409,
  ThrottlingException: 429,
  InternalServerException: 500,
} as const;

export type ErrorName = keyof typeof errorStatus;

const ofResource = { resourceId: '', resourceType: '' };
const ofQuota = { serviceCode: 'vpc-lattice', quotaCode: '' };

/** What the body of each error has besides its message, for errors that are made up. */
export const requiredMembers: Readonly<Record<ErrorName, Readonly<Record<string, string>>>> = {
  ValidationException: { reason: 'other' },
  ServiceQuotaExceededException: { resourceType: '', ...ofQuota },
  AccessDeniedException: {},
  ResourceNotFoundException: ofResource,
  ConflictException: ofResource,
  ThrottlingException: ofQuota,
  InternalServerException: {},
};

/** What a resource is called in errors. */
export type ResourceType =
  | 'SERVICE_NETWORK'
  | 'SERVICE'
  | 'LISTENER'
  | 'RULE'
  | 'TARGET_GROUP'
  | 'SERVICE_NETWORK_SERVICE_ASSOCIATION'
  | 'SERVICE_NETWORK_VPC_ASSOCIATION'
  | 'ACCESS_LOG_SUBSCRIPTION'
  | 'AUTH_POLICY'
  | 'RESOURCE_POLICY'
  | 'RESOURCE';

/**
 * An answer of the API that is an error. It is thrown because it may come up at any depth of a call and always ends it,
 * without an effect.
 */
export class ServiceError extends Error {
  override readonly name: ErrorName;
  /** Further members of the body. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(name: ErrorName, message: string, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = name;
    this.members = members;
  }
}

/** A request that breaks constraints of single members. */
export function violated(violations: readonly Violation[]): ServiceError {
  const reason = violations.some(({ unreadable }) => unreadable === true) ? 'cannotParse' : 'fieldValidationFailed';
  const fieldList = violations.map(({ name, message }) => ({ name, message }));
  const first = fieldList.map(({ name, message }) => `${name} ${message}`).join('; ');
  return new ServiceError('ValidationException', `The request is not valid: ${first}`, { reason, fieldList });
}

/** A request whose members are fine one by one, and still not valid. */
export function invalid(name: string, message: string): ServiceError {
  return new ServiceError('ValidationException', message, { reason: 'other', fieldList: [{ name, message }] });
}

export function notFound(resourceType: ResourceType, resourceId: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', `${resourceType} ${resourceId} does not exist`, {
    resourceId,
    resourceType,
  });
}

export function conflict(resourceType: ResourceType, resourceId: string, message: string): ServiceError {
  return new ServiceError('ConflictException', message, { resourceId, resourceType });
}

export function denied(message: string): ServiceError {
  return new ServiceError('AccessDeniedException', message);
}

/** `code` is the code of the quota in Service Quotas; empty for those that have none. */
export function quotaExceeded(resourceType: ResourceType, code: string, message: string): ServiceError {
  return new ServiceError('ServiceQuotaExceededException', message, {
    resourceType,
    serviceCode: 'vpc-lattice',
    quotaCode: code,
  });
}
