/**
 * Deployments to kdb clusters, as a kind of target: clusters of Amazon FinSpace, or of a service with the
 * same API.
 */
import { awsCli } from '../../operations/cli';
import type { TargetKind } from '../port/target-kind';
import type { ConfigurationRules } from '../rules/configuration-rules';
import { argumentKeyBreach, argumentValueBreach, manyArguments } from './argument-rules';
import {
  bucketBreach,
  clusterNameBreach,
  environmentIdBreach,
  initializationScriptBreach,
  keyBreach,
  prefixBreach,
  versionIdBreach,
} from './name-rules';
import { clusterArn, namesIn, recordFormat } from './place';
import { configurationOf, parseUpdateInput } from './requests';
import { finspaceStrategies } from './strategies';

export const finspaceRules: ConfigurationRules = {
  bucket: bucketBreach,
  key: keyBreach,
  versionId: versionIdBreach,
  prefix: prefixBreach,
  initializationScript: initializationScriptBreach,
  argumentKey: argumentKeyBreach,
  argumentValue: argumentValueBreach,
  manyArguments,
};

export const finspaceKind: TargetKind = {
  id: 'finspace',
  operationKind: 'code',
  service: 'finspace',
  strategies: finspaceStrategies,
  rules: finspaceRules,
  members: {
    description: 'an Amazon FinSpace kdb cluster',
    properties: {
      environment: { description: 'Id of the kdb environment.', type: 'string' },
      cluster: { description: 'Name of the kdb cluster.', type: 'string' },
    },
    breachOf: (name, value) =>
      name === 'environment' ? environmentIdBreach(value) : clusterNameBreach(value),
  },
  records: recordFormat,
  /**
   * The folder of the code, and that of its writable copy on general-purpose clusters.
   * @see https://docs.aws.amazon.com/finspace/latest/userguide/interacting-with-kdb-loading-code.html
   */
  codeFolders: ['/opt/kx/app/code/', '/opt/kx/app/code_scratch/'],
  parseRequest: (input) => {
    const request = parseUpdateInput(input);
    return request && { configuration: configurationOf(request), strategy: request.strategy };
  },
  command: awsCli,
  arnOf: (owner, path) => clusterArn(owner, namesIn(path)),
  /** @see https://docs.aws.amazon.com/finspace/latest/userguide/kdb-cluster-logging-monitoring.html */
  logGroup: (path) => `/aws/vendedlogs/finspace/${path.join('/')}`,
};
