import type { Severity } from '../../diagnostics/diagnostic.ts';
import type { HostSettings, LatticeSettings } from '../../emitters/emitter.ts';
import type { SettingsServices } from '../../parsers/kubernetes/read-facts.ts';

/** The keys of latticectl.yaml. */
export interface SettingsFile extends LatticeSettings {
  readonly hosts?: Readonly<Record<string, HostSettings>>;
  readonly services?: SettingsServices;
  readonly subsetService?: string;
  readonly explicitTimeouts?: boolean;
  readonly limits?: Readonly<Record<string, number>>;
  readonly severities?: Readonly<Record<string, Severity>>;
  readonly accept?: readonly { readonly code: string; readonly object?: string; readonly reason: string }[];
  /** Globs of names that the live side never deletes. */
  readonly protect?: readonly string[];
}
