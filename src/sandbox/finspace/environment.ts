/** A kdb environment in the sandbox, and its form in the API. */
import type { JsonObject } from '../protocols/operation';
import type { KdbCluster } from './cluster';

/** https://docs.aws.amazon.com/finspace/latest/management-api/API_KxEnvironment.html */
export type EnvironmentStatus =
  | 'CREATE_REQUESTED'
  | 'CREATING'
  | 'CREATED'
  | 'DELETE_REQUESTED'
  | 'DELETING'
  | 'DELETED'
  | 'FAILED_CREATION'
  | 'RETRY_DELETION'
  | 'FAILED_DELETION'
  | 'UPDATE_NETWORK_REQUESTED'
  | 'UPDATING_NETWORK'
  | 'FAILED_UPDATING_NETWORK'
  | 'SUSPENDED';

export interface KdbEnvironment {
  readonly region: string;
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly status: EnvironmentStatus;
  readonly errorMessage?: string;
  readonly kmsKeyId: string;
  readonly availabilityZoneIds: readonly string[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly clusters: Map<string, KdbCluster>;
}

/** All kdb environments of all regions. */
export class KdbEnvironments {
  private readonly all: KdbEnvironment[] = [];

  add(environment: KdbEnvironment): void {
    this.all.push(environment);
  }

  list(region: string): readonly KdbEnvironment[] {
    return this.all.filter((environment) => environment.region === region);
  }

  find(region: string, id: string): KdbEnvironment | undefined {
    return this.list(region).find((environment) => environment.id === id);
  }

  clusters(): readonly { readonly environment: KdbEnvironment; readonly cluster: KdbCluster }[] {
    return this.all.flatMap((environment) =>
      [...environment.clusters.values()].map((cluster) => ({ environment, cluster })),
    );
  }
}

export function shownEnvironment(environment: KdbEnvironment, accountId: string): JsonObject {
  const { region, id, createdAt } = environment;
  return {
    name: environment.name,
    environmentId: id,
    awsAccountId: accountId,
    status: environment.status,
    tgwStatus: 'NONE',
    dnsStatus: 'NONE',
    errorMessage: environment.errorMessage,
    description: environment.description,
    environmentArn: `arn:aws:finspace:${region}:${accountId}:environment/${id}`,
    kmsKeyId: environment.kmsKeyId,
    dedicatedServiceAccountId: '444455556666',
    creationTimestamp: createdAt / 1000,
    updateTimestamp: createdAt / 1000,
    availabilityZoneIds: environment.availabilityZoneIds,
  };
}
