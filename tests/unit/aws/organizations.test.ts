import { describe, expect, test } from 'vitest';
import { appErrorSchema, type AppErrorKind } from '../../../core/app-error';
import { partitions } from '../../../core/domain/partitions';
import type { OrganizationsApi } from '../../../main/aws/aws-api';
import { Clients } from '../../../main/aws/clients';
import { createAws } from '../../../main/aws/create-aws';
import type { SandboxResponse } from '../../../main/sandbox/http';
import { ManualClock } from '../../support/manual-clock';
import { errorOf, fixed, sandboxEnvironment, practice, valueOf } from '../../support/practice';

const credentials = fixed({ accessKeyId: 'AKIAABCDEFGHIJKLMNOP', secretAccessKey: 's'.repeat(40) });
const asked = { email: 'ops+one@example.com', name: 'One', roleName: 'Entrance', tags: [] };

/** The real SDK client against answers written down; how often it was asked. */
function answering(status: number, body: object): { readonly api: OrganizationsApi; readonly attempts: () => number } {
  const clock = new ManualClock();
  let attempts = 0;
  const response: SandboxResponse = {
    status,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      date: new Date(clock.now()).toUTCString(),
      'x-amzn-requestid': '11111111-2222-4333-a444-555555555555',
    },
    body: JSON.stringify(body),
  };
  const handle = (): Promise<SandboxResponse> => {
    attempts += 1;
    return Promise.resolve(response);
  };
  const aws = createAws({ clock, version: '0.0.0', sandbox: { handle } });
  return { api: aws.organizations(sandboxEnvironment, credentials), attempts: () => attempts };
}

const refusing = (name: string, Message: string, Reason?: string): OrganizationsApi =>
  answering(400, { __type: name, Message, ...(Reason === undefined ? {} : { Reason }) }).api;

type Row = readonly [name: string, reason: string | undefined, kind: AppErrorKind, words: RegExp];

