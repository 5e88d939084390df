/** Why moto’s answer is not AWS’s, with where AWS says so, and what ours must look like all the same. */
export type Reason = { readonly why: string; readonly ours: RegExp };

/**
 * “Model” is the API’s `service-2.json` in botocore, “CLI” the AWS CLI Command Reference, whose examples show whole
 * answers.
 */
const because = (why: string, ours: RegExp): Reason => ({ why, ours });
const absent = /^absent$/;

export const reasons = {
  uniqueId: because(
    'moto’s ID has no prefix. IAM User Guide, “IAM identifiers”: AIDA, AGPA, AIPA, ANPA.',
    /^"A(?:IDA|GPA|IPA|NPA)…" of 21$/,
  ),
  uniqueIdOrBeyondPage: because(
    'moto’s ID has no prefix, and moto gives all at once (as uniqueId and beyondPage).',
    /^(?:"AIDA…" of 21|absent)$/,
  ),
  notTruncated: because(
    'moto leaves it out here. Model, IsTruncated, as in every list; CLI, list-policy-versions.',
    /^false$/,
  ),
  truncated: because('moto gives all at once. Model, MaxItems: the most that one answer may have.', /^true$/),
  marker: because('moto gives all at once. Model, Marker: there when IsTruncated is true.', /^opaque$/),
  beyondPage: because('moto gives all at once. Model, MaxItems: the most that one answer may have.', absent),
  notAsked: because(
    'moto gave all at once: there is no second page to ask for.',
    /"UserName":"ben".*"IsTruncated":false/,
  ),
  lastPage: because(
    'moto ends with a page that is empty. Model, IsTruncated: whether there is more.',
    /^(?:false|absent)$/,
  ),
  tagOrder: because(
    'moto keeps the order of tagging. Model, ListUserTags: sorted by key.',
    /^(?:"City"|"Bergen"|"Team"|"one"|absent)$/,
  ),
  versionOrder: because(
    'moto lists the oldest first. CLI, list-policy-versions: the newest.',
    /^(?:"v[13]"|false|true)$/,
  ),
  versionDocument: because(
    'moto tells it. Model, PolicyVersion: not of CreatePolicyVersion and ListPolicyVersions.',
    absent,
  ),
  notEncoded: because(
    'moto does not encode it here. Model, GetRole, GetPolicyVersion: URL-encoded (RFC 3986).',
    /^"%7B%22Version%22[^{}*]+%7D"$/,
  ),
  boundaryType: because('moto follows the model’s enumeration; AWS answers Policy. CLI, create-user.', /^"Policy"$/),
  emptyLastUsed: because(
    'moto has it, empty. Model, ListRoles: not in lists; CLI, create-role: not in the answer.',
    absent,
  ),
  emptyTags: because('moto has them, empty. Model, ListRoles: no tags in lists; CLI, create-instance-profile.', absent),
  usageCount: because('moto leaves it out. Model, Policy; CLI, create-policy.', /^0$/),
  secretInList: because('moto tells a secret in a list. CLI, list-virtual-mfa-devices: serial numbers.', absent),
  qrCode: because('Here moto is right: AWS sends a picture of the seed, and the sandbox does not offer one.', absent),
  passwordPresent: because('moto leaves it out. Model, summaryKeyType.', /^"number"$/),
  whoAsks: because(
    'Two different callers: a user of the sandbox, and what moto makes of any key.',
    /^"(?:AIDA…" of 21$|arn:aws:iam::<account>:user\/)/,
  ),
  ownerData: because(
    'Not a shape: each server’s own name and address of the management account.',
    /^"(?:Practice management|[^"@]+@example\.com)"$/,
  ),
  tokenSize: because('moto does not know it yet. client-sts of the SDK, AssumeRoleResponse.', /^[0-9]+$/),
  packedSize: because(
    'moto sends it without any. Model, PackedPolicySize: of the policies and tags in the request.',
    absent,
  ),
  temporaryKey: because(
    'moto gives AKIA. IAM User Guide, “IAM identifiers”: ASIA for temporary keys.',
    /^"ASIA…" of 20$/,
  ),
  secretLength: because('moto’s has 41 here and 40 in AssumeRole. CLI, get-session-token: 40.', /^secret of 40$/),
  notAtOnce: because(
    'moto makes the account at once. Model, CreateAccount: asynchronous.',
    /^(?:"IN_PROGRESS"|absent)$/,
  ),
  managementRequest: because(
    'moto counts the management account among those asked for. Model, ListCreateAccountStatus.',
    /^(?:"Shapes"|absent)$/,
  ),
  paths: because(
    'moto does not know it yet. Model, Account and OrganizationalUnit.',
    /^"o-…\/r-…\/(?:<account>|ou-…)\/"$/,
  ),
  invited: because(
    'moto says CREATED. CLI, organizations list-accounts: INVITED for the management account.',
    /^"INVITED"$/,
  ),
  policyTypes: because(
    'moto enables none. Model, CreateOrganization: all features enable service control policies.',
    /^(?:"SERVICE_CONTROL_POLICY"|"ENABLED"|absent)$/,
  ),
  otherError: because(
    'moto names another. Model, DescribeCreateAccountStatus, errors.',
    /^"CreateAccountStatusNotFoundException"$/,
  ),
} as const satisfies Readonly<Record<string, Reason>>;

/** moto does what AWS refuses: the model has the error in the operation’s list, or the limit in its input. */
export const acceptedBy = (name: string, status: number): Reason =>
  because(
    'moto does it. Model, the operation’s errors and its input’s limits.',
    new RegExp(`^\\{"refusal":\\{"name":"${name}","status":${String(status)}\\}\\}$`),
  );
