import { afterEach, expect, it } from 'vitest';
import { failureOf } from '../../src/model/failure';
import { type OpenedAws, openAws, staticProfile } from './open-aws';
import { startScriptedServer } from './scripted-server';

const signal = new AbortController().signal;
let opened: OpenedAws;
afterEach(() => opened.close());

it('finds no profile where there are no files', async () => {
  opened = await openAws();
  expect(await opened.aws.profiles(false)).toEqual([]);
});

it('lists the profiles of both files by name, and neither sso-session nor services sections', async () => {
  opened = await openAws();
  await opened.profiles({
    config: `
[default]
region = eu-west-1
[profile prod]
region = us-east-1
role_arn = arn:aws:iam::111122223333:role/Deployer
source_profile = default
[profile desk]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = KdbOperator
[profile old-desk]
sso_start_url = https://example.awsapps.com/start
[sso-session corp]
sso_region = us-east-1
sso_start_url = https://example.awsapps.com/start
[services local]
eks =
  endpoint_url = http://127.0.0.1:1
`,
    credentials: '[default]\naws_access_key_id = A\naws_secret_access_key = B\n[ci]\naws_access_key_id = C\n',
  });
  expect(await opened.aws.profiles(true)).toEqual([
    { name: 'ci', sources: ['credentials'] },
    { name: 'default', region: 'eu-west-1', sources: ['config', 'credentials'] },
    { name: 'desk', sso: 'corp', sources: ['config'] },
    { name: 'old-desk', sso: 'https://example.awsapps.com/start', sources: ['config'] },
    {
      name: 'prod',
      region: 'us-east-1',
      role: 'arn:aws:iam::111122223333:role/Deployer',
      sources: ['config'],
    },
  ]);
});

it('reads the files again when asked to', async () => {
  opened = await openAws();
  await opened.profiles({ config: '[profile one]\nregion = us-east-1\n' });
  await opened.aws.profiles(true);
  await opened.profiles({ config: '[profile two]\nregion = us-east-1\n' });
  expect((await opened.aws.profiles(false)).map(({ name }) => name)).toEqual(['one']);
  expect((await opened.aws.profiles(true)).map(({ name }) => name)).toEqual(['two']);
});

it.each([
  { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'B' },
  { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/creds' },
  { AWS_WEB_IDENTITY_TOKEN_FILE: '/token', AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/R' },
])('calls the credentials of the environment default: %o', async (env) => {
  opened = await openAws({ env: { ...env, AWS_REGION: 'eu-west-2' } });
  expect(await opened.aws.profiles(true)).toEqual([
    { name: 'default', region: 'eu-west-2', sources: ['environment'] },
  ]);
  await opened.profiles({ config: '[default]\nregion = us-east-1\n' });
  expect(await opened.aws.profiles(true)).toEqual([
    { name: 'default', region: 'us-east-1', sources: ['config', 'environment'] },
  ]);
  await opened.profiles({ config: '[default]\noutput = json\n' });
  expect(await opened.aws.profiles(true)).toEqual([
    { name: 'default', region: 'eu-west-2', sources: ['config', 'environment'] },
  ]);
  await opened.profiles({ config: '[default]\nregion = us-east-1\nlogin_session = arn\n' });
  expect(await opened.aws.profiles(true)).toEqual([
    { name: 'default', region: 'us-east-1', sources: ['config'] },
  ]);
});

it('asks a service where the profile’s services section says, with the keys of the profile', async () => {
  const [eks, all] = await Promise.all([startScriptedServer(), startScriptedServer()]);
  opened = await openAws();
  const profile = `${staticProfile('p', all.url)}services = local\n[services local]\neks =\n  endpoint_url = ${eks.url}\n`;
  await opened.profiles({ config: profile });
  eks.answer({ status: 200, body: '{"clusters":["one"]}' });
  all.answer({ status: 200, body: '{"environments":[]}' });
  const { interactive } = await opened.profile('p', 'eu-central-1');
  expect(await interactive.eks.listClusters(undefined, signal)).toEqual({ items: ['one'] });
  expect(await interactive.finspace.listEnvironments(undefined, signal)).toEqual({ items: [] });
  expect(eks.received).toHaveLength(1);
  expect(eks.received[0]?.headers['authorization']).toMatch(
    /Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/eks\//,
  );
  expect(all.received[0]?.headers['authorization']).toMatch(/\/eu-central-1\/finspace\//);
  await Promise.all([eks.close(), all.close()]);
});

it('says which endpoint is none', async () => {
  opened = await openAws();
  await opened.profiles({ config: staticProfile('p', 'localhost') });
  const { interactive } = await opened.profile('p');
  const thrown = await interactive.eks.listClusters(undefined, signal).catch((error: unknown) => error);
  expect(failureOf(thrown)).toMatchObject({ kind: 'refused', code: 'endpoint-invalid' });
});