/** Every exception that the app's calls can meet (API reference), and the reasons that ask something of a person. */
const rows: readonly Row[] = [
  ['AWSOrganizationsNotInUseException', undefined, 'no-such-entity', /not part of an organization/],
  ['AlreadyInOrganizationException', undefined, 'already-exists', /part of an organization already/],
  [
    'AccessDeniedForDependencyException',
    'ACCESS_DENIED_DURING_CREATE_SERVICE_LINKED_ROLE',
    'access-denied',
    /iam:CreateServiceLinkedRole/,
  ],
  ['FinalizingOrganizationException', undefined, 'not-possible', /up to an hour/],
  ['TooManyRequestsException', undefined, 'throttled', /too often/],
  ['ConcurrentModificationException', undefined, 'aws-other', /at this moment/],
  ['PolicyChangesInProgressException', undefined, 'aws-other', /carrying out a change/],
  ['ConstraintViolationException', 'ACCOUNT_NUMBER_LIMIT_EXCEEDED', 'quota-exceeded', /Service Quotas/],
  ['ConstraintViolationException', 'ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED', 'quota-exceeded', /today/],
  ['ConstraintViolationException', 'MASTER_ACCOUNT_MISSING_CONTACT_INFO', 'not-possible', /address or phone/],
  ['ConstraintViolationException', 'MASTER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED', 'not-possible', /means of payment/],
  ['ConstraintViolationException', 'WAIT_PERIOD_ACTIVE', 'not-possible', /up to seven days/],
  ['ConstraintViolationException', 'MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED', 'not-possible', /stand alone/],
  ['ConstraintViolationException', 'CLOSE_ACCOUNT_QUOTA_EXCEEDED', 'quota-exceeded', /last 30 days/],
  ['ConstraintViolationException', 'CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED', 'quota-exceeded', /at this moment/],
  ['ConstraintViolationException', 'CANNOT_CLOSE_MANAGEMENT_ACCOUNT', 'not-possible', /management account/],
  ['ConstraintViolationException', 'ORGANIZATION_NOT_IN_ALL_FEATURES_MODE', 'not-possible', /all features/],
  ['ConstraintViolationException', 'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED', 'quota-exceeded', /Detach one/],
  ['ConstraintViolationException', 'MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED', 'not-possible', /last policy/],
  ['ConstraintViolationException', 'POLICY_CONTENT_LIMIT_EXCEEDED', 'policy-too-large', /too long/],
  ['ConstraintViolationException', 'OU_DEPTH_LIMIT_EXCEEDED', 'not-possible', /five deep/],
  ['ConstraintViolationException', 'SOMETHING_NEW', 'not-possible', /detail below/],
  ['InvalidInputException', 'INVALID_PATTERN', 'validation-refused', /did not accept/],
  ['MalformedPolicyDocumentException', undefined, 'malformed-policy', /policy document/],
  ['AccountNotFoundException', undefined, 'no-such-entity', /no such account/],
  ['CreateAccountStatusNotFoundException', undefined, 'no-such-entity', /request for an account/],
  ['ParentNotFoundException', undefined, 'no-such-entity', /root or organizational unit/],
  ['SourceParentNotFoundException', undefined, 'no-such-entity', /move the account from/],
  ['DestinationParentNotFoundException', undefined, 'no-such-entity', /move the account to/],
  ['ChildNotFoundException', undefined, 'no-such-entity', /no such account or/],
  ['TargetNotFoundException', undefined, 'no-such-entity', /no such root/],
  ['RootNotFoundException', undefined, 'no-such-entity', /no such root/],
  ['PolicyNotFoundException', undefined, 'no-such-entity', /no such policy/],
  ['PolicyNotAttachedException', undefined, 'no-such-entity', /at this place/],
  ['OrganizationalUnitNotFoundException', undefined, 'no-such-entity', /organizational unit/],
  ['DuplicateAccountException', undefined, 'already-exists', /there already/],
  ['DuplicateOrganizationalUnitException', undefined, 'already-exists', /another name/],
  ['DuplicatePolicyException', undefined, 'already-exists', /another name/],
  ['DuplicatePolicyAttachmentException', undefined, 'already-exists', /attached there already/],
  ['PolicyTypeAlreadyEnabledException', undefined, 'already-exists', /switched on already/],
  ['PolicyTypeNotEnabledException', undefined, 'not-possible', /switched off/],
  ['PolicyTypeNotAvailableForOrganizationException', undefined, 'not-possible', /all features/],
  ['OrganizationNotEmptyException', undefined, 'delete-conflict', /still has accounts/],
  ['OrganizationalUnitNotEmptyException', undefined, 'delete-conflict', /not empty/],
  ['PolicyInUseException', undefined, 'delete-conflict', /still attached/],
  ['AccountAlreadyClosedException', undefined, 'already-exists', /closed already/],
  ['ConflictException', undefined, 'not-possible', /going on there now/],
  ['MasterCannotLeaveOrganizationException', undefined, 'not-possible', /own organization/],
  ['UnsupportedAPIEndpointException', undefined, 'not-possible', /does not offer/],
  ['ServiceException', undefined, 'aws-other', /ServiceException/],
];

describe('refusals of Organizations in words', () => {
  test.each(rows)('%s %s', async (name, reason, kind, words) => {
    const error = await errorOf(refusing(name, 'As AWS says.', reason).createAccount(asked));
    expect(appErrorSchema.parse(error)).toEqual(error);
    expect(error).toMatchObject({ kind, code: name, detail: 'As AWS says.', httpStatus: 400 });
    expect(error.reason).toBe(reason);
    expect(`${error.message} ${error.whatToDo}`).toMatch(words);
    expect(error.whatDidNotChange).toBe('AWS refused before doing anything: nothing was changed.');
  });

  test('who is not the management account is sent to it, who lacks a right is told which', async () => {
    const member = refusing('AccessDeniedException', "You don't have permissions to access this resource.");
    expect(await errorOf(member.listAccounts())).toMatchObject({
      kind: 'access-denied',
      message: 'Only the organization’s management account may do this.',
      remedies: [{ kind: 'choose-source' }],
    });
    const { aws, sandbox } = practice();
    const deployer = aws.organizations(sandboxEnvironment, fixed(sandbox.identities.deployer));
    expect(await errorOf(deployer.createOrganization())).toMatchObject({
      kind: 'access-denied',
      message: 'The caller has no policy that allows organizations:CreateOrganization.',
    });
  });
});

