/** Commands of kubectl that are shown to be copied. Each names its cluster, whatever context is the current one. */
import { shellWord } from './shell-word';

/** @param clusterArn which is what `aws eks update-kubeconfig` calls the context */
export function kubectl(clusterArn: string, ...words: readonly string[]): string {
  return ['kubectl', '--context', clusterArn, ...words].map(shellWord).join(' ');
}
