import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { AppError } from '../../core/app-error';
import type { Profile } from '../../core/contract/sources';
import { readConfig, type ConfigSection } from '../../core/domain/aws-config';
import { err, ok, type Result } from '../../core/result';

/** A profile of the shared AWS files. Never a secret: of keys only that they are there. */
export type AwsProfile = {
  readonly name: string;
  readonly kind: Profile['kind'];
  readonly region?: string;
  /** Of `role` profiles. */
  readonly roleArn?: string;
  readonly sourceProfile?: string;
  /** Of `identity-center` profiles. */
  readonly ssoAccountId?: string;
  /** Path of a file of certificates to trust. */
  readonly caBundle?: string;
};

export type ProfileFiles = { readonly configFile: string; readonly credentialsFile: string };

/** Bytes; a larger file is not somebody's profiles. */
export const largestAwsFile = 4_194_304;

/** Where the files are: `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`, or `~/.aws`. */
export function profileFiles(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  home = homedir(),
): ProfileFiles {
  const given = (value: string | undefined): string | undefined =>
    value === undefined || value === '' ? undefined : value;
  return {
    configFile: given(environment['AWS_CONFIG_FILE']) ?? join(home, '.aws', 'config'),
    credentialsFile: given(environment['AWS_SHARED_CREDENTIALS_FILE']) ?? join(home, '.aws', 'credentials'),
  };
}

/** The values that may be kept; of every other key only the name is. */
const openKeys = new Set(['region', 'role_arn', 'source_profile', 'sso_account_id', 'ca_bundle']);

/** In the order in which the SDK looks (`fromIni`): the first kind that a profile is complete for is what it gives. */
function kindOf(section: ConfigSection): Profile['kind'] {
  const has = (...keys: readonly string[]): boolean => keys.every((key) => section.has(key));
  if (has('role_arn') && (has('source_profile') || has('credential_source'))) return 'role';
  if (has('aws_access_key_id')) return has('aws_session_token') ? 'temporary-key' : 'access-key';
  if (has('role_arn', 'web_identity_token_file')) return 'web-identity';
  if (has('credential_process')) return 'process';
  if (has('sso_session') || has('sso_start_url') || has('sso_account_id')) return 'identity-center';
  return has('login_session') ? 'login' : 'incomplete';
}

async function readText(path: string): Promise<Result<string>> {
  try {
    const text = await readFile(path, 'utf8');
    return text.length > largestAwsFile ? err(unreadable(path, 'It is too large.')) : ok(text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return ok('');
    return err(
      unreadable(path, code === 'EACCES' || code === 'EPERM' ? 'This user may not read it.' : 'Reading it failed.'),
    );
  }
}

function unreadable(path: string, why: string): AppError {
  return {
    kind: 'store-unreadable',
    message: `The AWS file ${path} could not be read. ${why}`,
    whatDidNotChange: 'The file was not touched.',
    whatToDo: 'Correct the file or its permissions, or use another source.',
    retryable: true,
    remedies: [{ kind: 'retry' }, { kind: 'choose-source' }],
  };
}

/** The profiles of both files, by name. Files that do not exist are empty. */
export async function listProfiles(files: ProfileFiles = profileFiles()): Promise<Result<readonly AwsProfile[]>> {
  const [config, credentials] = await Promise.all([readText(files.configFile), readText(files.credentialsFile)]);
  if (!config.ok) return config;
  if (!credentials.ok) return credentials;
  const merged = readConfig(config.value, 'config', openKeys);
  for (const [name, section] of readConfig(credentials.value, 'credentials', openKeys)) {
    merged.set(name, new Map([...(merged.get(name) ?? []), ...section]));
  }
  const profiles = [...merged].map(([name, section]): AwsProfile => {
    const optional = (key: string): string | undefined => (section.get(key) === '' ? undefined : section.get(key));
    const region = optional('region');
    const roleArn = optional('role_arn');
    const sourceProfile = optional('source_profile');
    const ssoAccountId = optional('sso_account_id');
    const caBundle = optional('ca_bundle');
    return {
      name,
      kind: kindOf(section),
      ...(region === undefined ? {} : { region }),
      ...(roleArn === undefined ? {} : { roleArn }),
      ...(sourceProfile === undefined ? {} : { sourceProfile }),
      ...(ssoAccountId === undefined ? {} : { ssoAccountId }),
      ...(caBundle === undefined ? {} : { caBundle }),
    };
  });
  return ok(profiles.sort((left, right) => (left.name < right.name ? -1 : 1)));
}
