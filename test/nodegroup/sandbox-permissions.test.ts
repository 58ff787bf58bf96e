/** Each optional permission denied in turn: the plan and the readiness document stand, and name what is missing. */
import { describe, expect, it } from 'vitest';
import { AttentionSource } from '../../src/nodegroup/attention/attention-source';
import { choiceFor, templateOptions } from '../../src/nodegroup/choice/options';
import { missingActions, planUpdate } from '../../src/nodegroup/plan/plan';
import { readReadiness } from '../../src/nodegroup/readiness/readiness';
import { readCluster, readSituation } from '../../src/nodegroup/reading/situation';
import { decisionOf } from '../../src/plan/verdict';
import { checkWords, readinessMarkdown } from '../../src/view/messages/nodegroup';
import { openInSandbox } from '../aws/open-aws';
import { judgedSandbox } from '../sandbox/judged-sandbox';
import { VirtualClock } from '../virtual-clock';
import { forever } from './operations';

const judged = judgedSandbox();

/** Codes by which services deny. */
const CODES = { eks: 'AccessDeniedException', ssm: 'AccessDeniedException', ec2: 'UnauthorizedOperation' };

async function denying(action: string) {
  const { sandbox } = judged();
  const [service = '', operation = ''] = action.split(':');
  await sandbox.control.fault({
    kind: 'error',
    service,
    operation,
    status: 403,
    code: CODES[service as keyof typeof CODES],
    message: `User: arn:aws:iam::111122223333:user/ada is not authorized to perform: ${action}`,
  });
  const { session, close } = await openInSandbox(sandbox);
  const clock = new VirtualClock(Date.now());
  const ports = session.following;
  return { ports, looks: new AttentionSource(ports, clock), clock, close };
}

describe('plans', () => {
  it.each([
    'eks:ListInsights',
    'eks:DescribeClusterVersions',
    'ssm:GetParameter',
    'ec2:DescribeSubnets',
    'ec2:DescribeLaunchTemplateVersions',
  ] as const)('work without %s', async (action) => {
    const { ports, looks, clock, close } = await denying(action);
    const shared = await readCluster(ports, 'market-data', forever);
    const situation = await readSituation(looks, shared, 'hardened', forever);
    expect(templateOptions(situation)?.current).toBe(1);
    const choice = choiceFor(situation, 'control-plane-version', false);
    const planned = choice && planUpdate(situation, choice, clock.now());
    if (!planned?.valid) throw new Error(JSON.stringify(planned));
    const { checks } = planned.plan;
    expect(missingActions(checks)).toEqual([action]);
    const unknown = checks.filter(({ verdict }) => verdict === 'unknown');
    expect(unknown.map((check) => checkWords(check)).join(' ')).toContain(action);
    expect(decisionOf(checks, ['insights'])).toEqual({ kind: 'go' });
    await close();
  });

  it('work without eks:ListUpdates where the state does not tell by itself', async () => {
    const { ports, looks, clock, close } = await denying('eks:ListUpdates');
    const shared = await readCluster(ports, 'trading-prod', forever);
    const situation = await readSituation(looks, shared, 'gateway-arm', forever);
    const choice = choiceFor(situation, 'control-plane-version', false);
    const planned = choice && planUpdate(situation, choice, clock.now());
    expect(planned?.valid && missingActions(planned.plan.checks)).toEqual(['eks:ListUpdates']);
    await close();
  });
});

describe('readiness documents', () => {
  it.each([
    'eks:ListInsights',
    'eks:DescribeClusterVersions',
    'eks:ListAddons',
    'eks:DescribeAddon',
    'eks:DescribeAddonVersions',
    'ssm:GetParameter',
    'ec2:DescribeLaunchTemplateVersions',
  ] as const)('are written without %s', async (action) => {
    const { looks, clock, close } = await denying(action);
    const text = readinessMarkdown(await readReadiness(looks, 'market-data', clock, forever));
    expect(text).toContain(`you lack the permission ${action}`);
    await close();
  });

  it('name no permission when none is missing', async () => {
    const { session, close } = await openInSandbox(judged().sandbox);
    const clock = new VirtualClock(Date.now());
    const looks = new AttentionSource(session.following, clock);
    for (const cluster of ['market-data', 'trading-prod', 'risk-batch', 'research-gpu']) {
      const text = readinessMarkdown(await readReadiness(looks, cluster, clock, forever));
      expect(text).not.toContain('lack the permission');
      expect(text).not.toMatch(/undefined|NaN|\[object|\{\w+\}/);
    }
    await close();
  });
});
