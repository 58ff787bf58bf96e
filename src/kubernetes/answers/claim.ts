/**
 * Reads PersistentVolumeClaims from answers of the API server.
 * https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/persistent-volume-claim-v1/
 */
import { list, maybe, members, text } from '../../model/shape';
import type { VolumeClaim } from '../../model/workload';
import { type Metadata, metadata, type ObjectReader } from './object';

interface ClaimObject {
  readonly metadata: Metadata;
  readonly spec?: { readonly accessModes?: readonly string[] | null };
  readonly status?: { readonly accessModes?: readonly string[] | null };
}

const modes = maybe(members({ accessModes: maybe(list(text)) }));

export const claim: ObjectReader<VolumeClaim> = {
  shape: members({ metadata, spec: modes, status: modes }),
  // The access modes of the volume or, as long as there is no volume, those that the claim requests.
  read: ({ metadata: { name }, spec, status }: ClaimObject) => ({
    name,
    accessModes: status?.accessModes ?? spec?.accessModes ?? [],
  }),
};
