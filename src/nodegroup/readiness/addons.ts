/** The add-ons of a cluster, and whether they support its next Kubernetes version. */
import type { Addon, AddonVersion } from '../../model/eks';
import { allItems } from '../../model/page';
import { known, type OptionalRead, readOptional } from '../../plan/optional-read';
import type { Eks } from '../ports';

export interface AddonReadiness {
  readonly addon: Addon;
  /** Whether the add-on supports the next Kubernetes version; undefined if there is no such version. */
  readonly next?: OptionalRead<AddonCompatibility>;
}

/**
 * Whether an add-on has a version for the next Kubernetes version, and whether it has to be updated before or after
 * the control plane.
 */
export type AddonCompatibility =
  | { readonly kind: 'compatible' }
  /**
   * Version `bridge` works with the present and the next Kubernetes version, so the add-on is updated before
   * the control plane.
   */
  | { readonly kind: 'update-first'; readonly bridge: string }
  /**
   * No version of the add-on works with both Kubernetes versions, so the add-on is updated to `version`
   * after the control plane.
   */
  | { readonly kind: 'update-after'; readonly version: string }
  | { readonly kind: 'no-version' };

/** @param versions the add-on's versions that DescribeAddonVersions lists */
export function addonCompatibility(
  installed: string | undefined,
  versions: readonly AddonVersion[],
  current: string,
  next: string,
): AddonCompatibility {
  const worksWith = (addon: AddonVersion, kubernetes: string): boolean =>
    addon.kubernetesVersions.some(({ version }) => version === kubernetes);
  const fit = versions.filter((one) => worksWith(one, next));
  if (fit.some(({ version }) => version === installed)) return { kind: 'compatible' };
  const bridge = preferred(
    fit.filter((one) => worksWith(one, current)),
    next,
  );
  if (bridge !== undefined) return { kind: 'update-first', bridge };
  const later = preferred(fit, next);
  return later === undefined ? { kind: 'no-version' } : { kind: 'update-after', version: later };
}

/** AWS's default version for the Kubernetes version; if there is none, the highest version. */
function preferred(versions: readonly AddonVersion[], kubernetes: string): string | undefined {
  const isDefault = (one: AddonVersion): boolean =>
    one.kubernetesVersions.some(({ version, isDefault }) => version === kubernetes && isDefault);
  const highest = [...versions].sort((a, b) => compareAddonVersions(b.version, a.version))[0];
  return (versions.find(isDefault) ?? highest)?.version;
}

/** Compares the numbers in texts such as `v1.18.3-eksbuild.2`, from left to right. */
function compareAddonVersions(a: string, b: string): number {
  const numbers = (text: string): readonly number[] => (text.match(/\d+/g) ?? []).map(Number);
  const [left, right] = [numbers(a), numbers(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const order = (left[at] ?? -1) - (right[at] ?? -1);
    if (order !== 0) return order;
  }
  return 0;
}

/** @param next undefined: there is no next version */
export function readAddons(
  eks: Eks,
  cluster: { readonly name: string; readonly version: string },
  next: string | undefined,
  signal: AbortSignal,
): Promise<OptionalRead<readonly AddonReadiness[]>> {
  return readOptional(async () => {
    const found: AddonReadiness[] = [];
    for (const name of await allItems((page) => eks.listAddons(cluster.name, page, signal))) {
      const addon = await eks.describeAddon(cluster.name, name, signal);
      found.push(
        next === undefined
          ? { addon }
          : { addon, next: await readCompatibility(eks, addon, cluster.version, next, signal) },
      );
    }
    return found;
  });
}

async function readCompatibility(
  eks: Eks,
  { name, version }: Addon,
  current: string,
  next: string,
  signal: AbortSignal,
): Promise<OptionalRead<AddonCompatibility>> {
  const listed = await readOptional(() =>
    allItems((page) => eks.addonVersions({ addon: name }, page, signal)),
  );
  return listed.known ? known(addonCompatibility(version, listed.value, current, next)) : listed;
}
