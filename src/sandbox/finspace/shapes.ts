/** Input shapes of FinSpace's operations: https://docs.aws.amazon.com/finspace/latest/management-api/ */
import { list, oneOf, structure, text, textInteger, type Value } from '../shapes';

export const CLUSTER_TYPES = ['HDB', 'RDB', 'GATEWAY', 'GP', 'TICKERPLANT'] as const;
export type ClusterType = (typeof CLUSTER_TYPES)[number];

const environmentId = text({ min: 1, max: 32, pattern: '^[a-z0-9]+$' });
export const clusterName = text({ min: 3, max: 63, pattern: '^[a-zA-Z0-9][a-zA-Z0-9-_]*[a-zA-Z0-9]$' });
const nextToken = text({ min: 1, max: 1000 });
const maxResults = textInteger({ min: 0, max: 100 });

export const listEnvironments = structure({ nextToken, maxResults: textInteger() });

export const getEnvironment = structure(
  { environmentId: text({ min: 1, max: 26, pattern: '^[a-zA-Z0-9]{1,26}$' }) },
  ['environmentId'],
);

export const listClusters = structure(
  { environmentId, clusterType: oneOf(...CLUSTER_TYPES), maxResults, nextToken },
  ['environmentId'],
);

export const getCluster = structure({ environmentId, clusterName }, ['environmentId', 'clusterName']);

export const listNodes = structure({ environmentId, clusterName, maxResults, nextToken }, [
  'environmentId',
  'clusterName',
]);

const code = structure({
  s3Bucket: text({ min: 3, max: 255, pattern: '^[a-z0-9][a-z0-9\\.\\-]*[a-z0-9]$' }),
  s3Key: text({ min: 1, max: 1024, pattern: "^[a-zA-Z0-9\\/\\!\\-_\\.\\*'\\(\\)]+$" }),
  s3ObjectVersion: text({ min: 1, max: 1000 }),
});

const commandLineArgument = structure({
  key: text({
    min: 1,
    max: 1024,
    pattern: '^(?![Aa][Ww][Ss])(s|([a-zA-Z][a-zA-Z0-9_]+))|(AWS_ZIP_DEFAULT)',
  }),
  value: text({ min: 1, max: 1024, pattern: '^[a-zA-Z0-9_:./,; ]+$' }),
});

/**
 * Everything that a code update sets. An absent member is removed from the cluster, except by an update with
 * NO_RESTART, which changes only the code.
 */
const configuration = {
  code,
  initializationScript: text({ min: 1, max: 255, pattern: '^[a-zA-Z0-9\\_\\-\\.\\/\\\\]+$' }),
  commandLineArguments: list(commandLineArgument),
};

export const codeConfiguration = structure(configuration);
export type CodeConfiguration = Value<typeof codeConfiguration>;

export const updateCode = structure(
  {
    environmentId,
    clusterName,
    clientToken: text({ min: 1, max: 64, pattern: '^[a-zA-Z0-9-]+$' }),
    ...configuration,
    deploymentConfiguration: structure({ deploymentStrategy: oneOf('NO_RESTART', 'ROLLING', 'FORCE') }, [
      'deploymentStrategy',
    ]),
  },
  ['environmentId', 'clusterName', 'code'],
);
export type UpdateCode = Value<typeof updateCode>;
