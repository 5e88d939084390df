import type { AwsCredentials } from '../aws/aws-api';

/** SECURITY(S-26): single quotes stop every expansion of bash; a quote inside ends, escapes and reopens them. */
function quote(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

/** Lines for bash and zsh that set the session's environment (aws-reference §8.4). Secret: for the clipboard only. */
export function bashExports(credentials: AwsCredentials, region: string): string {
  const lines = [
    `export AWS_ACCESS_KEY_ID=${quote(credentials.accessKeyId)}`,
    `export AWS_SECRET_ACCESS_KEY=${quote(credentials.secretAccessKey)}`,
    ...(credentials.sessionToken === undefined ? [] : [`export AWS_SESSION_TOKEN=${quote(credentials.sessionToken)}`]),
    `export AWS_REGION=${quote(region)}`,
    `export AWS_DEFAULT_REGION=${quote(region)}`,
    // a profile left in the environment would not win over these keys, but tools print it and confuse people
    'unset AWS_PROFILE',
  ];
  return `${lines.join('\n')}\n`;
}
