/** The lines that a kdb cluster writes to its log group while it starts with new code. */
import type { CodeConfiguration } from './shapes';

/** https://docs.aws.amazon.com/finspace/latest/userguide/kdb-cluster-logging-monitoring.html */
export function logGroupOf(environmentId: string, clusterName: string): string {
  return `/aws/vendedlogs/finspace/${environmentId}/${clusterName}`;
}

const CODE_FOLDER = '/opt/kx/app/code';

/** @param failure why q does not start; undefined if it starts. */
export function startUpLines(
  configuration: CodeConfiguration,
  failure: string | undefined,
): readonly string[] {
  const { code, initializationScript, commandLineArguments = [] } = configuration;
  const words = commandLineArguments.map(({ key = '', value = '' }) => `-${key} ${value}`).join(' ');
  return [
    `INFO Fetching code s3://${code?.s3Bucket}/${code?.s3Key}`,
    `INFO Starting q ${words}`.trimEnd(),
    'KDB+ 4.0 2023.08.11 Copyright (C) 1993-2023 Kx Systems',
    'l64/ 8(16)core 63462MB finspace',
    ...(initializationScript ? [`INFO Loading ${CODE_FOLDER}/${initializationScript}`] : []),
    failure === undefined ? 'INFO q process is ready' : `ERROR ${failure}`,
  ];
}
