/** Amazon CloudWatch Logs. */
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Logs } from '../deploy/ports';
import type { Adapter } from './adapter';
import { sends } from './caller';
import { type ClientSettings, clientConfig } from './client-config';
import { pageOf } from './sdk-answers';

export function openLogs(settings: ClientSettings): Adapter<Logs> {
  const client = new CloudWatchLogsClient(clientConfig(settings));
  return {
    close: () => client.destroy(),
    port: (call) => ({
      async events(logGroupName, startTime, nextToken, signal, narrowed) {
        const command = new FilterLogEventsCommand({
          logGroupName,
          startTime,
          nextToken,
          ...(narrowed && { logStreamNamePrefix: narrowed.streams, filterPattern: narrowed.terms }),
        });
        const output = await call.request('FilterLogEvents', logGroupName, signal, sends(client, command));
        const events = output.events?.map(({ timestamp = startTime, logStreamName = '', message = '' }) => ({
          at: timestamp,
          stream: logStreamName,
          message,
        }));
        return pageOf(events, output.nextToken);
      },
    }),
  };
}
