/** A deployment's requests to S3, as a plan shows them: in the spelling of AWS's models. */

import type { CodeLocation } from '../../model/code';
import type { PlannedRequest } from '../port/deploy-target';

/** Content type of a code zip. */
export const ZIP_TYPE = 'application/zip';

/** The put of the zip, shown as one request even if the zip is so large that it is sent in parts. */
export function zipRequest(at: CodeLocation, onlyIfAbsent: boolean): PlannedRequest {
  return {
    service: 's3',
    operation: 'PutObject',
    input: {
      Bucket: at.bucket,
      Key: at.key,
      ContentType: ZIP_TYPE,
      ...(onlyIfAbsent && { IfNoneMatch: '*' }),
    },
    later: ['Body'],
  };
}

/** The put of the record. The end of `Key` is known only when the deployment begins. */
export function recordRequest(bucket: string, folder: string): PlannedRequest {
  return {
    service: 's3',
    operation: 'PutObject',
    input: { Bucket: bucket, Key: `${folder}*.json`, ContentType: 'application/json', IfNoneMatch: '*' },
    later: ['Key', 'Body'],
  };
}
