/** The role that an administrator gets: the smallest one, and what to do with it. */
import { describe, expect, it } from 'vitest';
import { principalOf } from '../../src/model/access-principal';
import { KUBERNETES_PURPOSES, permissionsFor } from '../../src/model/kubernetes-permissions';
import { roleYaml } from '../../src/model/kubernetes-role';
import { type RoleRequest, roleText } from '../../src/view/messages/kubernetes-role';

const CLUSTER = 'arn:aws-us-gov:eks:us-gov-west-1:111122223333:cluster/trading';
const ROLE = { arn: 'arn:aws-us-gov:iam::111122223333:role/teams/kdb/Deployer', pathKnown: true };
const REQUEST: RoleRequest = {
  purpose: 'look',
  clusterArn: CLUSTER,
  authenticationMode: 'API',
  principal: ROLE,
};

describe('the YAML', () => {
  it('for looking is one ClusterRole with what is asked, bound to a group of its name', () => {
    expect(roleYaml('look')).toBe(`apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: slipway-look
rules:
  - apiGroups: [""]
    resources: ["nodes"]
    verbs: ["list","watch"]
  - apiGroups: [""]
    resources: ["namespaces"]
    verbs: ["list"]
  - apiGroups: [""]
    resources: ["pods"]
    verbs: ["get","list","watch"]
  - apiGroups: [""]
    resources: ["pods/log"]
    verbs: ["get"]
  - apiGroups: [""]
    resources: ["events"]
    verbs: ["list"]
  - apiGroups: ["policy"]
    resources: ["poddisruptionbudgets"]
    verbs: ["list","watch"]
  - apiGroups: ["apps"]
    resources: ["deployments"]
    verbs: ["list","watch"]
  - apiGroups: ["apps"]
    resources: ["statefulsets"]
    verbs: ["list","watch"]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: slipway-look
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: slipway-look
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: slipway-look
`);
  });

  it('for asking has evictions besides, and nothing that changes a workload', () => {
    const yaml = roleYaml('ask');
    expect(yaml).toContain('resources: ["pods/eviction"]\n    verbs: ["create"]');
    expect(yaml).not.toMatch(/patch|delete/);
  });

  it('for deploying may change the one workload in its namespace, and nothing in all of the cluster', () => {
    const documents = roleYaml('deploy', { namespace: 'kdb', name: 'hdb' }).split('---\n');
    const [clusterRole = '', , role = '', binding = ''] = documents;
    expect(clusterRole).not.toMatch(/patch|delete/);
    expect(role).toContain('kind: Role\nmetadata:\n  name: slipway-deploy\n  namespace: "kdb"');
    expect(role).toContain(
      'resources: ["statefulsets"]\n    resourceNames: ["hdb"]\n    verbs: ["get","patch"]',
    );
    expect(role).toContain('resources: ["persistentvolumeclaims"]\n    verbs: ["get"]');
    expect(binding).toContain('kind: RoleBinding\nmetadata:\n  name: slipway-deploy\n  namespace: "kdb"');
  });

  it.each(KUBERNETES_PURPOSES)('for "%s" holds each permission of the catalogue once', (purpose) => {
    const yaml = roleYaml(purpose, { namespace: 'kdb', name: 'hdb' });
    expect(yaml.match(/resources:/g)).toHaveLength(permissionsFor(purpose).length);
  });
});

describe('what stands beside it', () => {
  it('are the commands that apply it and tie it to the role', () => {
    const text = roleText(REQUEST);
    expect(text).toContain(`#    kubectl --context ${CLUSTER} apply -f slipway-look.yaml`);
    const options = `--cluster-name trading --principal-arn ${ROLE.arn} --region us-gov-west-1 --kubernetes-groups slipway-look`;
    expect(text).toContain(`#    aws eks create-access-entry ${options}`);
    expect(text).toContain(`#    aws eks update-access-entry ${options}`);
    expect(text).not.toContain('get-role');
  });

  it('is comments alone before the YAML, so that all of it can be applied as it is', () => {
    const [comments = ''] = roleText({ ...REQUEST, purpose: 'deploy' }).split('apiVersion:');
    expect(
      comments
        .trimEnd()
        .split('\n')
        .filter((line) => !line.startsWith('#')),
    ).toEqual([]);
  });

  it('says how the ARN of a role is found whose path is not known', () => {
    const principal = principalOf('arn:aws:sts::111122223333:assumed-role/Deployer/someone', undefined);
    expect(roleText({ ...REQUEST, principal: principal! })).toContain(
      'aws iam get-role --role-name Deployer',
    );
  });

  it('for a cluster that looks into aws-auth alone is an entry of that, with the ARN without its path', () => {
    const text = roleText({ ...REQUEST, authenticationMode: 'CONFIG_MAP' });
    expect(text).toContain('- rolearn: arn:aws-us-gov:iam::111122223333:role/Deployer\n');
    expect(text).toContain('groups: ["slipway-look"]');
    expect(text).not.toContain('access-entry');
  });

  it('says what a permission allows beyond what Slipway does', () => {
    const [look, ask, deploy] = KUBERNETES_PURPOSES.map((purpose) => roleText({ ...REQUEST, purpose }));
    expect(look).not.toContain('permits');
    expect(ask).toContain('pods/eviction permits real ones');
    expect(ask).not.toContain('any image');
    expect(deploy).toContain('permits running any image');
  });

  it('for a caller that there can be no entry for names the group', () => {
    const { principal: _, ...request } = REQUEST;
    expect(roleText(request)).toContain('for the group slipway-look');
  });
});

describe('whom an access entry is for', () => {
  const ROLES = 'arn:aws:iam::111122223333:role';
  it.each([
    ['arn:aws:sts::111122223333:assumed-role/R/s', undefined, `${ROLES}/R`, false],
    ['arn:aws:sts::111122223333:assumed-role/R/s', `${ROLES}/a/b/R`, `${ROLES}/a/b/R`, true],
    ['arn:aws:sts::111122223333:assumed-role/R/s', `${ROLES}/a/b/XR`, `${ROLES}/R`, false],
    ['arn:aws:sts::111122223333:assumed-role/R/s', 'arn:aws:iam::999988887777:role/R', `${ROLES}/R`, false],
    ['arn:aws:iam::111122223333:user/a/anna', undefined, 'arn:aws:iam::111122223333:user/a/anna', true],
  ])('%s with the profile’s role %s is %s', (caller, role, arn, pathKnown) => {
    expect(principalOf(caller, role)).toEqual({ arn, pathKnown });
  });

  it.each(['arn:aws:iam::111122223333:root', 'arn:aws:sts::111122223333:federated-user/x', 'nonsense'])(
    '%s is none',
    (caller) => {
      expect(principalOf(caller, undefined)).toBeUndefined();
    },
  );
});
