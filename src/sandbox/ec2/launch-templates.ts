/** Launch templates of the sandbox's EC2, from which EKS node groups are made. */

export interface LaunchTemplateVersion {
  readonly number: number;
  readonly description: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly instanceType: string;
  /** A custom AMI; absent when EKS chooses the AMI. */
  readonly imageId?: string;
}

export interface LaunchTemplate {
  readonly region: string;
  readonly id: string;
  readonly name: string;
  readonly defaultVersion: number;
  /** In order of number, never empty. */
  readonly versions: readonly LaunchTemplateVersion[];
  readonly tags: Readonly<Record<string, string>>;
}

export class LaunchTemplates {
  private readonly all: LaunchTemplate[] = [];

  add(template: LaunchTemplate): void {
    this.all.push(template);
  }

  list(region: string): readonly LaunchTemplate[] {
    return this.all.filter((template) => template.region === region);
  }

  byId(region: string, id: string): LaunchTemplate | undefined {
    return this.list(region).find((template) => template.id === id);
  }

  byName(region: string, name: string): LaunchTemplate | undefined {
    return this.list(region).find((template) => template.name === name);
  }
}

/** @param version a number, `$Default` or `$Latest`; the default version when absent. */
export function versionOf(
  { versions, defaultVersion }: LaunchTemplate,
  version = '$Default',
): LaunchTemplateVersion | undefined {
  if (version === '$Latest') return versions.at(-1);
  const wanted = version === '$Default' ? String(defaultVersion) : version;
  return versions.find(({ number }) => String(number) === wanted);
}
