// Where the save benchmarks deploy to in the sandbox.

const ENVIRONMENT = 'eq7dev51r8c4n6y3v2h9s0kd';
const [CLUSTER, NAMESPACE] = ['trading-prod', 'tick'];

/**
 * @typedef {object} SaveTarget
 * @property {keyof typeof TARGETS} service
 * @property {string} bucket
 * @property {readonly string[]} saved Path of the target where saves go.
 * @property {readonly string[]} other Path of the target where the floor goes.
 * @property {Record<string, unknown>} place The first one as `slipway.json` names it.
 */

const TARGETS = {
  kdb: {
    saved: [ENVIRONMENT, 'dev-scratch'],
    other: ['eq7prod3k9m2q4x8t6z5w1ab', 'eq-analytics'],
    place: { environment: ENVIRONMENT, cluster: 'dev-scratch' },
  },
  workload: {
    saved: [CLUSTER, NAMESPACE, 'statefulset/rdb'],
    other: [CLUSTER, NAMESPACE, 'statefulset/hdb'],
    place: { kind: 'kubernetes', cluster: CLUSTER, namespace: NAMESPACE, workload: 'statefulset/rdb' },
  },
};

/** @param {keyof typeof TARGETS} service @returns {SaveTarget} */
export function targetOf(service) {
  return { service, bucket: 'acme-kdb-code-111122223333', ...TARGETS[service] };
}
