/** Checks for other managers of a workload, which may undo what Slipway writes. */
import type { Workload } from '../../../model/workload';
import { declareCheck } from '../../../plan/check';
import { block, confirm, pass, warn } from './check';

const MANAGER = declareCheck('manager', {
  'manager.nobody': pass(),
  /** kdb Insights Enterprise: its operator owns the workload. */
  'manager.kxi': block<{ readonly app: string }>('use-kxi'),
  /** The workload belongs to another object, whose operator rewrites the template. */
  'manager.controller': block<{ readonly kind: string; readonly name: string }>('ask-owner'),
  /** Argo CD usually leaves alone the fields that it does not declare. */
  'manager.argo-cd': warn<{ readonly application: string }>('ask-owner'),
  'manager.flux': warn<{ readonly name: string }>('ask-owner'),
  'manager.helm': pass<{ readonly by: string }>(),
  /** Terraform's next apply removes annotations that it does not declare. */
  'manager.terraform': warn('ask-owner'),
});

export function managerCheck({ marks, controller, writers }: Workload) {
  const app = marks['insights.kx.com/app'];
  if (app !== undefined) return MANAGER.found('manager.kxi', { app });
  if (controller !== undefined) {
    const { kind, name } = controller;
    return MANAGER.found('manager.controller', { kind, name });
  }
  const application = marks['argocd.argoproj.io/tracking-id'] ?? marks['argocd.argoproj.io/instance'];
  if (application !== undefined) return MANAGER.found('manager.argo-cd', { application });
  const flux = marks['kustomize.toolkit.fluxcd.io/name'] ?? marks['helm.toolkit.fluxcd.io/name'];
  if (flux !== undefined) return MANAGER.found('manager.flux', { name: flux });
  if (writers.some(({ manager, template }) => template && /terraform/i.test(manager)))
    return MANAGER.found('manager.terraform');
  const by = marks['app.kubernetes.io/managed-by'];
  return by === undefined ? MANAGER.found('manager.nobody') : MANAGER.found('manager.helm', { by });
}

const OWNERS = declareCheck('owners', {
  'owners.slipway': pass(),
  /**
   * Other managers own annotations that the deployment changes: Slipway becomes the owner of those
   * annotations.
   */
  'owners.others': confirm<{ readonly managers: readonly string[] }>('take-over'),
});

/** @param managers the managers other than Slipway that own an annotation which would change */
export function ownersCheck(managers: readonly string[]) {
  return managers.length === 0 ? OWNERS.found('owners.slipway') : OWNERS.found('owners.others', { managers });
}
