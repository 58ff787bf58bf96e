/** Which parts of Slipway's convention a pod template keeps: containers that read its annotations by the downward API. */
import { present } from '../../model/present';
import { list, maybe, members, record, text, word } from '../../model/shape';
import { ANNOTATION, type Convention, type SnippetScript, type SnippetStep } from '../../model/workload';

/** The members of a container that are read. */
interface Container {
  readonly name: string;
  readonly image?: string | null;
  readonly command?: readonly string[] | null;
  readonly env?:
    | readonly { readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } | null } | null }[]
    | null;
}

/** The members of a pod template, or of a pod, that are read. */
export interface Template {
  readonly metadata?: {
    readonly labels?: Readonly<Record<string, string>> | null;
    readonly annotations?: Readonly<Record<string, string>> | null;
  } | null;
  readonly spec?: PodSpec | null;
}

interface PodSpec {
  readonly containers?: readonly Container[] | null;
  readonly initContainers?: readonly Container[] | null;
  readonly volumes?:
    | readonly { readonly persistentVolumeClaim?: { readonly claimName?: string } | null }[]
    | null;
}

const containers = maybe(
  list(
    members({
      name: word,
      image: maybe(text),
      command: maybe(list(text)),
      env: maybe(
        list(members({ valueFrom: maybe(members({ fieldRef: maybe(members({ fieldPath: text })) })) })),
      ),
    }),
  ),
);

export const podSpecShape = members({
  containers,
  initContainers: containers,
  volumes: maybe(list(members({ persistentVolumeClaim: maybe(members({ claimName: maybe(text) })) }))),
});

export const templateShape = members({
  metadata: maybe(members({ labels: maybe(record(text)), annotations: maybe(record(text)) })),
  spec: maybe(podSpecShape),
});

/** https://istio.io/latest/docs/setup/additional-setup/cni/ */
const ISTIO_CNI = 'istio-validation';

export function conventionOf({ spec }: Template): Convention {
  const init = spec?.initContainers ?? [];
  const main = spec?.containers ?? [];
  const fetch = fetcherIn(spec);
  const steps = [...init, ...main].flatMap(stepOf);
  return {
    readsScript: main.some((one) => reads(one, ANNOTATION.script)),
    readsArguments: main.some((one) => reads(one, ANNOTATION.arguments)),
    ...present({ fetch, steps: steps.length > 0 ? steps : undefined }),
    istio: init.some(({ name }) => name === ISTIO_CNI),
  };
}

/** Name of the init container that fetches the code. */
export function fetcherIn(spec: PodSpec | null | undefined): string | undefined {
  return (spec?.initContainers ?? []).find((one) => reads(one, ANNOTATION.uri))?.name;
}

/** @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/ */
function reads({ env }: Container, annotation: string): boolean {
  const path = `metadata.annotations['${annotation}']`;
  return (env ?? []).some(({ valueFrom }) => valueFrom?.fieldRef?.fieldPath === path);
}

/** The script of the snippet that the container's command runs, if it runs one; the command's other words do not matter. */
function stepOf({ name, image, command }: Container): readonly SnippetStep[] {
  const script = SCRIPTS.find((one) => command?.[1] === `/opt/slipway/${one}.sh`);
  return script === undefined ? [] : [{ script, container: name, image: image ?? '' }];
}

const SCRIPTS: readonly SnippetScript[] = ['fetch', 'unpack', 'start'];
