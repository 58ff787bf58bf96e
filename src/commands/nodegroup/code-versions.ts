/** Whether the code that pods name is still in S3. */
import type { ObjectStore } from '../../deploy/ports';
import type { CodeVersions } from '../../drain/ports';
import { isReason } from '../../model/failure';

/** Code whose address is not in S3 is not checked, and never called missing. */
export function codeVersionsIn(objects: Pick<ObjectStore, 'head'>): CodeVersions {
  return {
    exists: async (uri, version, signal) => {
      const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(uri) ?? [];
      if (bucket === undefined || key === undefined) return true;
      try {
        const at = { bucket, key, ...(version !== undefined && { versionId: version }) };
        return (await objects.head(at, signal)) !== undefined;
      } catch (thrown) {
        if (isReason(thrown, 'not-found')) return false;
        throw thrown;
      }
    },
  };
}
