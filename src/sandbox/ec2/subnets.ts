/** Subnets of the sandbox's EC2, with the number of their free addresses. */

export interface Subnet {
  readonly region: string;
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  readonly availabilityZone: string;
  readonly availabilityZoneId: string;
  readonly cidrBlock: string;
  readonly freeAddresses: number;
}

export class Subnets {
  private readonly all: Subnet[] = [];

  add(subnet: Subnet): void {
    this.all.push(subnet);
  }

  list(region: string): readonly Subnet[] {
    return this.all.filter((subnet) => subnet.region === region);
  }

  /** The subnets with these ids; ids that do not exist are left out. */
  find(region: string, ids: readonly string[]): readonly Subnet[] {
    return this.list(region).filter(({ id }) => ids.includes(id));
  }
}
