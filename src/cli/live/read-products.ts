import schema from '../../../schemas/LatticeResources.schema.json' with { type: 'json' };
import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import {
  type LatticeResource,
  type LatticeResources,
  type RuleAction,
  resourceKey,
} from '../../emitters/lattice/resources.ts';
import { latticeParser } from '../../parsers/lattice/parser.ts';
import type { InputFile } from '../../pipeline.ts';
import { settingsDiagnostics } from '../settings/diagnostics.ts';
import { type OwnFile, type OwnFormat, readOwnFile } from '../settings/read-own-file.ts';

/** Resources that are wanted, with the place of each. */
export interface Wanted {
  readonly document: LatticeResources;
  readonly places: ReadonlyMap<string, Origin>;
}

/** As the API has it for a single group. */
const USUAL_WEIGHT = 100;

const format: OwnFormat = { name: 'LatticeResources', schema, diagnostics: settingsDiagnostics };

/** Whether a file holds what `convert --to lattice` has printed. */
export function isProduct({ bytes }: InputFile): boolean {
  return /["']?kind["']?\s*:\s*["']?LatticeResources\b/.test(new TextDecoder().decode(bytes.subarray(0, 2000)));
}

/** Reads products of `convert --to lattice` and `export`; what is wrong with them is reported. */
export async function readProducts(files: readonly InputFile[], report: Report): Promise<readonly Wanted[]> {
  const products: Wanted[] = [];
  for (const file of files) {
    const own = await readOwnFile(file, format, report);
    if (own?.value === undefined) continue;
    reportMistakes(file.file, own, report);
    // The schema has checked its form.
    products.push(place(own.value as LatticeResources, own.origin));
  }
  return products;
}

const nothing = new Map<string, never>();
const facts = { services: nothing, serviceImports: nothing, namespaces: nothing, ingressClasses: nothing };

/** Fields that nobody reads and names that lead nowhere: a plan would be silent about them. */
function reportMistakes(file: string, { value, origin }: OwnFile, report: Report): void {
  const resource = { apiVersion: '', kind: 'LatticeResources', name: '' };
  const document = { file, resource, object: value as Record<string, unknown>, origin };
  latticeParser.parse([document], {
    options: { defaultNamespace: 'default', clusterDomain: 'cluster.local' },
    facts: { ...facts, workloads: [], grants: [] },
    // What a plan can say and a route cannot is no mistake here.
    report: (finding) => {
      if (finding.code !== 'lattice-resources/no-http') report(finding);
    },
  });
}

function place(document: LatticeResources, origin: Origin): Wanted {
  const places = document.resources.map(
    (resource, index) => [resourceKey(resource), origin.at('resources', index)] as const,
  );
  return { document: { ...document, resources: document.resources.map(complete) }, places: new Map(places) };
}

/** A resource with what the schema lets people leave out. */
function complete(resource: LatticeResource): LatticeResource {
  switch (resource.kind) {
    case 'Service':
      return { ...resource, authType: resource.authType ?? 'NONE', origin: resource.origin ?? {} };
    case 'ServiceNetworkVpcAssociation':
      return { ...resource, securityGroupIds: resource.securityGroupIds ?? [] };
    case 'TargetGroup':
      return { ...resource, targets: resource.targets ?? [], origin: resource.origin ?? {} };
    case 'ExternalTargetGroup':
      return { ...resource, origin: resource.origin ?? {} };
    case 'Listener':
      return { ...resource, defaultAction: withWeights(resource.defaultAction) };
    case 'Rule':
      return { ...resource, action: withWeights(resource.action) };
    default:
      return resource;
  }
}

function withWeights(action: RuleAction): RuleAction {
  if (!('forward' in action)) return action;
  const targetGroups = action.forward.targetGroups.map((one) => ({ ...one, weight: one.weight ?? USUAL_WEIGHT }));
  return { forward: { ...action.forward, targetGroups } };
}
