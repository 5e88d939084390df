import type { Shell } from '../domain/shells';
import { quoteBash } from './quote-bash';
import { quotePowerShell } from './quote-powershell';

/** Variables in the order in which they are set; undefined takes one away. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Every variable that says to a tool who it is: what one of our ways sets, and what would win over it (aws-reference §8.4). */
const identity = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_PROFILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
] as const;

const region = ['AWS_REGION', 'AWS_DEFAULT_REGION'] as const;

/** `set` alone says who a tool is; whatever else would is taken away, because the environment wins over profiles. */
export function onlyIdentity(set: Variables): Variables {
  return { ...Object.fromEntries(identity.map((name) => [name, undefined])), ...set };
}

/** Takes away all that a line of ours may have set. */
export const noIdentity: Variables = Object.fromEntries([...identity, ...region].map((name) => [name, undefined]));

/**
 * Lines for a shell, the last one ended. SECURITY(S-26): every value is one word that the shell reads nothing in.
 * @returns undefined where the shell has no way to write a value
 */
export function shellLines(shell: Shell, variables: Variables): string | undefined {
  const lines = Object.entries(variables).map(([name, value]) => writers[shell](name, value));
  if (!lines.every((line) => line !== undefined)) return undefined;
  const lineBreak = shell === 'cmd' ? '\r\n' : '\n';
  return lines.map((line) => `${line}${lineBreak}`).join('');
}

type Writer = (name: string, value: string | undefined) => string | undefined;

const writers: Readonly<Record<Shell, Writer>> = {
  bash: (name, value) => (value === undefined ? `unset ${name}` : `export ${name}=${quoteBash(value)}`),
  fish: (name, value) => (value === undefined ? `set -e ${name}` : `set -gx ${name} ${quoteFish(value)}`),
  powershell: (name, value) =>
    value === undefined
      ? `Remove-Item Env:${name} -ErrorAction SilentlyContinue`
      : `$Env:${name}=${quotePowerShell(value)}`,
  cmd: (name, value) => {
    if (value === undefined) return `set "${name}="`;
    return cannotStandInCmd.test(value) ? undefined : `set "${name}=${value}"`;
  },
};

/** Within single quotes fish reads a backslash before a backslash or a quote, and nothing else. */
function quoteFish(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
}

/** cmd has no escape for a quote or a percent sign that holds at the prompt and in a file alike; ! may be one too. */
const cannotStandInCmd = /["%!^]|[^ -~]/;
