/** The encoder makes, from the model alone, the requests that AWS's documentation shows. */
import { describe, expect, test } from 'vitest';
import { encode } from './encoder';
import { modelOf } from './model';

describe('by the official models', () => {
  const eks = modelOf('eks');

  test('labels go into the path, the rest into the body under its wire name', () => {
    const launchTemplate = { id: 'lt-1', version: '2' };
    const input = { clusterName: 'a b', nodegroupName: 'n/1', version: '1.33', force: false, launchTemplate };
    expect(encode(eks, 'UpdateNodegroupVersion', input)).toEqual({
      method: 'POST',
      path: '/clusters/a%20b/node-groups/n%2F1/update-version',
      query: [],
      body: { version: '1.33', force: false, launchTemplate },
    });
  });

  test('lists repeat in the query, and an operation without body members has no body', () => {
    const input = { includeAll: true, maxResults: 5, clusterVersions: ['1.32', '1.33'] };
    expect(encode(eks, 'DescribeClusterVersions', input)).toEqual({
      method: 'GET',
      path: '/cluster-versions',
      query: [
        ['maxResults', '5'],
        ['includeAll', 'true'],
        ['clusterVersions', '1.32'],
        ['clusterVersions', '1.33'],
      ],
      body: undefined,
    });
  });

  test.each([
    ['no such operation', 'UpdateNodegroups', {}],
    ['no such member', 'ListClusters', { region: 'x' }],
    ['a label without a value', 'DescribeCluster', {}],
  ])('%s is refused', (_, operation, input) => {
    expect(() => encode(eks, operation, input)).toThrow();
  });
});
