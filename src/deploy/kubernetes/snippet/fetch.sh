#!/bin/sh
# Slipway's first init container: fetches the zip that the pod's annotations name and proves it by its digest.
# May run again at any time. Leaves the digest as its termination message, or `none` where no code is set.
#
# Exit codes: 0 proved or none, 10 wrong settings, 11 the annotations are refused, 12 denied, 13 no such version,
# 14 wrong digest, 15 no space, 16 no credentials, 17 S3 could not be asked.
#
# What the pod says:        SLIPWAY_CODE_URI, SLIPWAY_CODE_VERSION, SLIPWAY_CODE_DIGEST, SLIPWAY_ISTIO
# What its owner has set:   SLIPWAY_BUCKET, SLIPWAY_PREFIX (empty, or ends with a slash), SLIPWAY_PATIENCE (seconds)
set -u
umask 022
# The first process of a container ends on a signal only if it handles it.
trap 'exit 143' TERM INT

work=${SLIPWAY_WORK:-/slipway}
termination=${SLIPWAY_TERMINATION_LOG:-/dev/termination-log}
uri=${SLIPWAY_CODE_URI-}
version=${SLIPWAY_CODE_VERSION-}
digest=${SLIPWAY_CODE_DIGEST-}
bucket=${SLIPWAY_BUCKET-}
prefix=${SLIPWAY_PREFIX-}
patience=${SLIPWAY_PATIENCE:-300}
zip=$work/code.zip
part=$work/code.zip.part

# Writes what is proved, the digest or `none`, as the termination message, and ends.
prove() {
  printf '%s' "$1" >"$termination" || fail 10 "$termination cannot be written"
  exit 0
}

# Logs what is wrong, writes it as the termination message, and ends.
fail() {
  rm -f "$part" "$zip"
  printf 'error: %s\n' "$2" >&2
  printf '%s' "error: $2" >"$termination"
  exit "$1"
}

# Prints who this pod is to AWS, or that STS did not answer.
identity() {
  aws sts get-caller-identity --query Arn --output text --cli-connect-timeout 5 --cli-read-timeout 10 \
    2>/dev/null || printf 'unknown, for STS did not answer'
}

# Keeps what the AWS CLI prints in $said, not in a file: the disk may be full.
said=
fetch() {
  set -- s3api get-object --bucket="$bucket" --key="$key" --cli-connect-timeout 10 --cli-read-timeout 60
  if [ -n "$version" ]; then set -- "$@" --version-id="$version"; fi
  said=$(aws "$@" "$part" 2>&1 >/dev/null)
}

# Prints the last line of what the AWS CLI printed.
last_words() {
  printf '%s\n' "$said" | grep -v '^ *$' | tail -n 1 | cut -c 1-600
}

# Prints the kind of failure that the AWS CLI reports.
kind_of_failure() {
  case $said in
    *AccessDenied*AssumeRoleWithWebIdentity*) echo role ;;
    *InvalidAccessKeyId* | *ExpiredToken* | *InvalidToken* | *InvalidIdentityToken* | *InvalidClientTokenId* | \
      *'locate credentials'* | *'retrieving credentials'* | *'refreshing temporary credentials'* | \
      *169.254.170.23*) echo credentials ;;
    *AccessDenied* | *'(403)'* | *Forbidden*) echo denied ;;
    *NoSuchVersion* | *NoSuchKey* | *NoSuchBucket* | *'(404)'* | *'nvalid version id'* | *MethodNotAllowed*) echo missing ;;
    *'No space left'* | *'Errno 28'* | *'quota exceeded'*) echo space ;;
    *'onnect'* | *'timed out'* | *'timeout'* | *SlowDown* | *InternalError* | *ServiceUnavailable* | *'(500)'* | \
      *'(503)'* | *RequestTimeout* | *IncompleteRead*) echo network ;;
    *) echo other ;;
  esac
}

if [ -z "$bucket" ]; then fail 10 'SLIPWAY_BUCKET is not set in the container'; fi
case $prefix in
  '' | */) ;;
  *) fail 10 "SLIPWAY_PREFIX does not end with a slash: $prefix" ;;
esac
case $patience in
  *[!0-9]*) fail 10 "SLIPWAY_PATIENCE is no number of seconds: $patience" ;;
