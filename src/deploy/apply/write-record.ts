/** Puts the record of a deployment beside its zip. */

import { isNotImplemented, isReason } from '../../model/failure';
import { present } from '../../model/present';
import type { ConfigurationWithCode } from '../configuration';
import { recordKey } from '../naming';
import { formatRecord, RECORD_TYPE } from '../record';
import { retrying } from '../upload/retrying';
import { type ApplyRun, untilMayWrite } from './context';

/**
 * Writes the record. `configuration`: the target's configuration after the update, with the version that S3 gave
 * the zip.
 * @throws refused `account-changed`, and failures of S3.
 */
export async function writeRecord(run: ApplyRun, configuration: ConfigurationWithCode): Promise<void> {
  const { ports, target, plan, journal, clock, signal, report, note } = run;
  const { bucket, prefix, subject, source, current, strategy, author, git, origin, rollsBack } = plan;
  const { records } = target.kind;
  report({ step: 'recording' });
  await untilMayWrite(run);
  const [at, operationId] = [clock.now(), journal.id];
  const key = recordKey(prefix, records.folders(subject.path), { at, operationId });
  note('recording', { bucket, key });
  const record = {
    operationId,
    at,
    region: subject.region,
    accountId: subject.accountId,
    path: subject.path,
    configuration,
    before: current.configuration,
    strategy,
    author: author.arn,
    ...(source.kind === 'folder' && { digest: source.digest }),
    ...present({ git, origin, rollsBack }),
  };
  const body = Buffer.from(formatRecord(record, target.kind));
  const put = (onlyIfAbsent: boolean) =>
    retrying(clock, signal, () =>
      ports.objects.put({ bucket, key, body, contentType: RECORD_TYPE, onlyIfAbsent }, signal),
    );
  try {
    await put(true);
  } catch (error) {
    // A failed precondition means that the record exists: only this operation uses the key, so an earlier try
    // has put the record there, and the answer was lost.
    if (isNotImplemented(error)) await put(false);
    else if (!isReason(error, 'precondition')) throw error;
  }
  note('recorded', { bucket, key });
}
