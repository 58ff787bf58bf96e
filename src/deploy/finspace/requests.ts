/** The code update in the spelling of FinSpace's model, as plans show it and the ledger keeps it. */

import type { Json } from '../../model/json';
import type { DeploymentStrategy } from '../../model/kdb';
import { present } from '../../model/present';
import type { SentRequest } from '../../operations/operation';
import type { ConfigurationWithCode } from '../configuration';
import type { PlannedRequest } from '../port/deploy-target';
import { argumentsOf, isNoText, listIn, memberOf, textIn, whole } from '../reading-json';
import type { CodeUpdateRequest } from './ports';
import { asStrategy } from './strategies';

/**
 * The update that makes `next` the cluster's configuration. With NO_RESTART the request must contain neither script nor
 * arguments.
 */
export function updateRequest(
  cluster: Pick<CodeUpdateRequest, 'environmentId' | 'clusterName'>,
  next: ConfigurationWithCode,
  strategy: DeploymentStrategy,
  clientToken: string,
): CodeUpdateRequest {
  const { code, initializationScript, commandLineArguments } = next;
  return {
    ...cluster,
    clientToken,
    code,
    strategy,
    ...(strategy !== 'NO_RESTART' && {
      ...present({ initializationScript }),
      ...(commandLineArguments.length > 0 && { commandLineArguments }),
    }),
  };
}

/** The operation's name in AWS's model. */
const UPDATE_OPERATION = 'UpdateKxClusterCodeConfiguration';

/** @see https://docs.aws.amazon.com/finspace/latest/management-api/API_UpdateKxClusterCodeConfiguration.html */
export function updateInput(request: CodeUpdateRequest): Readonly<Record<string, Json>> {
  const { code, initializationScript, commandLineArguments } = request;
  return {
    environmentId: request.environmentId,
    clusterName: request.clusterName,
    clientToken: request.clientToken,
    code: {
      s3Bucket: code.bucket,
      s3Key: code.key,
      ...(code.versionId !== undefined && { s3ObjectVersion: code.versionId }),
    },
    ...present({ initializationScript }),
    ...(commandLineArguments !== undefined && {
      commandLineArguments: commandLineArguments.map(({ key, value }) => ({ key, value })),
    }),
    deploymentConfiguration: { deploymentStrategy: request.strategy },
  };
}

/** The request in the form that is recorded before it is sent. */
export function sentRequest(request: CodeUpdateRequest): SentRequest {
  const { clientToken: token } = request;
  return { service: 'finspace', operation: UPDATE_OPERATION, input: updateInput(request), token };
}

/** The configuration that a request contains. */
export function configurationOf(request: CodeUpdateRequest): ConfigurationWithCode {
  const { code, initializationScript, commandLineArguments = [] } = request;
  return { code, ...present({ initializationScript }), commandLineArguments };
}

/** Reads the request that {@link updateInput} made; undefined for any other data. */
export function parseUpdateInput(input: Json): CodeUpdateRequest | undefined {
  const code = memberOf(input, 'code');
  const location = whole({ bucket: textIn(code, 's3Bucket'), key: textIn(code, 's3Key') });
  const required = whole({
    environmentId: textIn(input, 'environmentId'),
    clusterName: textIn(input, 'clusterName'),
    clientToken: textIn(input, 'clientToken'),
    code: location,
    strategy: asStrategy(textIn(memberOf(input, 'deploymentConfiguration'), 'deploymentStrategy')),
  });
  const [versionId, initializationScript] = [
    textIn(code, 's3ObjectVersion'),
    textIn(input, 'initializationScript'),
  ];
  const list = listIn(input, 'commandLineArguments');
  const commandLineArguments = list && argumentsOf(list);
  const damaged =
    isNoText(code, 's3ObjectVersion') ||
    isNoText(input, 'initializationScript') ||
    (memberOf(input, 'commandLineArguments') !== undefined && commandLineArguments === undefined);
  if (required === undefined || damaged) return undefined;
  return {
    ...required,
    code: { ...required.code, ...present({ versionId }) },
    ...present({ initializationScript, commandLineArguments }),
  };
}

/**
 * The update as far as it is known before the upload.
 * @param versionComes true if S3 will or may assign a version
 */
export function plannedUpdate(request: CodeUpdateRequest, versionComes: boolean): PlannedRequest {
  const { clientToken: _, ...input } = updateInput(request);
  const later = versionComes ? ['clientToken', 'code.s3ObjectVersion'] : ['clientToken'];
  return { service: 'finspace', operation: UPDATE_OPERATION, input, later };
}
