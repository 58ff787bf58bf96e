/** The sample shop's networks: one VPC in each region, with large subnets and two that are nearly full. */
import type { Subnets } from '../ec2/subnets';

export interface SeededNetwork {
  readonly vpcId: string;
  /** Ids of subnets with thousands of free addresses, one in each zone. */
  readonly wide: readonly string[];
  /** Ids of subnets with one or two free addresses. */
  readonly tight: readonly string[];
}

const TIGHT_FROM = 3;
const ROWS = [
  { zone: 'a', id: 'subnet-0c41de97b8a52f36', cidrBlock: '10.20.0.0/19', freeAddresses: 7904 },
  { zone: 'b', id: 'subnet-07b93f16ea40d82c', cidrBlock: '10.20.32.0/19', freeAddresses: 7431 },
  { zone: 'c', id: 'subnet-0e58a2c46f1b97d0', cidrBlock: '10.20.64.0/19', freeAddresses: 8012 },
  { zone: 'a', id: 'subnet-03fd6b80c5e7194a', cidrBlock: '10.20.96.0/28', freeAddresses: 2 },
  { zone: 'b', id: 'subnet-0a9274e1db3c685f', cidrBlock: '10.20.96.16/28', freeAddresses: 1 },
] as const;

/**
 * @param digit one hexadecimal digit, in which the ids of this region differ from those of the other
 * region
 */
export function seedNetwork(subnets: Subnets, region: string, digit: string): SeededNetwork {
  const vpcId = `vpc-0f3a9c21d47be580${digit}`;
  const ids = ROWS.map(({ zone, id, ...row }, index) => {
    const subnet = {
      ...row,
      region,
      id: `${id}${digit}`,
      name: `${index < TIGHT_FROM ? 'nodes' : 'legacy'}-${zone}`,
      vpcId,
      availabilityZone: `${region}${zone}`,
      availabilityZoneId: zoneId(region, 'abc'.indexOf(zone) + 1),
    };
    subnets.add(subnet);
    return subnet.id;
  });
  return { vpcId, wide: ids.slice(0, TIGHT_FROM), tight: ids.slice(TIGHT_FROM) };
}

/** The id of a zone: `use1-az4` for zone 4 of `us-east-1`. */
export function zoneId(region: string, zone: number): string {
  const [area = '', direction = '', number = ''] = region.split('-');
  const short = direction.replace(/^(north|south)(east|west)$/, '$1-$2').split('-');
  return `${area}${short.map((word) => word[0]).join('')}${number}-az${zone}`;
}
