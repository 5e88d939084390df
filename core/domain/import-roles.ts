import { z } from '../zod';
import { parseRoleArn } from './arn';
import { readConfig, type ConfigSection } from './aws-config';
import { clip } from '../clip';
import { externalIdSchema, regionSchema } from './limits';
import { mfaDeviceSchema } from './mfa-device';

export const importFormats = ['aws-config', 'leapp'] as const;
export type ImportFormat = (typeof importFormats)[number];

/** Roles read out of one file at most. */
export const mostImported = 2000;

/** A role that another tool knows how to enter. Holds no secret: an external ID is none to AWS (aws-reference §2). */
export const foundRoleSchema = z.strictObject({
  /** what the other tool calls it */
  name: z.string().min(1).max(128),
  roleArn: z.string().max(2048),
  externalId: externalIdSchema.optional(),
  region: regionSchema.optional(),
  mfaSerial: z.string().max(256).optional(),
  /** seconds asked for there; the role allows at least that */
  durationSeconds: z.int().min(900).max(43_200).optional(),
  /** the profile or session that it is entered from */
  parent: z.string().max(128).optional(),
  /** what it asks for that Sallyport does otherwise */
  note: z.string().max(300).optional(),
  /** why it cannot be imported */
  problem: z.string().max(300).optional(),
});
export type FoundRole = Readonly<z.infer<typeof foundRoleSchema>>;

export type FoundRoles = {
  readonly format: ImportFormat;
  readonly roles: readonly FoundRole[];
  /** entries that are no roles, such as profiles with a key of their own */
  readonly others: number;
};

/** Why a text has no roles to read, in words for a person. */
export type Unreadable = { readonly problem: string; readonly whatToDo: string };

const openKeys = new Set([
  'role_arn',
  'external_id',
  'source_profile',
  'credential_source',
  'mfa_serial',
  'duration_seconds',
  'region',
  'include_profile',
  'parent_profile',
]);

/** What one of aws-vault's profiles takes over from the one it includes: all but what makes it a role of its own. */
const included = ['source_profile', 'mfa_serial', 'duration_seconds', 'region', 'external_id', 'mfa_process'] as const;

/** Reads what another tool wrote. The text may be anything (S-12, S-28): it is bounded by who calls. */
export function readForeignRoles(text: string): FoundRoles | Unreadable {
  const start = text.trimStart();
  // what crypto-js makes of a pass phrase begins with "Salted__" in base 64
  if (start.startsWith('U2FsdGVkX1')) return encrypted;
  if (text.includes('\u0000')) return neither;
  if (start.startsWith('{')) return readLeapp(start);
  const sections = readConfig(text, 'config', openKeys);
  return sections.size === 0 && start !== '' ? neither : fromConfig(sections);
}

function fromConfig(sections: ReadonlyMap<string, ConfigSection>): FoundRoles {
  const roles: FoundRole[] = [];
  for (const [name, section] of sections) {
    if (!section.has('role_arn') || roles.length >= mostImported) continue;
    const value = (key: string): string | undefined => {
      const text = valueOf(sections, name, key);
      return text === undefined || text === '' ? undefined : text;
    };
    const externalId = value('external_id');
    const parent = value('source_profile');
    const duration = Number(value('duration_seconds'));
    const region = value('region');
    const mfaSerial = value('mfa_serial');
    const problem =
      problemOf(section.get('role_arn') ?? '', externalId) ??
      (section.has('web_identity_token_file')
        ? 'It is entered with a web identity token, not by somebody.'
        : undefined);
    roles.push(
      found(name, section.get('role_arn') ?? '', {
        externalId,
        problem,
        region: regionSchema.safeParse(region).success ? region : undefined,
        mfaSerial: mfaDeviceSchema.safeParse(mfaSerial).success ? mfaSerial : undefined,
        durationSeconds: Number.isInteger(duration) && duration >= 900 && duration <= 43_200 ? duration : undefined,
        parent: parent === undefined || parent === name ? undefined : clip(parent, 128),
        note: noteOf(sections, name, parent),
      }),
    );
  }
  return { format: 'aws-config', roles, others: sections.size - roles.length };
}

/** A profile's own value, else that of the profile which it includes, as aws-vault reads them. */
function valueOf(sections: ReadonlyMap<string, ConfigSection>, name: string, key: string): string | undefined {
  const seen = new Set<string>();
  let current: string | undefined = name;
  while (current !== undefined && !seen.has(current)) {
    seen.add(current);
    const section = sections.get(current);
    const value = section?.get(key);
    if (value !== undefined) return value;
    if (!(included as readonly string[]).includes(key)) return undefined;
    // its name until aws-vault 5
    current = section?.get('include_profile') ?? section?.get('parent_profile');
  }
  return undefined;
}

