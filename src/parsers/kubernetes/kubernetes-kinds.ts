import type { KindSupport } from '../parser.ts';

function ignored(group: string, kinds: readonly string[], reason: string): readonly KindSupport[] {
  return kinds.map((kind) => ({ group, kind, versions: [], answer: 'ignored', reason }));
}

function facts(group: string, kinds: readonly string[], reason: string): readonly KindSupport[] {
  return kinds.map((kind) => ({ group, kind, versions: [], answer: 'read', reason }));
}

/** Kinds that are read for facts about the cluster, or that route no request. */
export const kubernetesKinds: readonly KindSupport[] = [
  ...facts('', ['Service'], 'ports, selector and type'),
  ...facts('', ['Namespace'], 'labels'),
  ...facts('networking.k8s.io', ['IngressClass'], 'controller and default class'),
  ...facts('discovery.k8s.io', ['EndpointSlice'], 'addresses, where the settings ask for them'),
  ...facts('', ['Pod', 'ReplicationController'], 'labels, ports and readiness probes'),
  ...facts('apps', ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'], 'labels, ports and readiness probes'),
  ...facts('argoproj.io', ['Rollout'], 'labels, ports and readiness probes'),
  ...ignored('', ['ConfigMap', 'Secret', 'ServiceAccount', 'Event', 'Endpoints'], 'configuration of workloads'),
  ...ignored(
    '',
    ['PersistentVolume', 'PersistentVolumeClaim', 'LimitRange', 'ResourceQuota', 'PodTemplate'],
    'storage and quotas',
  ),
  ...ignored('batch', ['Job', 'CronJob'], 'work that serves no requests'),
  ...ignored('autoscaling', ['HorizontalPodAutoscaler'], 'number of pods'),
  ...ignored('policy', ['PodDisruptionBudget', 'PodSecurityPolicy'], 'scheduling of pods'),
  ...ignored('scheduling.k8s.io', ['PriorityClass'], 'scheduling of pods'),
  ...ignored('storage.k8s.io', ['StorageClass', 'CSIDriver', 'CSINode', 'VolumeAttachment'], 'storage'),
  ...ignored(
    'rbac.authorization.k8s.io',
    ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'],
    'access to the Kubernetes API',
  ),
  ...ignored('apiextensions.k8s.io', ['CustomResourceDefinition'], 'definition of a kind'),
  ...ignored('apiregistration.k8s.io', ['APIService'], 'extension of the Kubernetes API'),
  ...ignored(
    'admissionregistration.k8s.io',
    [
      'ValidatingWebhookConfiguration',
      'MutatingWebhookConfiguration',
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicyBinding',
    ],
    'admission to the Kubernetes API',
  ),
  ...ignored(
    'cert-manager.io',
    ['Certificate', 'Issuer', 'ClusterIssuer', 'CertificateRequest'],
    'issues certificates, routes nothing',
  ),
  ...ignored(
    'networking.k8s.io',
    ['NetworkPolicy'],
    'filters at the pods and stays in force; the summary says what it must admit',
  ),
  ...ignored('argoproj.io', ['Application', 'ApplicationSet', 'AppProject'], 'delivers manifests, routes nothing'),
  ...ignored('kustomize.toolkit.fluxcd.io', ['Kustomization'], 'delivers manifests, routes nothing'),
  ...ignored('helm.toolkit.fluxcd.io', ['HelmRelease'], 'delivers manifests, routes nothing'),
];
