import type { WantedState } from '../wanted-state.ts';

/**
 * Gives paths of weights the backend that a target group stands for: `weights[shop/api:8080]` says more than a name with a
 * hash. A group that is no longer wanted keeps its name, so the two are told apart while one takes the other's place.
 */
export function labelGroups({ resources }: WantedState): (path: string) => string {
  const backends = new Map<string, string>();
  for (const { resource } of resources) {
    const isGroup = resource.kind === 'TargetGroup' || resource.kind === 'ExternalTargetGroup';
    if (isGroup && resource.origin.backend !== undefined) backends.set(resource.name, resource.origin.backend);
  }
  return (path) =>
    path.replace(/^(.*weights\[)(.*)\]$/, (whole, start: string, name: string) => {
      const backend = backends.get(name);
      return backend === undefined ? whole : `${start}${backend}]`;
    });
}
