/** Deployments and StatefulSets, as far as code is put on them. */
import type { Workload } from '../../model/kubernetes';
import { count, maybe, members, record, text, word } from '../../model/shape';
import { type Metadata, metadata, type ObjectReader, objectOf } from './object';

interface WorkloadObject {
  readonly metadata: Metadata & {
    readonly namespace: string;
    readonly resourceVersion: string;
    readonly generation: number;
  };
  readonly spec: {
    readonly template: {
      readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> | null } | null;
    };
  };
}

const OURS = 'slipway.dev/';

export const workloads: ObjectReader<Workload> = {
  shape: members({
    metadata: (value, path) =>
      metadata(value, path) ??
      members({ namespace: word, resourceVersion: word, generation: count })(value, path),
    spec: members({
      template: members({ metadata: maybe(members({ annotations: maybe(record(text)) })) }),
    }),
  }),
  read: ({ metadata: about, spec }: WorkloadObject) => ({
    ...objectOf(about),
    namespace: about.namespace,
    resourceVersion: about.resourceVersion,
    generation: about.generation,
    annotations: Object.fromEntries(
      Object.entries(spec.template.metadata?.annotations ?? {}).filter(([name]) => name.startsWith(OURS)),
    ),
  }),
};
