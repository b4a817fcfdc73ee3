import type { Diagnostic, Severity } from './diagnostics/diagnostic.ts';
import type { HostSettings, LatticeSettings } from './emitters/emitter.ts';
import { printManifests } from './emitters/print-manifest.ts';
import type { SettingsServices } from './parsers/kubernetes/read-facts.ts';
import type { Acceptance } from './pipeline/acceptance.ts';
import { countChecks, type HostCheck } from './pipeline/count-checks.ts';
import { type HostOutcome, type InputFile, translate } from './pipeline.ts';
import { codes, emitters, parsers, toolVersion } from './registry.ts';

export type { Affects, Diagnostic, Severity, Witness } from './diagnostics/diagnostic.ts';
export type { Origin, ResourceId, Span } from './diagnostics/origin.ts';
export type { BackendSettings, HostSettings, LatticeSettings } from './emitters/emitter.ts';
export type { LatticeResource, LatticeResources } from './emitters/lattice/resources.ts';
export type { SettingsServices } from './parsers/kubernetes/read-facts.ts';
export type { Acceptance, AcceptedObject } from './pipeline/acceptance.ts';
export type { HostCheck } from './pipeline/count-checks.ts';
export type { HostOutcome, InputFile } from './pipeline.ts';

/** What to convert and how; everything but `inputs` has the default of the command line. */
export interface ConvertOptions {
  /** The files of the input; the names stand in findings only. */
  readonly inputs: readonly InputFile[];
  readonly to?: 'gateway-api' | 'lattice';
  readonly profile?: 'lattice' | 'standard';
  readonly channel?: 'standard' | 'experimental';
  /** Write the hosts without an error instead of nothing. */
  readonly partial?: boolean;
  /** Read the output back and compare it with the source (default); a host that differs without a word is withheld. */
  readonly verify?: boolean;
  /** Every warning is an error. */
  readonly strict?: boolean;
  readonly accept?: readonly Acceptance[];
  /** Severities of single codes in `diagnostics`; they change nothing that is written. */
  readonly severities?: Readonly<Record<string, Severity>>;
  /** The Gateway that the routes attach to. */
  readonly gateway?: { readonly namespace?: string; readonly name: string };
  readonly gatewayClass?: string;
  readonly sourceClass?: string;
  /** How VPC Lattice reads a path prefix. */
  readonly latticePrefix?: 'unknown' | 'string' | 'segment';
  readonly inPlace?: boolean;
  /** Of objects that have none. */
  readonly namespace?: string;
  readonly clusterDomain?: string;
  readonly explicitTimeouts?: boolean;
  /** Name of existing Services that stand for subsets, with `{service}` and `{subset}`. */
  readonly subsetService?: string;
  readonly hosts?: Readonly<Record<string, HostSettings>>;
  /** Facts about Services that the input lacks. */
  readonly services?: SettingsServices;
  /** Where the resources of VPC Lattice go, and what stands for backends there; for `to: 'lattice'`. */
  readonly lattice?: LatticeSettings;
  /** Quotas by name, as in `rulesPerListener`. */
  readonly limits?: Readonly<Record<string, number>>;
}

export interface Conversion {
  /** The Kubernetes objects, in the order in which they are printed, or one LatticeResources document; empty when an error stands and `partial` is not set. */
  readonly resources: readonly Readonly<Record<string, unknown>>[];
  /** The same as one YAML stream. */
  readonly text: string;
  /** Everything that was found, worst first. */
  readonly diagnostics: readonly Diagnostic[];
  /** `emitted` and `withheld` count virtual hosts; `verified` those that were compared, by what came of it. */
  readonly summary: {
    readonly hosts: number;
    readonly emitted: number;
    readonly withheld: number;
    readonly verified?: { readonly equal: number; readonly reported: number; readonly unknown: number };
  };
  /** What the comparison with the source says of each written host. */
  readonly checks: readonly HostCheck[];
  readonly hosts: readonly HostOutcome[];
}

/**
 * Converts Istio, Ingress and Gateway API objects to Gateway API manifests that route every request as before.
 * What cannot be carried over stands in `diagnostics`; equal input gives equal output.
 *
 * Rejects only for a bug of latticectl, never for what the input holds.
 */
export async function convert(options: ConvertOptions): Promise<Conversion> {
  const { namespace = 'default', clusterDomain = 'cluster.local', gateway, gatewayClass, sourceClass } = options;
  const { subsetService, to = 'gateway-api' } = options;
  const translation = await translate(options.inputs, {
    parsers,
    emitter: emitters.find(({ name }) => name === to),
    codes,
    parse: { defaultNamespace: namespace, clusterDomain, ...(sourceClass === undefined ? {} : { sourceClass }) },
    emit: {
      profile: options.profile ?? 'lattice',
      channel: options.channel ?? 'standard',
      ...(gateway === undefined ? {} : { gateway }),
      ...(gatewayClass === undefined ? {} : { gatewayClass }),
      latticePrefix: options.latticePrefix ?? 'unknown',
      inPlace: options.inPlace ?? false,
      defaultNamespace: namespace,
      clusterDomain,
      explicitTimeouts: options.explicitTimeouts ?? false,
      ...(subsetService === undefined ? {} : { subsetService }),
      hosts: options.hosts ?? {},
      limits: options.limits ?? {},
      toolVersion,
      ...(options.lattice === undefined ? {} : { lattice: options.lattice }),
    },
    services: options.services ?? {},
    accept: options.accept ?? [],
    severities: options.severities ?? {},
    strict: options.strict ?? false,
    partial: options.partial ?? false,
    verify: options.verify ?? true,
  });
  const { hosts, writable, diagnostics } = translation;
  const resources = writable ? translation.resources.map(({ object }) => object) : [];
  const emitted = writable ? hosts.filter(({ withheldBy }) => withheldBy.length === 0).length : 0;
  const { checks } = translation;
  const verified = checks === undefined ? {} : { verified: countChecks(checks) };
  const summary = { hosts: hosts.length, emitted, withheld: hosts.length - emitted, ...verified };
  return { resources, text: printManifests(resources), diagnostics, summary, hosts, checks: checks ?? [] };
}
