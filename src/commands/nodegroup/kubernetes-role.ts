/** "Copy Kubernetes Role…": the manifest by which an administrator gives Slipway access to a cluster. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { principalOf } from '../../model/access-principal';
import { KUBERNETES_PURPOSES, type KubernetesPurpose } from '../../model/kubernetes-permissions';
import type { RoleWorkload } from '../../model/kubernetes-role';
import { present } from '../../model/present';
import { purposeWords, roleText } from '../../view/messages/kubernetes-role';
import { withProgress } from '../../view/progress';
import { BACK, LEFT, type Prompts } from '../../view/wizard/prompts';
import { pickOne } from '../../view/wizard/wizard';
import type { NodegroupDeps } from './deps';
import type { ClusterPlace } from './place';

type RoleDeps = Pick<NodegroupDeps, 'prompts' | 'ports' | 'notify'>;

export async function copyKubernetesRole(
  { connection, cluster: name }: ClusterPlace,
  { prompts, ports, notify }: RoleDeps,
): Promise<void> {
  const title = l10n.t('Copy Kubernetes Role');
  const purpose = await pickPurpose(title, prompts);
  if (purpose === undefined) return;
  const workload = purpose === 'deploy' ? await askWorkload(title, prompts) : undefined;
  if (purpose === 'deploy' && workload === undefined) return;
  const text = await withProgress(title, async (signal) => {
    const { eks, identities } = await ports(connection);
    const [{ arn: clusterArn, authenticationMode }, { arn }] = await Promise.all([
      eks.describeCluster(name, signal),
      identities.whoAmI(signal),
    ]);
    const principal = principalOf(arn, undefined);
    return roleText({ purpose, clusterArn, ...present({ authenticationMode, principal, workload }) });
  });
  await vscode.env.clipboard.writeText(text);
  await notify.succeeded(
    l10n.t('The role for {0} is on the clipboard. Its comments say what to do with it.', { 0: name }),
  );
}

function pickPurpose(title: string, prompts: Prompts): Promise<KubernetesPurpose | undefined> {
  return pickOne(
    title,
    {
      placeholder: l10n.t('Choose what you want to do in the cluster'),
      choices: KUBERNETES_PURPOSES.map((value) => ({ value, label: purposeWords(value) })),
    },
    prompts,
  );
}

/** Asks for the workload to which code will be deployed; undefined when the user left the question. */
async function askWorkload(title: string, prompts: Prompts): Promise<RoleWorkload | undefined> {
  const answer = await prompts.input(
    { title, step: 2, totalSteps: 2, canGoBack: false },
    {
      prompt: l10n.t('The workload as namespace/name'),
      placeholder: 'kdb/hdb',
      check: (text) =>
        workloadIn(text) === undefined
          ? l10n.t(
              'Type the namespace and the name of a Deployment or StatefulSet with a slash between them.',
            )
          : undefined,
    },
  );
  return answer === BACK || answer === LEFT ? undefined : workloadIn(answer);
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
function workloadIn(text: string): RoleWorkload | undefined {
  const [, namespace, name] =
    /^([a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)\/([a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?)$/.exec(text.trim()) ??
    [];
  return namespace === undefined || name === undefined ? undefined : { namespace, name };
}
