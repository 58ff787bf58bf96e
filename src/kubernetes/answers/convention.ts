/**
 * Finds out which parts of Slipway's convention a pod template follows. By this convention, containers read
 * Slipway's annotations through the downward API.
 */
import { present } from '../../model/present';
import { flag, list, maybe, members, record, text, word } from '../../model/shape';
import { ANNOTATION, type Convention, type SnippetScript, type SnippetStep } from '../../model/workload';

/** The members of a container that are read. */
interface Container {
  readonly name: string;
  readonly image?: string | null;
  readonly command?: readonly string[] | null;
  readonly env?:
    | readonly {
        readonly name: string;
        readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } | null } | null;
      }[]
    | null;
  readonly envFrom?: readonly object[] | null;
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
  readonly hostNetwork?: boolean | null;
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
        list(
          members({
            name: word,
            valueFrom: maybe(members({ fieldRef: maybe(members({ fieldPath: text })) })),
          }),
        ),
      ),
      envFrom: maybe(list(members({}))),
    }),
  ),
);

export const podSpecShape = members({
  hostNetwork: maybe(flag),
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
  return containerThatFetches(spec)?.name;
}

/**
 * Names of the variables that give a container credentials: from a service account's role (IRSA), from EKS
 * Pod Identity, or as keys. If EKS gives a pod a role, it adds the first variable (IRSA) or the second one
 * (Pod Identity) to each of the pod's containers.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
const CREDENTIALS: ReadonlySet<string> = new Set([
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_ACCESS_KEY_ID',
  'AWS_SHARED_CREDENTIALS_FILE',
]);

/**
 * The credentials that the code-fetching container of this pod can use. `node`: only those of the node's
 * metadata service, which is one network hop further away for a pod than for the node. `own`: the container
 * has, or may have, other credentials, or it reaches the metadata service without the further hop. Undefined
 * where no container fetches code.
 */
export function credentialsIn(spec: PodSpec | null | undefined): 'own' | 'node' | undefined {
  const fetcher = containerThatFetches(spec);
  if (fetcher === undefined) return undefined;
  const { env, envFrom } = fetcher;
  // A ConfigMap or Secret, which cannot be read here, may set variables that contain keys. A pod in the node's
  // network reaches the metadata service without a further hop.
  if ((envFrom ?? []).length > 0 || spec?.hostNetwork === true) return 'own';
  return (env ?? []).some(({ name }) => CREDENTIALS.has(name)) ? 'own' : 'node';
}

function containerThatFetches(spec: PodSpec | null | undefined): Container | undefined {
  return (spec?.initContainers ?? []).find((one) => reads(one, ANNOTATION.uri));
}

/** @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/ */
function reads({ env }: Container, annotation: string): boolean {
  const path = `metadata.annotations['${annotation}']`;
  return (env ?? []).some(({ valueFrom }) => valueFrom?.fieldRef?.fieldPath === path);
}

/**
 * One step if the second word of the container's command is a script of Slipway's snippet, else none. The
 * other words of the command do not matter.
 */
function stepOf({ name, image, command }: Container): readonly SnippetStep[] {
  const script = SCRIPTS.find((one) => command?.[1] === `/opt/slipway/${one}.sh`);
  return script === undefined ? [] : [{ script, container: name, image: image ?? '' }];
}

const SCRIPTS: readonly SnippetScript[] = ['fetch', 'unpack', 'start'];
