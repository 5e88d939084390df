import { describe, expect, test } from 'vitest';
import { appErrorSchema, type AppErrorKind } from '../../../core/app-error';
import type { Aws } from '../../../main/aws/aws-api';
import { createAws } from '../../../main/aws/create-aws';
import { ManualClock } from '../../support/manual-clock';
import { errorOf, fixed, sandboxEnvironment } from '../../support/practice';

const credentials = fixed({ accessKeyId: 'AKIAABCDEFGHIJKLMNOP', secretAccessKey: 's'.repeat(40) });
const assume = { roleArn: 'arn:aws:iam::222233334444:role/Deploy', sessionName: 'check', durationSeconds: 7200 };

/** The real SDK client against an answer written down from AWS. */
function answering(status: number, code: string, message: string): Aws {
  const clock = new ManualClock();
  const escaped = message.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped}</Message></Error><RequestId>11111111-2222-4333-a444-555555555555</RequestId></ErrorResponse>`;
  return createAws({
    clock,
    version: '0.0.0',
    sandbox: {
      handle: () =>
        Promise.resolve({
          status,
          headers: {
            'content-type': 'text/xml',
            date: new Date(clock.now()).toUTCString(),
            'x-amzn-requestid': '11111111-2222-4333-a444-555555555555',
          },
          body,
        }),
    },
  });
}

type Row = readonly [name: string, status: number, code: string, message: string, kind: AppErrorKind, words: RegExp];
const user = 'User: arn:aws:iam::111122223333:user/deployer';
const role = 'arn:aws:iam::222233334444:role/Deploy';
const denied = `${user} is not authorized to perform: sts:AssumeRole on resource: ${role}`;

/** Every row of aws-reference §3.3, and every wording of AccessDenied there. */
const rows: readonly Row[] = [
  ['denied without a reason', 403, 'AccessDenied', denied, 'access-denied', /does not say why/],
  [
    'denied by the caller’s side',
    403,
    'AccessDenied',
    `${denied} because no identity-based policy allows the sts:AssumeRole action`,
    'access-denied',
    /caller has no policy that allows sts:AssumeRole/,
  ],
  [
    'denied by an SCP',
    403,
    'AccessDenied',
    `${denied} with an explicit deny in a service control policy`,
    'access-denied',
    /service control policy of the organization/,
  ],
  [
    'denied by an RCP',
    403,
    'AccessDenied',
    `${denied} with an explicit deny in a resource control policy`,
    'access-denied',
    /resource control policy of the organization/,
  ],
  [
    'denied by a boundary',
    403,
    'AccessDenied',
    `${denied} with an explicit deny in a permissions boundary`,
    'access-denied',
    /permissions boundary forbids/,
  ],
  [
    'denied by a session policy',
    403,
    'AccessDenied',
    `${denied} with an explicit deny in a session policy`,
    'access-denied',
    /opened with a policy/,
  ],
  [
    'denied by the caller’s policy',
    403,
    'AccessDenied',
    `${denied} with an explicit deny in an identity-based policy`,
    'access-denied',
    /policy of the caller denies/,
  ],
  [
    'denied by an SCP, with its ARN',
    403,
    'AccessDenied',
    `${denied} with an explicit deny in a service control policy: arn:aws:organizations::333344445555:policy/o-abcdefghij/service_control_policy/p-abc`,
    'access-denied',
    /service control policy/,
  ],
  [
    'denied by an RCP that does not say so outright',
    403,
    'AccessDenied',
    `${denied} because no resource control policy allows the sts:AssumeRole action`,
    'access-denied',
    /resource control policy of the organization/,
  ],
  [
    'denied by a boundary that allows too little',
    403,
    'AccessDenied',
    `${denied} because no permissions boundary allows the sts:AssumeRole action`,
    'access-denied',
    /permissions boundary forbids/,
  ],
  [
    'denied by the caller’s policy, with an authorization id',
    403,
    'AccessDenied',
    `${denied} because no identity-based policy allows the sts:AssumeRole action. Authorization id: 0a1b2c3d. For details see https://us-east-1.console.aws.amazon.com/iam/home#/authorization-details/0a1b2c3d`,
    'access-denied',
    /caller has no policy that allows sts:AssumeRole/,
  ],
  [
    'a role named after MFA',
    403,
    'AccessDenied',
    `${user} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222233334444:role/mfa-deploy`,
    'access-denied',
    /does not say why/,
  ],
  [
    'denied by the trust',
    403,
    'AccessDenied',
    `${denied} because no role trust policy allows the sts:AssumeRole action`,
    'access-denied',
    /does not trust this caller/,
  ],
  [
    'tags',
    403,
    'AccessDenied',
    `${user} is not authorized to perform: sts:TagSession on resource: ${role}`,
    'access-denied',
    /Session tags/,
  ],
  [
    'source identity',
    403,
    'AccessDenied',
    `${user} is not authorized to perform: sts:SetSourceIdentity on resource: ${role}`,
    'access-denied',
    /source identity/,
  ],
  [
    'MFA',
    403,
    'AccessDenied',
    'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
    'access-denied',
    /MFA code/,
  ],
  [
    'no MFA code',
    403,
    'AccessDenied',
    'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
    'access-denied',
    /MFA code/,
  ],
  ['root', 403, 'AccessDenied', 'Roles may not be assumed by root accounts.', 'access-denied', /root user/],
  [
    'role maximum',
    400,
    'ValidationError',
    'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    'duration-too-long',
    /session of 120 minutes/,
  ],
  [
    'chaining',
    400,
    'ValidationError',
    'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    'duration-too-long',
    /one hour at most/,
  ],
  [
    'a field',
    400,
    'ValidationError',
    "1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    'validation-refused',
    /roleSessionName/,
  ],
  [
    'no policy',
    400,
    'MalformedPolicyDocument',
    'This policy contains invalid Json',
    'malformed-policy',
    /policy document/,
  ],
  [
    'unknown principal',
    400,
    'MalformedPolicyDocument',
    'Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:role/New"',
    'malformed-policy',
    /does not know \(yet\)/,
  ],
  [
    'too large',
    400,
    'PackedPolicyTooLarge',
    'Packed size of session tags consumes 110% of allotted space.',
    'policy-too-large',
    /too large/,
  ],
  [
    'region',
    403,
    'RegionDisabledException',
    'STS is not activated in this region for account:222233334444. Your account administrator can activate STS in this region using the IAM Console.',
    'region-disabled',
    /switched off in this region/,
  ],
  [
    'expired',
    403,
    'ExpiredToken',
    'The security token included in the request is expired',
    'credentials-expired',
    /have expired/,
  ],
  [
    'expired, web identity',
    400,
    'ExpiredTokenException',
    'The web identity token that was passed is expired',
    'credentials-expired',
    /have expired/,
  ],
  [
    'unknown key',
    403,
    'InvalidClientTokenId',
    'The security token included in the request is invalid.',
    'credentials-invalid',
    /does not know this access key/,
  ],
  [
    'wrong secret',
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided.',
    'signature-mismatch',
    /does not belong/,
  ],
  [
    'wrong clock',
    403,
    'SignatureDoesNotMatch',
    'Signature expired: 20261122T010512Z is now earlier than 20261122T011012Z (20261122T011512Z - 5 min.)',
    'clock-wrong',
    /clock differs/,
  ],
  ['throttled', 400, 'Throttling', 'Rate exceeded', 'throttled', /too often/],
  ['server trouble', 500, 'InternalFailure', 'The request processing has failed.', 'aws-other', /on its side/],
  ['never heard of', 418, 'Teapot', 'short and stout', 'aws-other', /Teapot/],
];

