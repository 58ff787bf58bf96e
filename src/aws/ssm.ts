/** The public parameters of AWS Systems Manager. */
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { ImageParameters } from '../nodegroup/ports';
import type { Adapter } from './adapter';
import { sends } from './caller';
import { type ClientSettings, clientConfig } from './client-config';
import { absentOr } from './failures';

export function openImageParameters(settings: ClientSettings): Adapter<ImageParameters> {
  const client = new SSMClient(clientConfig(settings));
  return {
    close: () => client.destroy(),
    port: (call) => ({
      async get(Name, signal) {
        const command = new GetParameterCommand({ Name });
        const output = await absentOr(
          ['ParameterNotFound', 'ParameterVersionNotFound'],
          call.request('GetParameter', Name, signal, sends(client, command)),
        );
        return output?.Parameter?.Value;
      },
    }),
  };
}
