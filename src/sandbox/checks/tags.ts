import { invalid } from '../errors.ts';
import { type Limits, limitOf } from '../quotas.ts';

type Tags = Readonly<Record<string, string>>;

/** Throws where tags cannot be set. Source: the user guide, tags: 50 on a resource, and `aws:` is reserved. */
export function checkTags(tags: Tags | undefined, before: Tags, limits: Limits): void {
  const reserved = Object.keys(tags ?? {}).find((key) => key.toLowerCase().startsWith('aws:'));
  if (reserved !== undefined) throw invalid('tags', `The key ${reserved} starts with aws:, which is reserved`);
  const limit = limitOf('tagsPerResource', limits);
  const count = Object.keys({ ...before, ...tags }).length;
  if (count > limit) throw invalid('tags', `A resource has at most ${limit} tags, and would have ${count}`);
}