/** Of these alone it makes sense to try the same thing again. */
const mayPass = [
  'denied without a reason',
  'a role named after MFA',
  'unknown principal',
  'wrong clock',
  'throttled',
  'server trouble',
];

describe('every refusal of STS in words, through the real SDK', { timeout: 30_000 }, () => {
  test.each(rows)('%s', async (name, status, code, message, kind, words) => {
    const error = await errorOf(
      answering(status, code, message).sts(sandboxEnvironment, credentials).assumeRole(assume),
    );
    expect(appErrorSchema.parse(error)).toEqual(error);
    expect(error).toMatchObject({
      kind,
      httpStatus: status,
      requestId: '11111111-2222-4333-a444-555555555555',
      detail: message,
    });
    expect(error.code).toBe(code);
    expect(error.retryable).toBe(mayPass.includes(name));
    expect(error.message).toMatch(words);
    expect(error.whatDidNotChange).toBe('No session was opened, and nothing was changed.');
    expect(error.whatToDo).not.toBe('');
  });

  test('a duration that is too long can be set right with a button', async () => {
    const aws = answering(
      400,
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
    const error = await errorOf(aws.sts(sandboxEnvironment, credentials).assumeRole(assume));
    expect(error.remedies).toContainEqual({ kind: 'set-duration', seconds: 3600 });
  });
});

describe('every refusal of IAM in words, through the real SDK', { timeout: 30_000 }, () => {
  test.each([
    ['NoSuchEntity', 404, 'no-such-entity'],
    ['EntityAlreadyExists', 409, 'already-exists'],
    ['DeleteConflict', 409, 'delete-conflict'],
    ['LimitExceeded', 409, 'quota-exceeded'],
    ['UnmodifiableEntity', 400, 'unmodifiable'],
    ['MalformedPolicyDocument', 400, 'malformed-policy'],
    ['InvalidInput', 400, 'validation-refused'],
    ['ConcurrentModification', 409, 'aws-other'],
    ['ServiceFailure', 500, 'aws-other'],
  ] as const)('%s', async (code, status, kind) => {
    const error = await errorOf(
      answering(status, code, 'in AWS’s words').iam(sandboxEnvironment, credentials).deleteRole('Deploy'),
    );
    expect(error).toMatchObject({ kind, httpStatus: status, detail: 'in AWS’s words' });
    expect(error.code?.replace(/Exception$/, '')).toBe(code);
    expect(error.whatDidNotChange).toBe('AWS refused before doing anything: nothing was changed.');
  });

  test('a long text is cut to what may be shown', async () => {
    const error = await errorOf(
      answering(400, 'ValidationError', 'x'.repeat(9000)).iam(sandboxEnvironment, credentials).getRole('Deploy'),
    );
    expect(appErrorSchema.parse(error).detail).toHaveLength(4000);
  });
});
