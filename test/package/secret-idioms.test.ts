/** Secrets as q code and settings write them down, what only looks like one, and what somebody says is none. */
import { expect, test } from 'vitest';
import { TOKEN_KINDS } from '../../src/model/secret-kinds';
import { LOGINS } from '../../src/package/content/login-rules';
import { KEY_BLOCK, KEYS } from '../../src/package/content/secret-rules';
import { findSecrets } from '../../src/package/content/secrets';

// Put together here, so that no scanner takes this file for a leak.
const KEY = ['q7Zt9XwLs0Bv', 'KfR2mYpD4hGc', '8nJeU6TaVxWq', 'S1oE'].join('');
const ID = ['AKIA', 'Q3EGSIZ2HJLNBTVX'].join('');
const WORD = ['Tr0ub', '4dor'].join('');
const hex = (length: number): string => '3f9a1c07be52d846'.repeat(9).slice(0, length);
const mixed = (length: number): string => 'aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0z'.repeat(9).slice(0, length);
const azure = `${mixed(86)}==`;
const jwt = `eyJhbGciOiJIUzI1NiJ9.eyJ${mixed(30)}.${mixed(43)}`;

const PLANTED: readonly (readonly [idiom: string, pattern: string, text: string])[] = [
  ['setenv with a symbol', 'aws-secret-key', `setenv[\`AWS_SECRET_ACCESS_KEY;"${KEY}"]`],
  ['setenv between', 'aws-secret-key', `\`AWS_SECRET_ACCESS_KEY setenv "${KEY}"`],
  ['a cast to a symbol', 'aws-secret-key', `.aws.secretKey:\`$"${KEY}"`],
  ['a global amend', 'aws-secret-key', `secret_access_key::"${KEY}"`],
  ['an indexed assignment', 'aws-secret-key', `cfg[\`secretAccessKey]:"${KEY}"`],
  ['a deep assignment', 'aws-secret-key', `cfg[\`aws;\`secret]:"${KEY}"`],
  ['a dictionary of one', 'aws-secret-key', `(enlist\`secretKey)!enlist "${KEY}"`],
  [
    'a dictionary of two, apart from its id',
    'aws-secret-key',
    `\`region\`secretAccessKey!("eu-west-1";"${KEY}")`,
  ],
  ['a dictionary over lines', 'aws-secret-key', `k:\`secret_access_key!\n  "${KEY}"`],
  ['a plain name', 'aws-secret-key', `secret:\`$"${KEY}"`],
  ['a dictionary of plain names', 'aws-secret-key', `\`id\`secret!("abc";"${KEY}")`],
  ['os.environ', 'aws-secret-key', `os.environ["AWS_SECRET_ACCESS_KEY"] = "${KEY}"`],
  ['os.environ.setdefault', 'aws-secret-key', `os.environ.setdefault('AWS_SECRET_ACCESS_KEY', '${KEY}')`],
  ['Dockerfile ENV', 'aws-secret-key', `ENV AWS_SECRET_ACCESS_KEY ${KEY}`],
  ['Dockerfile ENV with =', 'aws-secret-key', `ENV AWS_REGION=eu-west-1 AWS_SECRET_ACCESS_KEY=${KEY}`],
  ['XML element', 'aws-secret-key', `<secretAccessKey>${KEY}</secretAccessKey>`],
  ['XML attribute', 'aws-secret-key', `<add key="AWSSecretKey" value="${KEY}"/>`],
  ['Hadoop XML', 'aws-secret-key', `<name>fs.s3a.secret.key</name><value>${KEY}</value>`],
  ['a hash rocket', 'aws-secret-key', `'secret_access_key' => '${KEY}'`],
  ['a YAML list', 'aws-secret-key', `- name: AWS_SECRET_ACCESS_KEY\n  value: ${KEY}`],
  ['a command line', 'aws-secret-key', `aws configure set aws_secret_access_key ${KEY}`],
  ['PowerShell', 'aws-secret-key', `$env:AWS_SECRET_ACCESS_KEY="${KEY}"`],
  ['a session token', 'aws-session-token', `aws_session_token = IQoJb3JpZ2luX2Vj${mixed(200)}`],
  ['a web token', 'json-web-token', `.auth.bearer:"Bearer ${jwt}"`],
  ['a Slack app token', 'slack-token', `xapp-1-A0${'123ABC'}45-1234567890123-${hex(64)}`],
  ['a Slack bot token', 'slack-token', `xoxb-${'123456789012-123456789012'}-${mixed(24)}`],
  ['a project key of OpenAI', 'openai-key', `.ai.key:"sk-proj-${mixed(48)}"`],
  ['a service account key of OpenAI', 'openai-key', `sk-svcacct-${mixed(60)}`],
  ['a key of Anthropic', 'anthropic-key', `setenv[\`ANTHROPIC_API_KEY;"sk-ant-api03-${mixed(93)}AA"]`],
  ['a plain sk- key', 'ai-service-key', `sk-${hex(32)}`],
  ['a token of Hugging Face', 'ai-service-key', `HF_TOKEN=hf_${mixed(34)}`],
  ['a key of Groq', 'ai-service-key', `gsk_${mixed(52)}`],
  [
    'a connection string of Azure',
    'azure-account-key',
    `AccountName=kx;AccountKey=${azure};EndpointSuffix=x`,
  ],
  ['an account key of Azure in q', 'azure-account-key', `.az.storageKey:"${azure}"`],
  ['a shared access key of Azure', 'azure-access-key', `SharedAccessKeyName=a;SharedAccessKey=${mixed(43)}=`],
  ['a PuTTY key', 'private-key', `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none`],
  ['a key block in a q string', 'private-key', `k:"-----BEGIN RSA ${'PRIVATE KEY'}-----\\n${mixed(64)}"`],
  ['a token of GitLab runners', 'gitlab-token', `glrt-${mixed(20)}`],
  ['a token of PyPI', 'pypi-token', `pypi-AgEIcHlwaS5vcmc${mixed(80)}`],
  ['a key of SendGrid', 'service-token', `SG.${mixed(22)}.${mixed(43)}`],
  ['a token of Databricks', 'service-token', `dapi${hex(32)}`],
  ['hopen of a symbol', 'q-handle-password', `h:hopen \`:prod-tp:5010:svc:${WORD}`],
  ['hopen without a host', 'q-handle-password', `h:hopen\`::5010:svc:${WORD}`],
  ['hopen of a string', 'q-handle-password', `h:hopen ":prod.kx.local:5010:svc:${WORD}!"`],
  ['hopen with a timeout', 'q-handle-password', `h:hopen(\`:10.1.2.3:5010:svc:${WORD};2000)`],
  ['hopen with encryption', 'q-handle-password', `h:hopen \`:tcps://prod-tp:5010:svc:${WORD}`],
  ['a handle that is cast', 'q-handle-password', `h:hopen hsym\`$"prod-tp:5010:svc:${WORD}"`],
  ['a query in one go', 'q-handle-password', `r:\`:prod-tp:5010:svc:${WORD} "tables[]"`],
  ['a handle in settings', 'q-handle-password', `{"tp":":prod-tp:5010:svc:${WORD}"}`],
  ['a handle of a table', 'q-handle-password', `tp,:prod-tp:5010:svc:${WORD},1`],
  ['a handle whose password is a word', 'q-handle-password', 'h:hopen `:prod-tp:5010:svc:password'],
  ['a handle whose user is a word', 'q-handle-password', `h:hopen \`:prod-tp:5010:user:${WORD}`],
  ['.z.pw', 'q-password-check', `.z.pw:{[u;p] (u~\`svc)&p~"${WORD}"}`],
  ['.z.pw with the literal first', 'q-password-check', `.z.pw:{[u;p]"${WORD}"~p}`],
  ['.z.pw with a condition', 'q-password-check', `.z.pw:{[u;p]$[p~"password";1b;0b]}`],
  ['.z.pw with a pair', 'q-password-check', `.z.pw:{[u;p](u;p)~(\`svc;"${WORD}")}`],
  ['.z.pw with a dictionary', 'q-password-check', `.z.pw:{[u;p]p~(\`a\`b!("${WORD}";"x"))u}`],
  ['.z.pw with users by name', 'q-password-check', `users:\`a\`b!("${WORD}";"x")\n.z.pw:{[u;p]p~users u}`],
  ['.z.pw with one user by name', 'q-password-check', `d:(enlist\`a)!enlist "${WORD}"\n.z.pw:{[u;p]d[u]~p}`],
  ['a handle that is put together', 'q-handle-password', `h:hopen\`$":",host,":5010:svc:${WORD}"`],
  ['a licence as text', 'kdb-licence', `setenv[\`KDB_LICENSE_B64;"${mixed(200)}"]`],
  ['a licence in a Dockerfile', 'kdb-licence', `ENV KDB_K4LICENSE_B64=${mixed(200)}`],
  ['arguments of JDBC', 'connection-password', `connect("jdbc:mysql://db/kx", "svc", "${WORD}")`],
  ['a URL', 'url-password', `.kx.repo:"https://svc:${WORD}@repo.kx.local/q"`],
  ['a URL as a handle', 'url-password', `.Q.hg\`:http://svc:${WORD}@repo.kx.local/q`],
  ['a URL of a database', 'url-password', `DATABASE_URL=postgresql+psycopg2://svc:${WORD}%21@db:5432/kx`],
  ['a URL of a cache', 'url-password', `redis://:${WORD}@cache:6379/0`],
  ['a parameter of a URL', 'connection-password', `https://kx.local/login?user=svc&password=${WORD}`],
  ['JDBC', 'connection-password', `jdbc:postgresql://db/kx?user=svc&password=${WORD}`],
  [
    'JDBC of SQL Server',
    'connection-password',
    `jdbc:sqlserver://db:1433;user=svc;password=${WORD};encrypt=true`,
  ],
  ['JDBC of Oracle', 'connection-password', `jdbc:oracle:thin:svc/${WORD}@//db:1521/kx`],
  ['ODBC', 'connection-password', `.odbc.open "driver=ODBC Driver 18;server=db;uid=svc;Pwd=${WORD}"`],
];

