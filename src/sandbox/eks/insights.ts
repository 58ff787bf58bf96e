/** Upgrade and rollback insights of an EKS cluster, and their form in the API. */
import type { Json, JsonObject } from '../protocols/operation';

type InsightStatus = 'PASSING' | 'WARNING' | 'ERROR' | 'UNKNOWN';
type InsightCategory = 'UPGRADE_READINESS' | 'MISCONFIGURATION' | 'ROLLBACK_READINESS';

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_Insight.html */
export interface Insight {
  readonly id: string;
  readonly name: string;
  readonly category: InsightCategory;
  readonly kubernetesVersion: string;
  readonly description: string;
  readonly status: InsightStatus;
  readonly reason: string;
  readonly recommendation: string;
  readonly additionalInfo: Readonly<Record<string, string>>;
  readonly resources: readonly {
    readonly status: InsightStatus;
    readonly reason: string;
    readonly kubernetesResourceUri?: string;
    readonly arn?: string;
  }[];
  /** The `categorySpecificSummary` of the API's answer, which only some insights have. */
  readonly summary?: JsonObject;
  /** Epoch milliseconds. */
  readonly refreshedAt: number;
}

export function insightSummary(insight: Insight): JsonObject {
  return {
    id: insight.id,
    name: insight.name,
    category: insight.category,
    kubernetesVersion: insight.kubernetesVersion,
    lastRefreshTime: insight.refreshedAt / 1000,
    lastTransitionTime: insight.refreshedAt / 1000,
    description: insight.description,
    insightStatus: { status: insight.status, reason: insight.reason },
  };
}

export function insightDescription(insight: Insight): JsonObject {
  return {
    ...insightSummary(insight),
    recommendation: insight.recommendation,
    additionalInfo: insight.additionalInfo,
    resources: insight.resources.map(
      ({ status, reason, ...where }): Json => ({ insightStatus: { status, reason }, ...where }),
    ),
    categorySpecificSummary: insight.summary,
  };
}
