/** The snippet that lets one workload take its code from a zip in S3. */
import { shellWord } from '../../../model/shell-command';
import { rightsCommands } from './iam';
import { snippetObjects } from './objects';
import type { SnippetParameters } from './parameters';
import { yamlOf } from './yaml';

export interface WorkloadSnippet {
  readonly parameters: SnippetParameters;
  /**
   * YAML document of the ConfigMap with the scripts. It is applied first, then the service account, then the
   * workload.
   */
  readonly scripts: string;
  readonly serviceAccount: string;
  readonly workload: string;
  /** Name of the file that {@link WorkloadSnippet.applyCommand} reads. */
  readonly file: string;
  /** The kubectl command that applies the file. It changes only the fields that the documents contain. */
  readonly applyCommand: string;
  /** Commands of the AWS CLI that give the pods their rights. */
  readonly rightsCommands: readonly string[];
}

export function workloadSnippet(parameters: SnippetParameters): WorkloadSnippet {
  const [scripts, serviceAccount, workload] = snippetObjects(parameters);
  const { clusterArn, workload: name } = parameters;
  const file = `${name}-slipway.yaml`;
  const options = '--server-side --force-conflicts --field-manager=slipway-snippet';
  return {
    parameters,
    file,
    applyCommand: `kubectl --context ${shellWord(clusterArn)} apply ${options} -f ${shellWord(file)}`,
    scripts: yamlOf(scripts),
    serviceAccount: yamlOf(serviceAccount),
    workload: yamlOf(workload),
    rightsCommands: rightsCommands(parameters),
  };
}