test.each(PLANTED)('%s is found', (_, pattern, text) => {
  const found = findSecrets(Buffer.from(`/ settings\n\n${text}\n`)).map(({ pattern: kind, line }) => ({
    kind,
    line,
  }));
  const lines = text.split('\n');
  const line = 3 + lines.findIndex((one) => one.includes(KEY) || !text.includes(KEY));
  expect(found).toEqual([{ kind: pattern, line }]);
});

test('a dictionary with the id of a key gives the key away, too', () => {
  expect(findSecrets(Buffer.from(`\`access\`secret!("${ID}";"${KEY}")`))).toEqual([
    { line: 1, pattern: 'aws-access-key' },
    { line: 1, pattern: 'aws-secret-key' },
  ]);
});

test.each([
  ['a secret key of the documentation', `secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY`],
  ['a commit behind a name', `secret_key_rotated_in: ${hex(40)}`],
  ['forty characters without a name', `etag: ${KEY}`],
  [
    'a long name near another',
    `getSecretKey(): Promise<${'GetProgrammaticAccessCredentialsResponses'.slice(0, 40)}>`,
  ],
  ['a path behind a name', `secret_key: /opt/kx/app/code/lib/settings/secretkeys`],
  ['a name in capitals', `SECRET_KEY=${'DJANGO_SETTINGS_SECRET_KEY_ENVIRONMENT_X'}`],
  ['an integrity hash', `"integrity": "sha512-${azure}", "account": 1`],
  [
    'the key of every Azure emulator',
    `AccountKey=${'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='}`,
  ],
  [
    'code that names a key block',
    `if (text.includes('-----BEGIN ${'PRIVATE KEY'}-----')) return readAVeryLongFunctionName(text);`,
  ],
  ['a public PuTTY key', '---- BEGIN SSH2 PUBLIC KEY ----\nComment: "rsa-key-20240101"'],
  ['two parts of a web token', `eyJhbGciOiJIUzI1NiJ9.eyJ${mixed(30)}`],
  ['a CSS class', 'sk-circle sk-folding-cube sk-cube-grid-of-many-small-cubes-in-a-row'],
  ['a task id', `task-${'3f9a1c07be52d8463f9a1c07be52d846'}`],
  ['hopen without a password', 'h:hopen `:prod-tp:5010\nh:hopen(`::5010;2000)\nh:hopen `:prod-tp:5010:svc'],
  ['hopen as documented', 'h:hopen `:localhost:5000:username:password\nh:hopen `:host:port:user:pass'],
  ['the user as password', 'h:hopen `::5010:admin:admin\nredis://kx:kx@cache'],
  ['a time and an address', '"12:30:00.000" "2001:0658:022a:cafe:0000:0000" ::8080'],
  ['ports of a container', '"127.0.0.1:5010:5010/tcp" - "5010:5010"'],
  ['a line of passwd', 'svc:x:1000:1000:Service:/home/svc:/bin/bash'],
  ['.z.pw that looks it up', '.z.pw:{[u;p] p~users u}\nusers:("S*";enlist",")0:`:users.csv'],
  ['a dictionary that .z.pw does not read', 'ccy:`a`b!("pound";"euro")\n.z.pw:{[u;p]p~users u}'],
  ['.z.pw that logs', '.z.pw:{[u;p] -1"login of ",string u;1b}\nx~"other"'],
  ['.z.pw that counts', '.z.pw:{[u;p]"b"$not count .z.W}'],
  ['a URL without a password', 'https://kx.com/@scope/a:b https://user@kx.com ssh://git@kx.com:22/a'],
  [
    'a URL as documented',
    `https://user:password@example.com postgres://svc:\${PASSWORD}@db https://u:<token>@db`,
  ],
  ['a URL that is put together', 'f"https://{user}:{password}@{host}/" "https://%s:%s@%s"'],
  ['an address in a path', 'https://kx.com:443/people/jane@kx.com'],
  ['JDBC as documented', `jdbc:postgresql://db/kx?user=svc&password=\${PASSWORD}`],
  ['an argument of a call', 'login(host=h, user=svc, password=read_it())'],
  ['a parameter without a value', 'https://kx.local/login?user=svc&password='],
])('%s is no finding', (_, text) => {
  expect(findSecrets(Buffer.from(text))).toEqual([]);
});

