// Stands in for the AWS CLI where it is not installed: the two commands of fetch.sh, by the SDK over real HTTP.
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

const { AWS_ENDPOINT_URL = '', AWS_REGION = '', AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
const text = { type: /** @type {const} */ ('string') };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    bucket: text,
    key: text,
    'version-id': text,
    query: text,
    output: text,
    'cli-connect-timeout': text,
    'cli-read-timeout': text,
  },
});
const [, operation = '', file = ''] = positionals;
const IDENTITY = 'get-caller-identity';

try {
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) throw new Error('Unable to locate credentials');
  const settings = {
    endpoint: AWS_ENDPOINT_URL,
    region: AWS_REGION,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
    maxAttempts: 1,
  };
  if (operation === IDENTITY) {
    console.log((await new STSClient(settings).send(new GetCallerIdentityCommand({}))).Arn);
  } else {
    const { Body } = await new S3Client({ ...settings, forcePathStyle: true }).send(
      new GetObjectCommand({ Bucket: values.bucket, Key: values.key, VersionId: values['version-id'] }),
    );
    await pipeline(/** @type {import('node:stream').Readable} */ (Body), createWriteStream(file));
  }
} catch (error) {
  console.error(wordsOf(/** @type {NodeJS.ErrnoException & { $metadata?: object }} */ (error)));
  process.exitCode = 254;
}

/** @param {NodeJS.ErrnoException & { $metadata?: object }} error */
function wordsOf(error) {
  const { name, code, message } = error;
  if (code === 'ENOSPC') return '[Errno 28] No space left on device';
  if (code === 'ECONNREFUSED') return `Could not connect to the endpoint URL: "${AWS_ENDPOINT_URL}"`;
  if (error.$metadata === undefined) return message;
  return `An error occurred (${name}) when calling the ${operation === IDENTITY ? 'GetCallerIdentity' : 'GetObject'} operation: ${message}`;
}
