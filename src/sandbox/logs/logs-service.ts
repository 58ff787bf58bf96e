/** Amazon CloudWatch Logs, limited to Slipway's requests: reads the lines that clusters wrote. */
import { Json11Service } from '../protocols/json11';
import { operation } from '../protocols/operation';
import { pageOf } from '../protocols/pages';
import { Refusal } from '../protocols/refusal';
import type { SandboxService } from '../sandbox-service';
import type { SandboxSettings } from '../settings';
import { boolean, integer, list, oneOf, structure, text } from '../shapes';
import type { Timeline } from '../timeline';
import type { LogEvent, LogStore } from './log-store';

export interface LogsParts {
  readonly accountId: string;
  readonly settings: SandboxSettings;
  readonly timeline: Timeline;
  readonly logs: LogStore;
}

const logGroupName = text({ min: 1, max: 512, pattern: '[\\.\\-_/#A-Za-z0-9]+' });
const streamName = text({ min: 1, max: 512, pattern: '[^:*]*' });

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html */
const describeLogStreams = structure({
  logGroupName,
  logStreamNamePrefix: streamName,
  orderBy: oneOf('LogStreamName', 'LastEventTime'),
  descending: boolean,
  nextToken: text({ min: 1 }),
  limit: integer({ min: 1, max: 50 }),
});

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
const filterLogEvents = structure({
  logGroupName,
  logStreamNames: list(streamName, { min: 1, max: 100 }),
  logStreamNamePrefix: streamName,
  startTime: integer({ min: 0 }),
  endTime: integer({ min: 0 }),
  filterPattern: text({ max: 1024 }),
  nextToken: text({ min: 1 }),
  limit: integer({ min: 1, max: 10_000 }),
});

export function logsService(parts: LogsParts): SandboxService {
  const { accountId, settings, timeline, logs } = parts;
  const operations = [
    operation('DescribeLogStreams', describeLogStreams, (input, { region }) => {
      const { logGroupName: group, events } = eventsOf(logs, region, input.logGroupName);
      const prefix = input.logStreamNamePrefix ?? '';
      if (prefix && input.orderBy === 'LastEventTime')
        throw invalid('Cannot order by LastEventTime with a logStreamNamePrefix.');
      const names = [...new Set(events.map(({ stream }) => stream))].filter((one) => one.startsWith(prefix));
      const streams = names.map((name) => streamOf(name, events)).sort(order(input.orderBy));
      if (input.descending) streams.reverse();
      const page = paged(settings, `streams ${group} ${prefix}`, streams, input);
      return {
        logStreams: page.items.map(({ name, first, last }) => ({
          logStreamName: name,
          creationTime: first,
          firstEventTimestamp: first,
          lastEventTimestamp: last,
          lastIngestionTime: last,
          arn: `arn:aws:logs:${region}:${accountId}:log-group:${group}:log-stream:${name}`,
        })),
        nextToken: page.nextToken,
      };
    }),
    operation('FilterLogEvents', filterLogEvents, (input, { region }) => {
      const { logGroupName: group, events } = eventsOf(logs, region, input.logGroupName);
      const found = events.filter(
        ({ stream, timestamp, message }) =>
          (input.logStreamNames?.includes(stream) ?? true) &&
          stream.startsWith(input.logStreamNamePrefix ?? '') &&
          timestamp >= (input.startTime ?? 0) &&
          timestamp <= (input.endTime ?? Number.POSITIVE_INFINITY) &&
          matches(input.filterPattern, message),
      );
      const page = paged(settings, `events ${group} ${input.filterPattern ?? ''}`, found, input);
      return {
        events: page.items.map(({ stream, timestamp, message, eventId }) => ({
          logStreamName: stream,
          timestamp,
          message,
          ingestionTime: timestamp,
          eventId,
        })),
        searchedLogStreams: [],
        nextToken: page.nextToken,
      };
    }),
  ];
  return new Json11Service('logs', 'Logs_20140328', operations, 'InvalidParameterException', () =>
    timeline.settle(),
  );
}

function eventsOf(logs: LogStore, region: string, logGroupName: string | undefined) {
  if (logGroupName === undefined) throw invalid('Specify a log group.');
  const events = logs.events(region, logGroupName);
  if (!events) throw new Refusal(400, 'ResourceNotFoundException', 'The specified log group does not exist.');
  return { logGroupName, events };
}

interface Stream {
  readonly name: string;
  readonly first: number;
  readonly last: number;
}

function streamOf(name: string, events: readonly LogEvent[]): Stream {
  const times = events.filter(({ stream }) => stream === name).map(({ timestamp }) => timestamp);
  return { name, first: Math.min(...times), last: Math.max(...times) };
}

function order(by: 'LogStreamName' | 'LastEventTime' = 'LogStreamName') {
  return (a: Stream, b: Stream): number =>
    by === 'LastEventTime' ? a.last - b.last : a.name < b.name ? -1 : 1;
}

/**
 * True if the message contains all terms of the filter pattern.
 * @throws a {@link Refusal} if a term is not plain text, with or without quotes.
 */
function matches(pattern = '', message: string): boolean {
  const terms = pattern.match(/"[^"]*"|[^\s"]+/g) ?? [];
  if (terms.some((term) => /^[?{[%-]/.test(term)))
    throw invalid('The sandbox plays filter patterns of plain terms only.');
  return terms.every((term) => message.includes(term.replaceAll('"', '')));
}

function paged<T>(
  settings: SandboxSettings,
  name: string,
  all: readonly T[],
  { limit: maxResults, nextToken }: { readonly limit?: number; readonly nextToken?: string },
) {
  const page = pageOf(all, { list: name, maxResults, nextToken, ceiling: settings.current.pageSize });
  if (!page) throw invalid('The specified nextToken is invalid.');
  return page;
}

const invalid = (message: string): Refusal => new Refusal(400, 'InvalidParameterException', message);
