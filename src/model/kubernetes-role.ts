/** The smallest Kubernetes role for a purpose, as YAML for the cluster's administrator. */
import { type KubernetesPermission, type KubernetesPurpose, permissionsFor } from './kubernetes-permissions';

/** The workload to which code will be deployed. */
export interface RoleWorkload {
  readonly namespace: string;
  readonly name: string;
}

/** The common name of the role, of its binding, and of the Kubernetes group to which the role is bound. */
export function roleName(purpose: KubernetesPurpose): string {
  return `slipway-${purpose}`;
}

/**
 * A ClusterRole, and its binding to the group that {@link roleName} names. With `workload`, and if the
 * purpose is `deploy`, also a Role in the workload's namespace, and its binding. The Role allows reads and
 * changes of this workload only, and in the whole namespace the deletion of pods and reads of volume claims.
 * Without `workload`, the YAML allows no changes of workloads.
 */
export function roleYaml(purpose: KubernetesPurpose, workload?: RoleWorkload): string {
  const needed = permissionsFor(purpose);
  const name = roleName(purpose);
  const documents = [
    roleDocument(
      'ClusterRole',
      name,
      undefined,
      needed.filter(isOf('cluster')).map((one) => rule(one)),
    ),
    bindingDocument('ClusterRole', name, undefined),
  ];
  const own = needed.filter(isOf('workload'));
  if (workload !== undefined && own.length > 0) {
    // Only the rules for the workload itself are limited to one name: the names of its pods and volume claims are
    // not known.
    const rules = own.map((one) => rule(one, one.group === 'apps' ? workload.name : undefined));
    documents.push(
      roleDocument('Role', name, workload.namespace, rules),
      bindingDocument('Role', name, workload.namespace),
    );
  }
  return documents.join('---\n');
}

/**
 * The entry for the ConfigMap `aws-auth` that puts a role or user into the group that {@link roleName} names.
 * `list` is the member of the ConfigMap to which the entry belongs. The entry names a role by its ARN without
 * the path.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html
 */
export function awsAuthEntry(
  purpose: KubernetesPurpose,
  principalArn: string,
): { readonly list: 'mapRoles' | 'mapUsers'; readonly lines: readonly string[] } {
  const name = roleName(purpose);
  const isRole = principalArn.includes(':role/');
  const arn = isRole ? principalArn.replace(/:role\/(?:.*\/)?/, ':role/') : principalArn;
  return {
    list: isRole ? 'mapRoles' : 'mapUsers',
    lines: [
      `- ${isRole ? 'rolearn' : 'userarn'}: ${arn}`,
      `  username: ${name}`,
      `  groups: ${JSON.stringify([name])}`,
    ],
  };
}

const API = 'rbac.authorization.k8s.io';

type RoleKind = 'ClusterRole' | 'Role';

function isOf(scope: KubernetesPermission['scope']): (one: KubernetesPermission) => boolean {
  return (one) => one.scope === scope;
}

/** One rule of a role. Its values are written as JSON: JSON's strings and lists are valid YAML. */
function rule({ group, resource, verbs }: KubernetesPermission, name?: string): string {
  const lines = [
    `  - apiGroups: ${JSON.stringify([group])}`,
    `    resources: ${JSON.stringify([resource])}`,
    ...(name === undefined ? [] : [`    resourceNames: ${JSON.stringify([name])}`]),
    `    verbs: ${JSON.stringify(verbs)}`,
  ];
  return lines.join('\n');
}

function head(kind: string, name: string, namespace: string | undefined): readonly string[] {
  return [
    `apiVersion: ${API}/v1`,
    `kind: ${kind}`,
    'metadata:',
    `  name: ${name}`,
    ...(namespace === undefined ? [] : [`  namespace: ${JSON.stringify(namespace)}`]),
  ];
}

function roleDocument(
  kind: RoleKind,
  name: string,
  namespace: string | undefined,
  rules: readonly string[],
): string {
  return `${[...head(kind, name, namespace), 'rules:', ...rules].join('\n')}\n`;
}

function bindingDocument(kind: RoleKind, name: string, namespace: string | undefined): string {
  const lines = [
    ...head(`${kind}Binding`, name, namespace),
    'roleRef:',
    `  apiGroup: ${API}`,
    `  kind: ${kind}`,
    `  name: ${name}`,
    'subjects:',
    `  - apiGroup: ${API}`,
    '    kind: Group',
    `    name: ${name}`,
  ];
  return `${lines.join('\n')}\n`;
}
