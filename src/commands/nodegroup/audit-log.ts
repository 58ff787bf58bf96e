/** The audit log of a cluster's Kubernetes API, in CloudWatch Logs. */
import type { AwsPorts } from '../../aws/contract';
import { REFUSED_EVICTIONS } from '../../drain/refused-evictions';
import type { AuditLog } from '../../nodegroup/ports';

/**
 * The largest number of pages that one read requests. A few pages are enough: an eviction that blocks a drain
 * is refused only a few times a minute.
 */
const MOST_PAGES = 5;

export function auditLogIn({ eks, logs }: Pick<AwsPorts, 'eks' | 'logs'>): AuditLog {
  return {
    refusedEvictions: async (cluster, from, signal) => {
      const { logging = [] } = await eks.describeCluster(cluster, signal);
      if (!logging.includes('audit')) return undefined;
      const lines: string[] = [];
      let next: string | undefined;
      for (let pages = 0; pages < MOST_PAGES; pages += 1) {
        const narrowed = { streams: 'kube-apiserver-audit-', terms: REFUSED_EVICTIONS };
        const page = await logs.events(`/aws/eks/${cluster}/cluster`, from, next, signal, narrowed);
        lines.push(...page.items.map(({ message }) => message));
        next = page.next;
        if (next === undefined) break;
      }
      return lines;
    },
  };
}