describe('an account is asked for once', () => {
  test('also when AWS is in trouble, and then nobody is told to try again', async () => {
    const broken = answering(500, { __type: 'ServiceException', Message: 'Broken.' });
    const error = await errorOf(broken.api.createAccount(asked));
    expect(broken.attempts()).toBe(1);
    expect(error).toMatchObject({
      kind: 'aws-other',
      retryable: false,
      remedies: [],
      whatDidNotChange: 'It is not certain whether AWS still carries it out.',
    });
    expect(error.whatToDo).toMatch(/list of requests/);
  });

  test('and when its answer is lost', async () => {
    const { aws, sandbox } = practice({ trouble: { accountCreationMs: 0 } });
    const api = aws.organizations(sandboxEnvironment, fixed(sandbox.identities.management));
    await valueOf(api.createOrganization());
    sandbox.setTrouble({ tornAnswers: 1 });
    const error = await errorOf(api.createAccount(asked));
    expect(error).toMatchObject({ retryable: false, remedies: [] });
    expect(error.whatDidNotChange).toBe('It is not certain whether AWS still carries it out.');
    sandbox.setTrouble({ tornAnswers: 0 });
    // It was carried out, and only once.
    expect(await valueOf(api.listAccountRequests(['IN_PROGRESS', 'SUCCEEDED']))).toHaveLength(1);
  });

  test('while other calls are tried three times', async () => {
    const broken = answering(500, { __type: 'ServiceException', Message: 'Broken.' });
    expect((await errorOf(broken.api.listAccounts())).retryable).toBe(true);
    expect(broken.attempts()).toBe(3);
  });

  test('and not at all with what AWS would refuse', async () => {
    const { api, attempts } = answering(200, {});
    for (const wrong of [
      { email: 'a@b' },
      { email: 'no-at.example.com' },
      { email: 'two@at@example.com' },
      { email: '.dot@example.com' },
      { email: 'ümlaut@example.com' },
      { email: `${'x'.repeat(60)}@example.com` },
      { name: '' },
      { name: 'x'.repeat(51) },
      { name: 'Größe' },
      { roleName: 'two words' },
      { roleName: 'AWSServiceRoleForMe' },
      {
        tags: [
          { key: 'a', value: '1' },
          { key: 'a', value: '2' },
        ],
      },
    ]) {
      const error = await errorOf(api.createAccount({ ...asked, ...wrong }));
      expect(error).toMatchObject({ kind: 'invalid-input', field: Object.keys(wrong)[0] });
    }
    expect(attempts()).toBe(0);
  });
});

describe('where Organizations is', () => {
  test('in the one region of each partition, wherever the app works', async () => {
    const clients = new Clients({ clock: new ManualClock(), version: '0.0.0' });
    const signing = new Map<string, unknown>();
    for (const { defaultRegion, id } of partitions) {
      const environment = { kind: 'aws', partition: id, region: defaultRegion } as const;
      const client = await clients.organizations(environment, credentials);
      const { endpointProvider, region } = client.config;
      const { properties, url } = endpointProvider({ Region: await region(), UseFIPS: false, UseDualStack: false });
      const [scheme] = (properties?.['authSchemes'] ?? []) as readonly { readonly signingRegion?: string }[];
      signing.set(id, [url.hostname, scheme?.signingRegion ?? defaultRegion]);
    }
    expect(signing.get('aws')).toEqual(['organizations.us-east-1.amazonaws.com', 'us-east-1']);
    expect(signing.get('aws-us-gov')).toEqual(['organizations.us-gov-west-1.amazonaws.com', 'us-gov-west-1']);
    expect(signing.get('aws-cn')).toEqual(['organizations.cn-northwest-1.amazonaws.com.cn', 'cn-northwest-1']);
    const abroad = await clients.organizations({ kind: 'aws', partition: 'aws', region: 'eu-west-1' }, credentials);
    const { properties, url } = abroad.config.endpointProvider({
      Region: await abroad.config.region(),
      UseFIPS: false,
      UseDualStack: false,
    });
    expect(url.hostname).toBe('organizations.us-east-1.amazonaws.com');
    expect(properties).toMatchObject({ authSchemes: [{ signingRegion: 'us-east-1' }] });
  });
});
