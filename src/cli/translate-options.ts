import { closest } from '../diagnostics/did-you-mean.ts';
import type { EmitOptions, LatticeSettings } from '../emitters/emitter.ts';
import { type Acceptance, findProblem, parseAcceptedObject } from '../pipeline/acceptance.ts';
import type { TranslateOptions } from '../pipeline.ts';
import { codes, emitters, parsers, toolVersion } from '../registry.ts';
import { UsageError } from './errors.ts';
import type { AcceptFlag, TargetFlags } from './flags.ts';
import { releaseMemory } from './release-memory.ts';
import type { Settings } from './settings/read-settings.ts';

/** The options of the translation from flags and settings; a flag beats a setting. */
export function toTranslateOptions(flags: TargetFlags, settings: Settings, partial: boolean): TranslateOptions {
  const { values } = settings;
  if (flags.to === 'lattice' && flags.profile === 'standard')
    throw new UsageError('--profile standard is a form of --to gateway-api; VPC Lattice has one only');
  return {
    parsers,
    emitter: flags.to === 'ir' ? undefined : emitters.find(({ name }) => name === flags.to),
    parse: {
      defaultNamespace: flags.namespace,
      clusterDomain: flags.clusterDomain,
      ...(flags.sourceClass === undefined ? {} : { sourceClass: flags.sourceClass }),
    },
    emit: toEmitOptions(flags, settings),
    services: values.services ?? {},
    accept: [...flags.accept.map(toAcceptance), ...settings.accept],
    codes,
    severities: values.severities ?? {},
    strict: flags.strict === true,
    partial,
    verify: flags.verify,
    onRead: releaseMemory,
  };
}

function toEmitOptions(flags: TargetFlags, { values, origin }: Settings): EmitOptions {
  return {
    profile: flags.profile,
    channel: flags.channel,
    ...(flags.gateway === undefined ? {} : { gateway: flags.gateway }),
    ...(flags.gatewayClass === undefined ? {} : { gatewayClass: flags.gatewayClass }),
    latticePrefix: flags.latticePrefix,
    inPlace: flags.inPlace === true,
    defaultNamespace: flags.namespace,
    clusterDomain: flags.clusterDomain,
    explicitTimeouts: values.explicitTimeouts === true,
    ...(values.subsetService === undefined ? {} : { subsetService: values.subsetService }),
    hosts: values.hosts ?? {},
    limits: { ...values.limits, ...Object.fromEntries(flags.limit.map(toLimit)) },
    toolVersion,
    ...(origin === undefined ? {} : { settingsOrigin: origin }),
    lattice: toLatticeSettings(values),
  };
}

function toLatticeSettings(values: Settings['values']): LatticeSettings {
  const { stack, region, account, serviceNetwork, backends, tags } = values;
  return {
    ...(stack === undefined ? {} : { stack }),
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
    ...(serviceNetwork === undefined ? {} : { serviceNetwork }),
    ...(backends === undefined ? {} : { backends }),
    ...(tags === undefined ? {} : { tags }),
  };
}

/** Throws a UsageError for a quota that no target knows, since it would go unheard. */
function toLimit({ name, value }: TargetFlags['limit'][number]): readonly [string, number] {
  const known = [...new Set(emitters.flatMap(({ limits }) => limits))];
  if (known.includes(name)) return [name, value];
  const nearby = closest(name, known);
  const hint = nearby === undefined ? `the names are ${known.join(', ')}` : `did you mean ${nearby}?`;
  throw new UsageError(`--limit ${name}=${value}: there is no limit ${name}; ${hint}`);
}

/** Throws a UsageError for a flag that can never be followed, whatever the input is. */
function toAcceptance({ code, object, reason }: AcceptFlag): Acceptance {
  const accepted = object === undefined ? undefined : parseAcceptedObject(object);
  const acceptance: Acceptance = accepted === undefined ? { code, reason } : { code, object: accepted, reason };
  const problem = findProblem(acceptance, codes);
  if (problem === undefined) return acceptance;
  throw new UsageError(`--accept: ${problem.message}${problem.help === undefined ? '' : `\n  ${problem.help}`}`);
}
