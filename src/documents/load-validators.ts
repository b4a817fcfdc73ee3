import type { ResourceId } from '../diagnostics/origin.ts';
import { type StandaloneValidator, validatorLoaders } from '../generated/validators/index.js';

/** A kind of object; the core group is ''. */
export interface KindName {
  readonly group: string;
  readonly kind: string;
}

/** The compiled schemas of some kinds. */
export interface ValidatorSet {
  /** Undefined where the kind has no schema or was not loaded. */
  readonly validatorOf: (resource: ResourceId) => StandaloneValidator | undefined;
}

type Loaders = Readonly<Record<string, () => Promise<{ readonly validate: StandaloneValidator }>>>;

/** Loads the validators of the kinds that the input holds; each is a chunk of its own. Kinds without a schema are skipped. */
export async function loadValidators(
  kinds: Iterable<KindName>,
  loaders: Loaders = validatorLoaders,
): Promise<ValidatorSet> {
  const keys = new Set<string>();
  for (const { group, kind } of kinds) keys.add(keyOf(group, kind));
  const validators = new Map<string, StandaloneValidator>();
  await Promise.all(
    [...keys].map(async (key) => {
      const load = Object.hasOwn(loaders, key) ? loaders[key] : undefined;
      if (load !== undefined) validators.set(key, (await load()).validate);
    }),
  );
  return {
    validatorOf: ({ apiVersion, kind }) => {
      const cut = apiVersion.indexOf('/');
      return validators.get(keyOf(cut < 0 ? '' : apiVersion.slice(0, cut), kind));
    },
  };
}

function keyOf(group: string, kind: string): string {
  return `${group === '' ? 'core' : group}/${kind}`;
}
