/**
 * Patterns of secrets that can be recognized with certainty by their form alone. Every repetition in a pattern has
 * an upper bound, so that a search takes at most a fixed number of steps for each character of the text.
 *
 * The forms are those of the services' own documentation, compared with the rules of gitleaks and of secretlint.
 */

/** A kind of secret that is recognized by its beginning. No letter, digit or underscore may precede it. */
export interface TokenKind {
  /** Names the kind in a finding. */
  readonly pattern: string;
  /** Every text with which such a secret may begin, each at least two characters long. */
  readonly starts: readonly string[];
  /** Matches the secret from its beginning; has no capturing groups. */
  readonly form: RegExp;
}

export const TOKEN_KINDS: readonly TokenKind[] = [
  { pattern: 'aws-access-key', starts: ['AKIA', 'ASIA'], form: /A[KS]IA[A-Z2-7]{16}\b/y },
  {
    pattern: 'aws-session-token',
    starts: ['FwoGZXIvYXdz', 'FQoGZXIvYXdz', 'IQoJb3JpZ2lu'],
    form: /(?:FwoGZXIvYXdz|FQoGZXIvYXdz|IQoJb3JpZ2lu)[A-Za-z0-9+/]{60,4000}/y,
  },
  {
    pattern: 'private-key',
    starts: ['PuTTY-User-Key-File-'],
    form: /PuTTY-User-Key-File-[1-9]: {0,4}(?:ssh|ecdsa)-[a-z0-9-]{2,40}/y,
  },
  {
    pattern: 'github-token',
    starts: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    form: /gh[pousr]_[A-Za-z0-9]{36,255}\b|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b/y,
  },
  {
    pattern: 'gitlab-token',
    starts: ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'glcbt-', 'glft-', 'glimt-', 'glsoat-', 'glagent-'],
    form: /gl[a-z]{2,5}-[A-Za-z0-9_-]{20,255}/y,
  },
  {
    pattern: 'slack-token',
    starts: ['xoxa-', 'xoxb-', 'xoxe-', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-', 'xoxc-', 'xoxd-', 'xapp-'],
    form: /xox[a-z]-[A-Za-z0-9-]{20,255}|xapp-[0-9]-[A-Z0-9]{8,20}-[0-9]{8,20}-[A-Za-z0-9]{20,255}/y,
  },
  {
    pattern: 'slack-webhook',
    starts: ['hooks.slack.com/'],
    form: /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Z0-9]{8,20}\/[A-Za-z0-9]{8,40}\/[A-Za-z0-9/]{20,255}/y,
  },
  {
    pattern: 'json-web-token',
    starts: ['eyJ'],
    form: /(?<!-)eyJ[A-Za-z0-9_-]{17,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{20,1000}/y,
  },
  { pattern: 'google-api-key', starts: ['AIza'], form: /AIza[A-Za-z0-9_-]{35}\b/y },
  { pattern: 'google-client-secret', starts: ['GOCSPX-'], form: /GOCSPX-[A-Za-z0-9_-]{28}\b/y },
  { pattern: 'stripe-key', starts: ['sk_live_', 'rk_live_'], form: /[rs]k_live_[A-Za-z0-9]{20,255}/y },
  { pattern: 'npm-token', starts: ['npm_'], form: /npm_[A-Za-z0-9]{36}\b/y },
  { pattern: 'pypi-token', starts: ['pypi-AgEIcHlwaS5vcmc'], form: /pypi-[A-Za-z0-9_-]{50,1000}/y },
  { pattern: 'anthropic-key', starts: ['sk-ant-'], form: /sk-ant-[a-z0-9]{3,12}-[A-Za-z0-9_-]{20,255}/y },
  {
    pattern: 'openai-key',
    starts: ['sk-'],
    form: /sk-(?:(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,255}|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})/y,
  },
  {
    // Keys of several services. After `sk-`, `csk-` and `pplx-`, one of the first 32 characters must be a
    // digit, so that long words do not match.
    pattern: 'ai-service-key',
    starts: ['sk-', 'hf_', 'gsk_', 'xai-', 'pplx-', 'r8_', 'nvapi-', 'tgp_v1_', 'csk-'],
    form: /(?:(?:sk-(?:or-v1-)?|csk-|pplx-)(?=[A-Za-z]{0,31}[0-9])[A-Za-z0-9]{32,64}|hf_[A-Za-z0-9]{34}|gsk_[A-Za-z0-9]{52}|xai-[A-Za-z0-9]{80}|r8_[A-Za-z0-9]{37}|nvapi-[A-Za-z0-9_-]{60,80}|tgp_v1_[A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])/y,
  },
  {
    pattern: 'service-token',
    starts: [
      ...[
        'SG.',
        'dop_v1_',
        'doo_v1_',
        'dor_v1_',
        'shpat_',
        'shpca_',
        'shppa_',
        'shpss_',
        'dapi',
        'hvs.',
        'hvb.',
      ],
      ...['dckr_pat_', 'dckr_oat_', 'ATATT3', 'AGE-SECRET-KEY-1', 'glsa_', 'glc_', 'lin_api_'],
    ],
    form: /(?:SG\.[\w-]{22}\.[\w-]{43}|do[opr]_v1_[a-f0-9]{64}|shp[a-z]{2}_[a-fA-F0-9]{32}|dapi[a-f0-9]{32}(?:-\d)?|hv[bs]\.[\w-]{24,255}|dckr_[po]at_[\w-]{27}|ATATT3[\w=-]{100,255}|AGE-SECRET-KEY-1[A-Z0-9]{58}|gl(?:sa|c)_[\w+/]{32,255}|lin_api_[A-Za-z0-9]{40})(?![A-Za-z0-9_])/y,
  },
];