const PASSWORD = `h:hopen \`:prod-tp:5010:svc:${WORD}`;

test.each([
  ['in its line', `${PASSWORD} / slipway:allow-secret\n`],
  ['in a comment line right above, of q', `/ slipway:allow-secret, the sandbox's own\n${PASSWORD}\n`],
  ['in a comment line right above, of Python', `x = 1\n    # slipway:allow-secret\n${PASSWORD}`],
  ['in a comment line right above, of XML', `<!-- slipway:allow-secret -->\r\n<a>${ID}</a>\r\n`],
])('a finding is accepted %s', (_, text) => {
  expect(findSecrets(Buffer.from(text))).toEqual([]);
});

test.each([
  ['two lines above', `/ slipway:allow-secret\n\n${PASSWORD}`],
  ['below', `${PASSWORD}\n/ slipway:allow-secret\n`],
  ['behind code of the line above', `a:1 / slipway:allow-secret\n${PASSWORD}`],
  ['in other words', `${PASSWORD} / slipway: allow secret`],
])('it is not accepted %s', (_, text) => {
  expect(findSecrets(Buffer.from(text))).toMatchObject([{ pattern: 'q-handle-password' }]);
});

test('what is accepted counts for its own line alone', () => {
  const text = `${PASSWORD} / slipway:allow-secret\n${PASSWORD}\n`;
  expect(findSecrets(Buffer.from(text))).toEqual([{ line: 2, pattern: 'q-handle-password' }]);
});

