/** Everything about node groups in words. */
export { attentionBadge, attentionLines, attentionWords, factWords, supportBadge } from './upgrade/attention';
export { cannotFollowWords } from './upgrade/cannot-follow';
export { paceWords } from './upgrade/check-rollout';
export { checkNotice, checkTitle, checkWords } from './upgrade/checks';
export { choiceWords, configWords } from './upgrade/choices';
export { driftWords } from './upgrade/drift';
export { healthIssueWords } from './upgrade/health-issues';
export { historyMarkdown } from './upgrade/history';
export { readinessMarkdown } from './upgrade/readiness';
export { requestErrorWords, unknownEndWords } from './upgrade/refusals';
export { followUpWords } from './upgrade/remedies';
export { confirmationWords, leftOutWords, notPlannedWords } from './upgrade/several';
export { unknownWords } from './upgrade/unknown';
export { updateErrorWords } from './upgrade/update-errors';
