import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { authorize, type Call } from '../call';
import { AwsRefusal, noSuchEntity } from '../http';
import { paginate } from '../parameters';
import type { UserRecord } from '../snapshot';
import { xmlTime, type XmlFields } from '../xml';
import { iamQuotas, userCredentialQuotas } from './iam-quotas';
import { alreadyExists, entityNameRule, findUser, limitExceeded, targetUserArn, userNameOrCaller } from './iam-shared';
import type { Operations } from './operation';

const passwordRule = {
  min: 1,
  max: 128,
  pattern: { test: /^[\t\n\r\u0020-\u00ff]+$/, shown: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+' },
};
const idRule = { min: 20, max: 128, pattern: { test: /^\w+$/, shown: '[\\w]+' } };

function authorizedUser(call: Call, action: string, name: string): UserRecord {
  authorize(call, `iam:${action}`, targetUserArn(call, name));
  return findUser(call, name);
}

const named = (call: Call): string => call.parameters.text('UserName', entityNameRule);

const noProfile = (user: UserRecord): AwsRefusal =>
  noSuchEntity(`Login Profile for User ${user.name} cannot be found.`);

/** What an account asks of passwords that set no policy of its own (IAM User Guide, "Default password policy"). */
function checkPassword(password: string): void {
  if (password.length < 8) throw violation('Password should have a minimum length of 8');
  const kinds = [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(password)).length;
  if (kinds < 3) {
    throw violation(
      'Password should have at least three of: uppercase letters, lowercase letters, numbers, and symbols',
    );
  }
}

const violation = (message: string): AwsRefusal => new AwsRefusal('PasswordPolicyViolation', message, 400);

function profileFields(user: UserRecord, profile: NonNullable<UserRecord['loginProfile']>): XmlFields {
  return {
    LoginProfile: {
      UserName: user.name,
      CreateDate: xmlTime(profile.createdAt),
      PasswordResetRequired: profile.mustReset,
    },
  };
}

const loginProfiles: Operations = {
  CreateLoginProfile: (call) => {
    const name = userNameOrCaller(call);
    const password = call.parameters.text('Password', passwordRule);
    const mustReset = call.parameters.optionalChoice('PasswordResetRequired', ['true', 'false']) === 'true';
    const user = authorizedUser(call, 'CreateLoginProfile', name);
    if (user.loginProfile !== undefined) throw alreadyExists(`Login Profile for user ${user.name} already exists.`);
    checkPassword(password);
    user.loginProfile = { createdAt: call.now, mustReset };
    return profileFields(user, user.loginProfile);
  },
  GetLoginProfile: (call) => {
    const user = authorizedUser(call, 'GetLoginProfile', userNameOrCaller(call));
    if (user.loginProfile === undefined) throw noProfile(user);
    return profileFields(user, user.loginProfile);
  },
  DeleteLoginProfile: (call) => {
    const user = authorizedUser(call, 'DeleteLoginProfile', userNameOrCaller(call));
    if (user.loginProfile === undefined) throw noProfile(user);
    delete user.loginProfile;
    return undefined;
  },
};

const certificates: Operations = {
  UploadSigningCertificate: (call) => {
    const body = call.parameters.text('CertificateBody', { min: 1, max: 16_384 });
    const user = authorizedUser(call, 'UploadSigningCertificate', userNameOrCaller(call));
    const has = user.signingCertificates ?? [];
    if (has.length >= iamQuotas.SigningCertificatesPerUserQuota)
      throw limitExceeded(
        `Cannot exceed quota for CertificatesPerUser: ${String(iamQuotas.SigningCertificatesPerUserQuota)}`,
      );
    try {
      new X509Certificate(body);
    } catch {
      throw new AwsRefusal('MalformedCertificate', 'The certificate is malformed.', 400);
    }
    if (has.some((one) => one.body === body))
      throw new AwsRefusal(
        'DuplicateCertificate',
        'The same certificate is associated with an IAM user in the account.',
        409,
      );
    const made = {
      id: call.secrets.identifier(`certificate:${call.state.newId('CERT')}`, 32),
      status: 'Active' as const,
      createdAt: call.now,
      body,
    };
    user.signingCertificates = [...has, made];
    return { Certificate: certificateFields(user, made) };
  },
  ListSigningCertificates: (call) => {
    const user = authorizedUser(call, 'ListSigningCertificates', userNameOrCaller(call));
    const page = paginate(call.parameters, user.signingCertificates ?? [], ({ id }) => id);
    return {
      IsTruncated: page.isTruncated,
      Marker: page.marker,
      Certificates: page.items.map((one) => certificateFields(user, one)),
    };
  },
  DeleteSigningCertificate: (call) => {
    const id = call.parameters.text('CertificateId', { ...idRule, min: 24 });
    const user = authorizedUser(call, 'DeleteSigningCertificate', userNameOrCaller(call));
    if (!(user.signingCertificates ?? []).some((one) => one.id === id))
      throw noSuchEntity(`The Certificate with id ${id} cannot be found.`);
    user.signingCertificates = (user.signingCertificates ?? []).filter((one) => one.id !== id);
    return undefined;
  },
};

function certificateFields(user: UserRecord, one: NonNullable<UserRecord['signingCertificates']>[number]): XmlFields {
  return {
    UserName: user.name,
    CertificateId: one.id,
    CertificateBody: one.body,
    Status: one.status,
    UploadDate: xmlTime(one.createdAt),
  };
}

/** `ssh-rsa AAAA…` or PEM, as IAM takes it. */
function isPublicKey(body: string): boolean {
  const [, encoded] = /^ssh-(?:rsa|ed25519) ([A-Za-z0-9+/=]{60,})/.exec(body.trim()) ?? [];
  if (encoded !== undefined) return Buffer.from(encoded, 'base64').subarray(4, 8).toString('latin1') === 'ssh-';
  try {
    createPublicKey(body);
    return true;
  } catch {
    return false;
  }
}

const sshKeys: Operations = {
  UploadSSHPublicKey: (call) => {
    const name = named(call);
    const body = call.parameters.text('SSHPublicKeyBody', { min: 1, max: 16_384 });
    const user = authorizedUser(call, 'UploadSSHPublicKey', name);
    const has = user.sshPublicKeys ?? [];
    if (has.length >= userCredentialQuotas.sshPublicKeys)
      throw limitExceeded(
        `Cannot exceed quota for SSHPublicKeysPerUser: ${String(userCredentialQuotas.sshPublicKeys)}`,
      );
    if (!isPublicKey(body))
      throw new AwsRefusal('InvalidPublicKey', 'The public key is malformed or otherwise invalid.', 400);
    if (has.some((one) => one.body === body))
      throw new AwsRefusal('DuplicateSSHPublicKey', 'The SSH public key is already associated with the user.', 400);
    const made = { id: call.state.newId('APKA'), status: 'Active' as const, createdAt: call.now, body };
    user.sshPublicKeys = [...has, made];
    return {
      SSHPublicKey: {
        UserName: user.name,
        SSHPublicKeyId: made.id,
        Fingerprint: (createHash('md5').update(body).digest('hex').match(/../g) ?? []).join(':'),
        SSHPublicKeyBody: body,
        Status: made.status,
        UploadDate: xmlTime(made.createdAt),
      },
    };
  },
  ListSSHPublicKeys: (call) => {
    const user = authorizedUser(call, 'ListSSHPublicKeys', userNameOrCaller(call));
    const page = paginate(call.parameters, user.sshPublicKeys ?? [], ({ id }) => id);
    return {
      IsTruncated: page.isTruncated,
      Marker: page.marker,
      SSHPublicKeys: page.items.map((one) => ({
        UserName: user.name,
        SSHPublicKeyId: one.id,
        Status: one.status,
        UploadDate: xmlTime(one.createdAt),
      })),
    };
  },
  DeleteSSHPublicKey: (call) => {
    const name = named(call);
    const id = call.parameters.text('SSHPublicKeyId', idRule);
    const user = authorizedUser(call, 'DeleteSSHPublicKey', name);
    if (!(user.sshPublicKeys ?? []).some((one) => one.id === id))
      throw noSuchEntity(`The SSH Public Key with id ${id} cannot be found.`);
    user.sshPublicKeys = (user.sshPublicKeys ?? []).filter((one) => one.id !== id);
    return undefined;
  },
};

/** Those with a password of their own (IAM User Guide, CodeCommit and Amazon Keyspaces). */
const services = ['codecommit.amazonaws.com', 'cassandra.amazonaws.com'] as const;

const serviceCredentials: Operations = {
  CreateServiceSpecificCredential: (call) => {
    const name = named(call);
    const service = call.parameters.text('ServiceName');
    const user = authorizedUser(call, 'CreateServiceSpecificCredential', name);
    if (!services.some((one) => one === service))
      throw new AwsRefusal(
        'NotSupportedService',
        `Service ${service} does not support service specific credentials.`,
        404,
      );
    const has = user.serviceCredentials ?? [];
    const quota = userCredentialQuotas.serviceCredentialsPerService;
    if (has.filter((one) => one.service === service).length >= quota)
      throw limitExceeded(`Cannot exceed quota for ServiceSpecificCredentialsPerUser: ${String(quota)}`);
    const made = { id: call.state.newId('ACCA'), status: 'Active' as const, createdAt: call.now, service };
    user.serviceCredentials = [...has, made];
    return {
      ServiceSpecificCredential: {
        ...serviceFields(call, user, made),
        // In this answer and in no later one.
        ServicePassword: call.secrets.secretAccessKey(made.id),
      },
    };
  },
  ListServiceSpecificCredentials: (call) => {
    const user = authorizedUser(call, 'ListServiceSpecificCredentials', userNameOrCaller(call));
    return {
      ServiceSpecificCredentials: (user.serviceCredentials ?? []).map((one) => serviceFields(call, user, one)),
      IsTruncated: false,
    };
  },
  DeleteServiceSpecificCredential: (call) => {
    const id = call.parameters.text('ServiceSpecificCredentialId', idRule);
    const user = authorizedUser(call, 'DeleteServiceSpecificCredential', userNameOrCaller(call));
    if (!(user.serviceCredentials ?? []).some((one) => one.id === id))
      throw noSuchEntity(`Service Specific Credential ${id} was not found.`);
    user.serviceCredentials = (user.serviceCredentials ?? []).filter((one) => one.id !== id);
    return undefined;
  },
};

function serviceFields(
  call: Call,
  user: UserRecord,
  one: NonNullable<UserRecord['serviceCredentials']>[number],
): XmlFields {
  return {
    UserName: user.name,
    Status: one.status,
    ServiceUserName: `${user.name}-at-${call.caller.account.id}`,
    CreateDate: xmlTime(one.createdAt),
    ServiceSpecificCredentialId: one.id,
    ServiceName: one.service,
  };
}

/** What hangs on a user besides access keys and devices: the console's password, certificates, SSH keys, passwords of services. */
export const iamUserCredentialOperations: Operations = {
  ...loginProfiles,
  ...certificates,
  ...sshKeys,
  ...serviceCredentials,
};