test('a file may end anywhere in a secret', () => {
  for (const [, , text] of PLANTED) {
    for (let end = 0; end < text.length; end++) findSecrets(Buffer.from(text.slice(0, end)));
    const [first] = findSecrets(Buffer.from(text));
    expect(first).toBeDefined();
  }
});

/** A regular expression's text without what is escaped or in brackets. */
function bare(source: string): string {
  return source.replace(/\\./g, 'c').replace(/\[(?:[^\]])*\]/g, 'c');
}

test('no rule repeats anything without an upper bound', () => {
  const forms = [
    ...TOKEN_KINDS.map(({ form }) => form),
    ...KEYS.flatMap(({ named, besides }) => [named, besides]),
    KEY_BLOCK.form,
  ];
  const all = [...forms, ...LOGINS.flatMap(({ forms: own }) => own)];
  expect(all.length).toBeGreaterThan(25);
  for (const { source } of all) {
    expect(bare(source), source).not.toMatch(/[*+]|\{\d+,\}/);
    // A repetition of something that repeats could still take very many ways through a text.
    expect(bare(source), source).not.toMatch(/\{\d+(?:,\d+)?\}\??\)(?:\{\d+,\d{2,}\})/);
  }
});

test.each([
  ['starts of tokens', 'eyJ-eyJ.sk-ant-'],
  ['starts of URLs', 'https://a:'],
  ['ends of URLs', '//a:bcd@'],
  ['ports', ':5010'],
  ['handles', '`:a:5010:b:'],
  ['parameters', '://a;password='],
  ['names of keys', `secret_key ${'x'.repeat(40)} `],
  ['key blocks', `-----BEGIN ${'PRIVATE KEY'}-----`],
  ['checks of passwords', '.z.pw:{~('],
  ['one letter', 'a'],
  ['one quote', '"'],
])('a file of %s alone, in one line, is read to its end', (_, piece) => {
  const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
  expect(findSecrets(Buffer.from(`${text}\n${ID}\n`)).length).toBeGreaterThan(0);
});
