import type { SourceObject } from '../../ir/model.ts';
import type { RouteDraft } from './draft.ts';
import { AWS_GROUP } from './reading.ts';

/** Whether an object carries an annotation of the AWS controller. */
export function isAnnotated({ annotations }: SourceObject): boolean {
  return Object.keys(annotations).some((key) => key.startsWith(`${AWS_GROUP}/`));
}

/** Whether only the AWS controller can be meant to run a route: an annotation or a backend of its own. */
export function isMarkedRoute({ source, rules }: RouteDraft): boolean {
  return (
    isAnnotated(source) ||
    rules.some(({ backends }) =>
      backends.some(({ group, kind }) => kind === 'ServiceImport' && (group === '' || group === AWS_GROUP)),
    )
  );
}
