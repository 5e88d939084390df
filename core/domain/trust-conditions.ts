import { z } from '../zod';
import { parseArn } from './arn';
import { isAddressRange } from './policy-ip';

/** An organization's ID [model:org, OrganizationId]. */
export const organizationIdSchema = z
  .string()
  .regex(/^o-[a-z0-9]{10,32}$/, 'An organization’s ID looks like o-a1b2c3d4e5, in small letters.');

/** One address or a range, of version 4 or 6, as the operator IpAddress takes it. */
export const addressRangeSchema = z
  .string()
  .max(49)
  .refine(isAddressRange, 'An address range looks like 203.0.113.0/24 or 2001:db8::/32.');

/** Who calls when a service uses the role: `ec2.amazonaws.com`. */
export const serviceNameSchema = z
  .string()
  .max(128)
  .regex(
    /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/,
    'An AWS service is named as in lambda.amazonaws.com.',
  );

/** What is asked of whoever comes from the trusted account, besides the external ID. */
export const trustConditionsSchema = z.strictObject({
  /** a code of an MFA device with the call, or credentials that were got with one */
  mfa: z.boolean(),
  /** any one of them */
  organizationIds: z.array(organizationIdSchema).max(5, 'Five organizations at most.'),
  /** identities of the trusted account that may enter besides the one that the app calls as */
  principalArns: z.array(z.string().max(2048)).max(10, 'Ten identities at most.'),
  /** any one of them */
  sourceRanges: z.array(addressRangeSchema).max(20, 'Twenty ranges at most.'),
});
export type TrustConditions = Readonly<z.infer<typeof trustConditionsSchema>>;

/** AWS services that may take on the role as well. */
export const trustedServicesSchema = z.strictObject({
  names: z.array(serviceNameSchema).min(1).max(10, 'Ten services at most.'),
  /** only on behalf of the account that owns the role: `aws:SourceAccount`, where the service sends it */
  onlyThisAccount: z.boolean(),
});

export const noConditions: TrustConditions = {
  mfa: false,
  organizationIds: [],
  principalArns: [],
  sourceRanges: [],
};

export function asksNothing({ mfa, organizationIds, principalArns, sourceRanges }: TrustConditions): boolean {
  return !mfa && organizationIds.length + principalArns.length + sourceRanges.length === 0;
}

/**
 * The role that Identity Center makes of a permission set. Its path has the Region, but not where that is us-east-1, and
 * its last part is another one after each new assignment, so both may be `*` (IAM Identity Center User Guide,
 * "Referencing permission sets in resource policies"). Nobody but AWS can make roles below `aws-reserved`.
 */
const permissionSetRole =
  /^role\/aws-reserved\/sso\.amazonaws\.com\/(?:(?:[a-z]{2,5}(?:-[a-z]+)+-\d|\*)\/)?AWSReservedSSO_[\w+=,.@-]{1,32}_(?:[0-9a-f]{16}|\*)$/;
const userOrRole = /^(?:user|role)\/(?:[\x21-\x29\x2b-\x2e\x30-\x3e\x40-\x7e]+\/)*[\w+=,.@-]{1,64}$/;

/**
 * What is wrong with an ARN that is to be let in; undefined for one user or one role of the trusted account.
 * SECURITY(S-22): `aws:PrincipalArn` understands wildcards and policy variables, so an ARN with them would let in more.
 */
export function wrongPrincipal(
  arn: string,
  trusted: { readonly accountId: string; readonly partition: string },
): string | undefined {
  const parsed = parseArn(arn);
  if (parsed === undefined || !/^[\x21-\x7e]+$/.test(arn)) {
    return 'This is not the ARN of a user or a role.';
  }
  if (parsed.partition !== trusted.partition) return 'It belongs to another part of AWS than the trusted account.';
  if (parsed.accountId !== trusted.accountId) return `It is not in the trusted account ${trusted.accountId}.`;
  if (parsed.service === 'sts') {
    return 'This is a session. Name the role itself, as in arn:aws:iam::…:role/deployer.';
  }
  if (parsed.service !== 'iam' || parsed.region !== '') return 'This is not the ARN of a user or a role.';
  if (permissionSetRole.test(parsed.resource)) return undefined;
  if (/[*?$"\\]/.test(arn)) {
    return 'Name one user or one role in full. * can stand only in a role of Identity Center, for its Region and its last part.';
  }
  return userOrRole.test(parsed.resource) ? undefined : 'This is not the ARN of a user or a role.';
}