function noteOf(
  sections: ReadonlyMap<string, ConfigSection>,
  name: string,
  parent: string | undefined,
): string | undefined {
  if (valueOf(sections, name, 'mfa_process') !== undefined) {
    return 'aws-vault gets its MFA code from a program. Sallyport runs none: it asks you for the code.';
  }
  const section = parent === undefined ? undefined : sections.get(parent);
  const keys = ['aws_access_key_id', 'role_arn', 'sso_session', 'sso_start_url', 'credential_process', 'login_session'];
  if (parent !== undefined && !keys.some((key) => section?.has(key))) {
    return `The key of “${clip(parent, 60)}” is not in this file. aws-vault keeps such keys in its own keychain, where they stay.`;
  }
  return undefined;
}

const leappSchema = z.object({
  _sessions: z
    .array(
      z.object({
        sessionId: z.string().max(128).optional(),
        sessionName: z.string().max(1000),
        type: z.string().max(64),
        region: z.string().max(64).optional(),
        roleArn: z.string().max(4096).optional(),
        parentSessionId: z.string().max(128).optional(),
      }),
    )
    .max(20_000),
});

/** Leapp's workspace (`Workspace` and `Session` of its core), where it is not encrypted. */
function readLeapp(text: string): FoundRoles | Unreadable {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return neither;
  }
  const workspace = leappSchema.safeParse(json);
  if (!workspace.success) return neither;
  const sessions = workspace.data._sessions;
  const roles: FoundRole[] = [];
  for (const { parentSessionId, region, roleArn, sessionName, type } of sessions) {
    if (roleArn === undefined || roles.length >= mostImported) continue;
    const parent = sessions.find(({ sessionId }) => sessionId !== undefined && sessionId === parentSessionId);
    roles.push(
      found(sessionName, roleArn, {
        problem: leappProblems[type] ?? problemOf(roleArn, undefined),
        region: regionSchema.safeParse(region).success ? region : undefined,
        parent: parent === undefined ? undefined : clip(parent.sessionName, 128),
      }),
    );
  }
  return { format: 'leapp', roles, others: sessions.length - roles.length };
}

/** Leapp's kinds of session that are entered in a way of their own; of the rest the role says enough. */
const leappProblems: Readonly<Record<string, string>> = {
  awsIamRoleFederated: 'It is entered by SAML, which Sallyport does not speak.',
  awsSsoRole: 'It is a role of IAM Identity Center. Add it in the settings, as a source identity.',
};

function problemOf(roleArn: string, externalId: string | undefined): string | undefined {
  const role = parseRoleArn(roleArn);
  if (role === undefined) return 'Its role is not written as a role’s ARN.';
  if (role.path.startsWith('/aws-service-role/'))
    return 'Its role belongs to an AWS service, which alone may enter it.';
  if (role.path.startsWith('/aws-reserved/sso.amazonaws.com/'))
    return 'Its role belongs to IAM Identity Center. Add it in the settings, as a source identity.';
  if (externalId !== undefined && !externalIdSchema.safeParse(externalId).success)
    return 'Its external ID has characters or a length that AWS does not take.';
  return undefined;
}

type Rest = { readonly [Key in keyof Omit<FoundRole, 'name' | 'roleArn'>]: FoundRole[Key] | undefined };

/** Without what is not known, and without an external ID that nobody could use. */
function found(name: string, roleArn: string, rest: Rest): FoundRole {
  const known = Object.entries(rest).filter(
    ([key, value]) => value !== undefined && (key !== 'externalId' || externalIdSchema.safeParse(value).success),
  );
  const visible = name.replaceAll(/[\u0000-\u001f\u007f\u200b-\u200f\u2028-\u202e]/g, ' ').trim();
  return {
    name: clip(visible === '' ? roleArn : visible, 128),
    roleArn: clip(roleArn, 2048),
    ...Object.fromEntries(known),
  };
}

const encrypted: Unreadable = {
  problem: 'This is Leapp’s workspace, which Leapp keeps encrypted for this computer.',
  whatToDo:
    'Copy the ARN of each role out of Leapp, and connect it as an existing role. Or import the AWS config file that you had before.',
};

const neither: Unreadable = {
  problem: 'This is neither an AWS config file nor Leapp’s workspace.',
  whatToDo: 'Choose ~/.aws/config, the config file of aws-vault, or ~/.Leapp/Leapp-lock.json.',
};
