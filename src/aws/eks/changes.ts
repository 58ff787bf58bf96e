/** The two requests by which Slipway changes a node group. */
import {
  type EKSClient,
  type NodegroupUpdateStrategies,
  UpdateNodegroupConfigCommand,
  UpdateNodegroupVersionCommand,
} from '@aws-sdk/client-eks';
import { present } from '../../model/present';
import type { Eks } from '../../nodegroup/ports';
import { type Caller, sends } from '../caller';
import { given } from '../sdk-answers';
import { updateOf } from './eks-answers';

export function changesOf(client: EKSClient, call: Caller): Pick<Eks, 'updateVersion' | 'updateConfig'> {
  return {
    async updateVersion({ clusterName, nodegroupName, clientRequestToken, ...rest }, signal) {
      const { version, releaseVersion, launchTemplate, force } = rest;
      const command = new UpdateNodegroupVersionCommand({
        clusterName,
        nodegroupName,
        clientRequestToken,
        ...present({ version, releaseVersion, launchTemplate, force }),
      });
      const resource = `${clusterName}/${nodegroupName}`;
      const output = await call.change('UpdateNodegroupVersion', resource, signal, sends(client, command));
      return {
        update: updateOf(given(output.update, 'UpdateNodegroupVersion')),
        ...present({ requestId: output.$metadata.requestId }),
      };
    },
    async updateConfig({ clusterName, nodegroupName, clientRequestToken, updateConfig }, signal) {
      const { maxUnavailable, maxUnavailablePercentage, updateStrategy } = updateConfig;
      const command = new UpdateNodegroupConfigCommand({
        clusterName,
        nodegroupName,
        clientRequestToken,
        updateConfig: present({
          maxUnavailable,
          maxUnavailablePercentage,
          // Slipway's types allow any text for AWS's enumerations; AWS refuses unknown values.
          updateStrategy: updateStrategy as NodegroupUpdateStrategies | undefined,
        }),
      });
      const resource = `${clusterName}/${nodegroupName}`;
      const output = await call.change('UpdateNodegroupConfig', resource, signal, sends(client, command));
      return {
        update: updateOf(given(output.update, 'UpdateNodegroupConfig')),
        ...present({ requestId: output.$metadata.requestId }),
      };
    },
  };
}
