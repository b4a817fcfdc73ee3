import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { printHost } from '../emitters/emitter.ts';
import type { LegalHost } from '../emitters/legal-host.ts';
import type { VirtualHost } from '../ir/model.ts';
import { servesHost } from '../semantics/evaluate.ts';
import type { Withheld } from './affected-hosts.ts';
import { inputDiagnostics } from './diagnostics.ts';

/**
 * Finds wildcards that would be written while a host below them is withheld, or has no rule left: on the same listeners
 * the wildcard would then answer for that host, by rules that were never meant for it.
 */
export function findWiderHosts(legal: readonly LegalHost[], withheld: Withheld): readonly Diagnostic[] {
  const isWritten = ({ host, rules }: LegalHost) => rules.length > 0 && !withheld.has(host.id);
  const written = legal.filter((one) => one.host.host.kind !== 'exact' && isWritten(one)).map(({ host }) => host);
  if (written.length === 0) return [];
  return legal
    .filter((one) => !isWritten(one))
    .flatMap(({ host: narrow }) =>
      written
        .filter((wide) => isBelow(narrow, wide))
        .map((wide) => {
          const args = { host: printHost(wide.host), withheld: printHost(narrow.host) };
          const related = [{ message: 'the host that is not written', origin: narrow.origin }];
          const affects = { kind: 'hosts', ids: [wide.id] } as const;
          const region = { kind: 'host', id: narrow.id } as const;
          return inputDiagnostics['wider-host-would-answer'](args, wide.origin, { affects, related, region });
        }),
    );
}

function isBelow({ scope, host }: VirtualHost, wide: VirtualHost): boolean {
  if (scope.kind !== 'gateway' || wide.scope.kind !== 'gateway' || host.kind === 'any') return false;
  if (scope.workload !== wide.scope.workload || scope.port !== wide.scope.port) return false;
  return servesHost(wide.host, host.kind === 'exact' ? host.name : `x.${host.suffix}`);
}
