import type { Origin, PathSegment } from '../../diagnostics/origin.ts';
import type { Gateway, RoutingModel, VirtualHost } from '../../ir/model.ts';
import type { EmitOptions, HostSettings, LatticeSettings } from '../emitter.ts';
import type { HostFindings } from '../host-findings.ts';
import { settingsNameOf } from '../host-settings.ts';

/** What every step of making the resources needs. */
export interface LatticeContext {
  readonly model: RoutingModel;
  readonly options: EmitOptions;
  readonly settings: LatticeSettings;
  /** By id. */
  readonly gateways: ReadonlyMap<string, Gateway>;
  readonly findings: HostFindings;
}

/** A place in the settings, or the nearest one above it that is there; undefined where no file was read. */
export function settingsPlace({ options }: LatticeContext, ...path: readonly PathSegment[]): Origin | undefined {
  return options.settingsOrigin?.at(...path);
}

/** Where the settings say something about a host; undefined where they do not. */
export function settingsPlaceOfHost(
  host: VirtualHost,
  field: keyof HostSettings,
  context: LatticeContext,
  ...rest: readonly PathSegment[]
): Origin | undefined {
  const name = settingsNameOf(host, field, context.options);
  return name === undefined ? undefined : settingsPlace(context, 'hosts', name, field, ...rest);
}

/** The region of the settings, or one for lines that somebody is to fill in. */
export function regionOf({ settings }: LatticeContext): string {
  return settings.region ?? 'us-west-2';
}
