/** Fills an empty world with the sample shop: most of it in the sandbox's own region, a little in another. */
import type { World } from '../world';
import { seedBuckets } from './buckets';
import { seedEks } from './eks';
import { seedKdb } from './kdb';

export function seed(world: World): void {
  const elsewhere = world.region === 'eu-west-1' ? 'us-east-1' : 'eu-west-1';
  seedKdb(world, seedBuckets(world.objects, world.region, elsewhere), elsewhere);
  seedEks(world, elsewhere);
}