esac
for program in aws sha256sum; do
  command -v "$program" >/dev/null || fail 10 "the image has no $program"
done
rm -f "$part" "$zip"

if [ -z "$uri" ]; then
  echo 'No code is set: the annotation slipway.dev/code-uri is not there.'
  prove none
fi

case $uri in
  "s3://$bucket/$prefix"?*) key=${uri#"s3://$bucket/"} ;;
  *) fail 11 "slipway.dev/code-uri is not below s3://$bucket/$prefix: $uri" ;;
esac
# The AWS CLI takes a value with :// for the address of something that it is to read instead.
case $key in
  *://*) fail 11 "slipway.dev/code-uri holds :// twice: $uri" ;;
esac
case $version in
  *[!A-Za-z0-9._-]*) fail 11 "slipway.dev/code-version is no version of S3: $version" ;;
esac
case $digest in
  *[!0-9a-f]*) fail 11 "slipway.dev/code-digest is no SHA-256 in hex: $digest" ;;
esac
if [ "${#digest}" -ne 64 ]; then fail 11 "slipway.dev/code-digest is no SHA-256 in hex: $digest"; fi

# The agent of Pod Identity and the instance's metadata are never behind a proxy.
NO_PROXY="${no_proxy:-${NO_PROXY-}},169.254.170.23,[fd00:ec2::23],169.254.169.254"
NO_PROXY=${NO_PROXY#,}
no_proxy=$NO_PROXY
AWS_PAGER=
AWS_MAX_ATTEMPTS=${AWS_MAX_ATTEMPTS:-3}
# Version 1 of the AWS CLI reads only AWS_DEFAULT_REGION.
AWS_DEFAULT_REGION=${AWS_REGION:-${AWS_DEFAULT_REGION-}}
export NO_PROXY no_proxy AWS_PAGER AWS_MAX_ATTEMPTS AWS_DEFAULT_REGION

object="s3://$bucket/$key${version:+ version $version}"
echo "Fetching $object"
nobody=
if [ -z "${AWS_WEB_IDENTITY_TOKEN_FILE-}${AWS_CONTAINER_CREDENTIALS_FULL_URI-}${AWS_ACCESS_KEY_ID-}" ]; then
  nobody='; the pod has no role of its own, and a hop limit of 1 keeps pods from the metadata service of their node'
  echo 'Neither IRSA nor Pod Identity has given this pod a role: the role of its node is used, if it can be reached.'
  echo 'If the pod is older than the association of its service account, delete it, and a new one gets the role.'
fi

deadline=$(($(date +%s) + patience))
until fetch; do
  kind=$(kind_of_failure)
  words=$(last_words)
  case $kind in
    role)
      fail 12 "denied: the role may not be assumed by this service account; look at the role's trust policy ($words)" ;;
    denied)
      fail 12 "denied: $(identity) needs s3:GetObject and, for a version, s3:GetObjectVersion on $bucket/$key; \
S3 says the same of a key that is not there to whoever lacks s3:ListBucket ($words)" ;;
    missing) fail 13 "there is no such version: $object ($words)" ;;
    space) fail 15 "no space left for the zip in $work ($words)" ;;
    other) fail 17 "S3 could not be asked: $words" ;;
  esac
  if [ "$(date +%s)" -ge "$deadline" ]; then
    if [ "$kind" = credentials ]; then
      fail 16 "no credentials within $patience seconds; the caller is $(identity) ($words)$nobody"
    fi
    istio=
    if [ -n "${SLIPWAY_ISTIO-}" ]; then
      istio="; with Istio's CNI an init container has no network unless it runs as user 1337"
    fi
    fail 17 "S3 could not be asked within $patience seconds ($words)$istio"
  fi
  echo "Trying again in ${SLIPWAY_PAUSE:-5} seconds: $words"
  sleep "${SLIPWAY_PAUSE:-5}"
done

found=$(sha256sum <"$part")
found=${found%% *}
if [ "$found" != "$digest" ]; then
  fail 14 "the digest of $object is $found, and slipway.dev/code-digest says $digest"
fi
mv -f "$part" "$zip" || fail 15 "the zip could not be put into $work"
echo "Fetched and proved $digest"
prove "$digest"
