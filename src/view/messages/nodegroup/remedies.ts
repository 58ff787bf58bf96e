/** What helps, in words: a sentence for each remedy, and a button's label for each follow-up action. */
import * as l10n from '@vscode/l10n';
import type { FollowUp, RemedyCode } from '../../../nodegroup/remedies/remedy';

export function remedyWords(remedy: RemedyCode): string {
  switch (remedy) {
    case 'assign-ipv6-addresses':
      return l10n.t('Turn on the automatic assignment of IPv6 addresses in the subnet.');
    case 'assign-public-addresses':
      return l10n.t(
        'Turn on the automatic assignment of public IP addresses in the subnet, or use private subnets.',
      );
    case 'ask-aws-support':
      return l10n.t('Wait some minutes and refresh; if it stays, ask AWS Support.');
    case 'check-names-and-permissions':
      return l10n.t('Check that the names are right and that your role may update this node group.');
    case 'choose-again':
      return l10n.t('Go back and choose other values.');
    case 'choose-existing-ami':
      return l10n.t('Add a launch template version that names an AMI which exists here, and update to it.');
    case 'choose-offered-instance-type':
      return l10n.t(
        'Add a launch template version, or make a node group, with an instance type of this region.',
      );
    case 'delete-launch-template':
      return l10n.t('Delete the launch template by hand.');
    case 'delete-old-template-versions':
      return l10n.t('Delete versions of the launch template that nothing uses.');
    case 'delete-unused-launch-templates':
      return l10n.t('Delete launch templates that nothing uses, or ask for a higher quota.');
    case 'free-addresses':
      return l10n.t('Free IP addresses in the subnets, or add subnets, then try again.');
    case 'let-nodes-join':
      return l10n.t(
        'Check the EC2 capacity of the zone, the EC2 quota, the user data, the node role, and that the subnet has a way to the API server.',
      );
    case 'look-at-state':
      return l10n.t(
        'Look at the state and the health issues of the node group and its cluster; mend those first.',
      );
    case 'mend-add-on':
      return l10n.t('Look at the add-on in the EKS console.');
    case 'mend-auto-scaling-group':
      return l10n.t('Undo the changes to the Auto Scaling group.');
    case 'mend-cluster-role':
      return l10n.t('Attach the policy AmazonEKSClusterPolicy to the service role of the cluster.');
    case 'mend-endpoint-access':
      return l10n.t(
        "Check the cluster's endpoint access, its security groups and the routes of the subnets.",
      );
    case 'mend-instance-launch':
      return l10n.t(
        'Read the activities of the Auto Scaling group in the EC2 console: they say why each launch failed.',
      );
    case 'mend-labels':
      return l10n.t('Correct the labels of the node group.');
    case 'mend-launch-template':
      return l10n.t('Add a corrected version of the launch template and update to it.');
    case 'mend-node-access':
      return l10n.t('Check the policies of the node role and its access entry in the cluster.');
    case 'mend-permissions':
      return l10n.t(
        'Ask for the missing permission, and check the policies of the node role and its access entry.',
      );
    case 'opt-in-to-auto-scaling':
      return l10n.t('Opt in to EC2 Auto Scaling in this region in the console.');
    case 'raise-iam-quota':
      return l10n.t('Delete roles or instance profiles that nothing uses, or ask for a higher IAM quota.');
    case 'raise-instance-quota':
      return l10n.t('Ask for a higher EC2 instance quota, or use another instance type.');
    case 'raise-interface-quota':
      return l10n.t(
        'Remove network interfaces that nothing uses, or ask for a higher quota, then try again.',
      );
    case 'raise-named-quota':
      return l10n.t("Ask for a higher quota: AWS's text says which.");
    case 'read-aws-message':
      return l10n.t("AWS's own text and the update's id are all there is; AWS Support can look the id up.");
    case 'recreate-cluster':
      return l10n.t('By the AWS documentation the cluster has to be made anew.');
    case 'recreate-instance-profile':
      return l10n.t('Make the instance profile again with the same name and role.');
    case 'recreate-launch-template':
      return l10n.t('Make the launch template again with the same settings, or make a new node group.');
    case 'recreate-node-group':
      return l10n.t('Make the Auto Scaling group again with the same settings, or make a new node group.');
    case 'recreate-node-role':
      return l10n.t('Make the IAM role again with the same name and policies.');
    case 'recreate-security-group':
      return l10n.t('Give the cluster a security group that exists, or make a new node group.');
    case 'recreate-subnet':
      return l10n.t(
        'Make the subnet again where that is possible, or make a new node group in subnets that exist.',
      );
    case 'recreate-vpc':
      return l10n.t('Without its VPC the cluster cannot work: make a new cluster.');
    case 'refresh-the-list':
      return l10n.t(
        'Refresh the list: the cluster or the node group was deleted, or lies in another region.',
      );
    case 'relax-budget-or-force':
      return l10n.t(
        'Relax the budget or remove the pod and try again, or update with force, which ends the pods.',
      );
    case 'remove-security-group-uses':
      return l10n.t('Remove what uses the security group, then delete it.');
    case 'revert-launch-template':
      return l10n.t('Set the Auto Scaling group back to the launch template version that EKS made.');
    case 'terminate-instances':
      return l10n.t('Terminate the instances by hand in the EC2 console.');
    case 'use-fewer-subnets':
      return l10n.t('Make a node group with fewer subnets.');
    case 'wait-and-try-again':
      return l10n.t('Wait some minutes, then try again.');
    case 'wait-for-instance-refresh':
      return l10n.t('Wait until the instance refresh has ended, or cancel it.');
    case 'wait-for-running-update':
      return l10n.t('Follow the running update and try again when it has ended.');
  }
}

/** The label of the button for a follow-up action. */
export function followUpWords(action: FollowUp): string {
  switch (action) {
    case 'check-drain':
      return l10n.t('Check Drain');
    case 'show-held-pods':
      return l10n.t('Show Held Pods');
    case 'choose-again':
      return l10n.t('Choose Again…');
    case 'copy-details':
      return l10n.t('Copy Details');
    case 'edit-update-settings':
      return l10n.t('Edit Update Settings…');
    case 'follow-running-update':
      return l10n.t('Follow Running Update');
    case 'open-health-issues':
      return l10n.t('Show Health Issues');
    case 'open-in-console':
      return l10n.t('Open in AWS Console');
    case 'refresh':
      return l10n.t('Refresh');
    case 'show-insights':
      return l10n.t('Show Insights');
    case 'show-launch-template':
      return l10n.t('Show Launch Template');
    case 'show-subnets':
      return l10n.t('Show Subnets');
    case 'try-again':
      return l10n.t('Try Again…');
    case 'try-again-with-force':
      return l10n.t('Try Again with Force…');
  }
}

/** AWS's own text after `AWS says:`, or a sentence which says that AWS gives none. */
export function awsWords(message: string): string {
  return message === ''
    ? l10n.t('AWS gives no further text.')
    : l10n.t('AWS says: {message}', { message: ended(message) });
}

/** Adds a full stop to a text of AWS that ends without punctuation, since another sentence may follow. */
function ended(message: string): string {
  return /[.!?:;]$/.test(message.trimEnd()) ? message : `${message}.`;
}
