/** The requests of a deployment in the spelling of AWS's models, to be read before and found again afterwards. */
import type { Json } from '../../model/json';
import type { CodeLocation, DeploymentStrategy } from '../../model/kdb';
import type { ConfigurationWithCode } from '../configuration';
import type { CodeUpdateRequest } from '../ports';
import { argumentsOf, asStrategy, listIn, memberOf, textIn, whole } from '../reading-json';
import type { PlannedRequest } from './plan';

/** Content type of a code zip. */
export const ZIP_TYPE = 'application/zip';

/** The update that makes `next` the cluster's configuration. NO_RESTART must carry neither script nor arguments. */
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
      ...(initializationScript !== undefined && { initializationScript }),
      ...(commandLineArguments.length > 0 && { commandLineArguments }),
    }),
  };
}

/** As AWS's model spells it. */
export const UPDATE_OPERATION = 'UpdateKxClusterCodeConfiguration';

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
    ...(initializationScript !== undefined && { initializationScript }),
    ...(commandLineArguments !== undefined && {
      commandLineArguments: commandLineArguments.map(({ key, value }) => ({ key, value })),
    }),
    deploymentConfiguration: { deploymentStrategy: request.strategy },
  };
}

/** The request that {@link updateInput} spelled; undefined for anything else. */
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
  if (required === undefined || (list !== undefined && commandLineArguments === undefined)) return undefined;
  return {
    ...required,
    code: { ...required.code, ...(versionId !== undefined && { versionId }) },
    ...(initializationScript !== undefined && { initializationScript }),
    ...(commandLineArguments && { commandLineArguments }),
  };
}

/** Put of the zip; a large one goes in parts. */
export function zipRequest(at: CodeLocation, onlyIfAbsent: boolean): PlannedRequest {
  return {
    service: 's3',
    operation: 'PutObject',
    input: {
      Bucket: at.bucket,
      Key: at.key,
      ContentType: ZIP_TYPE,
      ...(onlyIfAbsent && { IfNoneMatch: '*' }),
    },
    later: ['Body'],
  };
}

/** `key` ends in a name that is known once the deployment begins. */
export function recordRequest(bucket: string, folder: string): PlannedRequest {
  return {
    service: 's3',
    operation: 'PutObject',
    input: { Bucket: bucket, Key: `${folder}*.json`, ContentType: 'application/json', IfNoneMatch: '*' },
    later: ['Key', 'Body'],
  };
}

/** The update as far as it is known before the upload. */
export function plannedUpdate(request: CodeUpdateRequest, versionComes: boolean): PlannedRequest {
  const { clientToken: _, ...input } = updateInput(request);
  const later = versionComes ? ['clientToken', 'code.s3ObjectVersion'] : ['clientToken'];
  return { service: 'finspace', operation: UPDATE_OPERATION, input, later };
}
