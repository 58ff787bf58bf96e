/** The requests of a deployment in the spelling of AWS's models, to be read before and found again afterwards. */
import type { Json } from '../../model/json';
import type {
  CodeConfiguration,
  CodeLocation,
  CommandLineArgument,
  DeploymentStrategy,
} from '../../model/kdb';
import type { CodeUpdateRequest } from '../ports';
import type { PlannedRequest } from './plan';

/** Content type of a code zip. */
export const ZIP_TYPE = 'application/zip';

/** The update that makes `next` the cluster's configuration. NO_RESTART must carry neither script nor arguments. */
export function updateRequest(
  cluster: Pick<CodeUpdateRequest, 'environmentId' | 'clusterName'>,
  next: CodeConfiguration & { readonly code: CodeLocation },
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
  const code = member(input, 'code');
  const [environmentId, clusterName, clientToken, bucket, key, strategy] = [
    text(input, 'environmentId'),
    text(input, 'clusterName'),
    text(input, 'clientToken'),
    text(code, 's3Bucket'),
    text(code, 's3Key'),
    text(member(input, 'deploymentConfiguration'), 'deploymentStrategy'),
  ];
  if (
    environmentId === undefined ||
    clusterName === undefined ||
    clientToken === undefined ||
    bucket === undefined ||
    key === undefined ||
    (strategy !== 'NO_RESTART' && strategy !== 'ROLLING' && strategy !== 'FORCE')
  ) {
    return undefined;
  }
  const versionId = text(code, 's3ObjectVersion');
  const script = text(input, 'initializationScript');
  const list = member(input, 'commandLineArguments');
  return {
    environmentId,
    clusterName,
    clientToken,
    code: { bucket, key, ...(versionId !== undefined && { versionId }) },
    ...(script !== undefined && { initializationScript: script }),
    ...(Array.isArray(list) && { commandLineArguments: list.flatMap(argumentOf) }),
    strategy,
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

function member(value: Json | undefined, name: string): Json | undefined {
  return value instanceof Object && !Array.isArray(value) && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, Json | undefined>>)[name]
    : undefined;
}

function text(value: Json | undefined, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === 'string' ? found : undefined;
}

function argumentOf(value: Json): readonly CommandLineArgument[] {
  const [key, found] = [text(value, 'key'), text(value, 'value')];
  return key === undefined || found === undefined ? [] : [{ key, value: found }];
}
