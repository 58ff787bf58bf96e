/**
 * Words about node groups and their clusters, from the modules in `nodegroup/`, for use outside this folder.
 */
export {
  attentionBadge,
  attentionLines,
  attentionWords,
  factWords,
} from './nodegroup/attention';
export { attentionHelp } from './nodegroup/attention-help';
export { attentionDetail, attentionState } from './nodegroup/attention-state';
export { cannotFollowWords } from './nodegroup/cannot-follow';
export { managerWords, paceWords } from './nodegroup/check-rollout';
export { checkNotice, checkRow, checkTitle, checkWords } from './nodegroup/checks';
export { choiceWords, configWords } from './nodegroup/choices';
export { estimateWords, shortEstimateWords } from './nodegroup/estimate';
export { healthIssueParts, healthIssueWords } from './nodegroup/health-issues';
export { readinessMarkdown } from './nodegroup/readiness';
export { requestErrorWords, unknownEndWords } from './nodegroup/refusals';
export { followUpWords } from './nodegroup/remedies';
export { confirmationWords, leftOutWords, notPlannedWords, updateChanges } from './nodegroup/several';
export { supportBadge, supportDetail } from './nodegroup/support';
export { updateErrorWords } from './nodegroup/update-errors';
export { unknownWords } from './unread';
