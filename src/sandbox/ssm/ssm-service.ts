/** AWS Systems Manager, limited to Slipway's requests: the public parameters of the newest AMIs. */
import { Json11Service } from '../protocols/json11';
import { operation } from '../protocols/operation';
import { Refusal } from '../protocols/refusal';
import type { SandboxService } from '../sandbox-service';
import { boolean, structure, text } from '../shapes';
import { amiParameters } from './ami-parameters';

const getParameter = structure({ Name: text({ min: 1, max: 2048 }), WithDecryption: boolean }, ['Name']);

/** @param startedAt epoch milliseconds, returned as the date of every parameter */
export function ssmService(startedAt: number): SandboxService {
  const values = amiParameters();
  const operations = [
    operation('GetParameter', getParameter, ({ Name: name }, { region }) => {
      const value = values.get(name);
      if (value === undefined) throw new Refusal(400, 'ParameterNotFound', `Parameter ${name} not found.`);
      return {
        Parameter: {
          Name: name,
          Type: 'String',
          Value: value,
          Version: 1,
          LastModifiedDate: startedAt / 1000,
          ARN: `arn:aws:ssm:${region}::parameter${name}`,
          DataType: 'text',
        },
      };
    }),
  ];
  return new Json11Service('ssm', 'AmazonSSM', operations, 'ValidationException', () => undefined);
}
