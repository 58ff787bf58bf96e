/** Secrets that can be told by their look alone, with certainty: expressions without flags and without groups that capture. */
export const SECRET_KINDS = [
  { pattern: 'aws-access-key', text: String.raw`\b(?:AKIA|ASIA)[A-Z2-7]{16}\b` },
  {
    pattern: 'aws-secret-key',
    text: String.raw`[sS][eE][cC][rR][eE][tT]_?[aA][cC][cC][eE][sS][sS]_?[kK][eE][yY]["'\x60]?\s{0,8}[:=,]{1,2}\s{0,8}["'\x60]?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])`,
  },
  {
    pattern: 'private-key',
    text: '-----BEGIN (?:[A-Z0-9]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----',
  },
  {
    pattern: 'github-token',
    text: String.raw`\bgh[pousr]_[A-Za-z0-9]{36,255}\b|\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b`,
  },
  { pattern: 'gitlab-token', text: String.raw`\bglpat-[A-Za-z0-9_-]{20,}` },
  { pattern: 'slack-token', text: String.raw`\bxox[abeoprs]-[A-Za-z0-9-]{20,}` },
  {
    pattern: 'slack-webhook',
    text: String.raw`hooks\.slack\.com/services/T[A-Z0-9]{8,}/B[A-Z0-9]{8,}/[A-Za-z0-9]{20,}`,
  },
  { pattern: 'google-api-key', text: String.raw`\bAIza[A-Za-z0-9_-]{35}\b` },
  { pattern: 'stripe-key', text: String.raw`\b[rs]k_live_[A-Za-z0-9]{20,}` },
  { pattern: 'npm-token', text: String.raw`\bnpm_[A-Za-z0-9]{36}\b` },
] as const;
