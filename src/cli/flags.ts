import type { Severity } from '../diagnostics/diagnostic.ts';
import type { HostMapping } from '../semantics/equivalence/pair-hosts.ts';
import type { ProfileName } from '../semantics/profile-names.ts';

/** Flags of every command that reads input, as commander gives them. */
export interface CommonFlags {
  readonly config?: string;
  readonly report: readonly ReportRequest[];
  readonly failOn: Severity;
  readonly strict?: true;
  readonly accept: readonly AcceptFlag[];
  readonly limit: readonly { readonly name: string; readonly value: number }[];
  readonly namespace: string;
  readonly clusterDomain: string;
  readonly color: 'auto' | 'always' | 'never';
  readonly quiet?: true;
  readonly verbose?: true;
  readonly debug?: true;
}

/** Flags that decide what is emitted. */
export interface TargetFlags extends CommonFlags {
  readonly to: 'gateway-api' | 'lattice' | 'ir';
  readonly profile: 'lattice' | 'standard';
  readonly channel: 'standard' | 'experimental';
  readonly gateway?: { readonly namespace?: string; readonly name: string };
  readonly gatewayClass?: string;
  readonly sourceClass?: string;
  readonly latticePrefix: 'unknown' | 'string' | 'segment';
  readonly inPlace?: true;
  /** Commander's form of `--no-verify`. */
  readonly verify: boolean;
}

export interface ConvertFlags extends TargetFlags {
  readonly output: 'yaml' | 'json';
  readonly out?: string;
  readonly split: 'none' | 'namespace' | 'resource';
  readonly partial?: true;
}

export interface ValidateFlags extends TargetFlags {
  readonly output?: 'json';
}

/** `latticectl trace`. */
export interface TraceFlags extends CommonFlags {
  readonly header: readonly { readonly name: string; readonly value: string }[];
  readonly fromNs?: string;
  readonly port?: number;
  readonly semantics?: ProfileName;
  readonly sourceClass?: string;
  readonly cases?: string;
  readonly against: readonly string[];
  readonly output?: 'json';
  readonly explainModel?: true;
}

/** `latticectl verify`. */
export interface VerifyFlags extends CommonFlags {
  readonly against: readonly string[];
  readonly map: readonly HostMapping[];
  readonly semantics?: ProfileName;
  readonly againstSemantics?: ProfileName;
  readonly sourceClass?: string;
  readonly budget: number;
  readonly seed: number;
  readonly writeCases?: string;
  readonly allowUnknown?: true;
  readonly output?: 'json';
  readonly explainModel?: true;
}

/** `latticectl graph`. */
export interface GraphFlags extends CommonFlags {
  readonly semantics?: ProfileName;
  readonly sourceClass?: string;
  readonly output: 'mermaid' | 'dot';
}

/** `--report FORMAT[=PATH]`; without a path the report goes to a stream. */
export interface ReportRequest {
  readonly format: 'json' | 'junit';
  readonly path?: string;
}

/** `--accept CODE[@Kind/namespace/name]=REASON`. */
export interface AcceptFlag {
  readonly code: string;
  readonly object?: string;
  readonly reason: string;
}

export interface ExplainFlags {
  readonly matrix?: true;
  readonly output: 'text' | 'markdown' | 'json';
}

/** `latticectl sandbox`. */
export interface SandboxFlags {
  readonly port: number;
  readonly state?: string;
  readonly faults?: string;
  /** Milliseconds. */
  readonly delay: number;
  readonly limit: CommonFlags['limit'];
}

/** Flags of the commands that ask an account. */
export interface LiveFlags {
  readonly endpointUrl?: string;
  readonly region?: string;
  readonly awsProfile?: string;
}

/** `latticectl diff`. */
export interface DiffFlags
  extends CommonFlags,
    LiveFlags,
    Pick<TargetFlags, 'gateway' | 'sourceClass' | 'latticePrefix'> {
  readonly exitCode?: true;
  readonly planOut?: string;
  readonly prune?: true;
  readonly all?: true;
  readonly against: readonly string[];
  readonly output?: 'json';
}

/** `latticectl export`. */
export interface ExportFlags extends TargetFlags, LiveFlags {
  readonly stack?: string;
  readonly service: readonly string[];
  readonly output: 'yaml' | 'json';
}
