import fc from 'fast-check';
import { planSchema, type Plan } from '../../../core/domain/plan';
import { policyText } from '../../../core/domain/resource-steps';

/** What a shell, a template language or a parser might read as something else. */
const oddities = [
  ...Array.from('\'"\\`$!%{}()[]<>|&;*?~#=@^\n\r\t ’‘‚“”…'),
  '${aws:username}',
  '$(touch broken-out)',
  '`touch broken-out`',
  '%{ if true }',
  '$${x}',
  '$$${x}',
  '%%{x}',
  "'@\n",
  '@"\n',
  '\nEOT\n',
  '\nEOT_\n',
  '\nEOF\n',
  '{{x}}',
  'file:///etc/passwd',
  '<%= 1 %>',
  '!Ref x',
  '- a: &b *b',
  '\u2028',
  '\ufeff',
  'é漢😀',
  "'; touch broken-out; '",
  '"; touch broken-out; "',
  "'); touch broken-out; ('",
];

/** Texts that are whole and normalised, as AWS takes them; Terraform normalises what is not. */
export const hostileText = (maxLength = 200): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(fc.constantFrom(...oddities), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 12 })
    .map((parts) => parts.join('').replaceAll('\0', '').normalize('NFC').slice(0, maxLength))
    .filter((text) => !/\p{Surrogate}/u.test(text));

const name = fc
  .array(fc.constantFrom(...Array.from('abcXYZ019_+=,.@-')), { minLength: 1, maxLength: 24 })
  .map((letters) => letters.join(''));
const path = fc
  .array(fc.stringMatching(/^[\x21-\x2e\x30-\x7e]{1,12}$/), { maxLength: 2 })
  .map((parts) => (parts.length === 0 ? '/' : `/${parts.join('/')}/`));
/** Whatever a person may put into a tag [model:iam]: letters, digits and blanks of every script, and signs that mean something elsewhere. */
const tagText = (maxLength: number) =>
  fc
    .array(fc.constantFrom(...Array.from('aZ9_.:/=+-@ \u00a0\u2028\u3000éß漢Ж٣Ⅷ'), '@file', 'file://', '--', '=='), {
      maxLength,
    })
    .map((parts) => parts.join('').normalize('NFC').slice(0, maxLength));
const tags = fc
  .uniqueArray(
    fc.oneof(tagText(128), hostileText(60)).filter((key) => key !== '' && key !== 'OnboardingId'),
    { maxLength: 4 },
  )
  .chain((keys) =>
    fc
      .tuple(...keys.map((key) => fc.oneof(tagText(256), hostileText(100)).map((value) => ({ key, value }))))
      .map((list) => list),
  );
/** Some as the app writes them, some as a person pasted them. */
const document = fc
  .record({
    statement: fc.dictionary(
      hostileText(20).filter((key) => key !== '' && key !== '__proto__'),
      fc.oneof(
        hostileText(),
        fc.array(hostileText(40), { maxLength: 3 }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
      ),
      { maxKeys: 4 },
    ),
    indent: fc.constantFrom(0, 2, 3, '\t'),
  })
  .map(({ indent, statement }) =>
    indent === 2
      ? policyText({ Version: '2012-10-17', Statement: [statement] })
      : JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, indent),
  );

export const onboardingId = '0b0f7c1e-6f38-4d5e-9a51-1c2d3e4f5a6b';
const accountId = '444455556666';

/** A plan with every kind of step in two accounts, and whatever its fields allow in all of them. */
export const hostilePlan: fc.Arbitrary<Plan> = fc
  .record({
    names: fc.uniqueArray(name, { minLength: 6, maxLength: 6, selector: (one) => one.toLowerCase() }),
    path,
    description: hostileText(1000),
    documents: fc.tuple(document, document, document, document, document),
    tags,
    boundary: fc.option(
      hostileText(60).map((end) => `arn:aws:iam::444455556666:policy/${end}`),
      { nil: undefined },
    ),
    policyArn: hostileText(60).map((end) => `arn:aws:iam::aws:policy/${end}`),
  })
  .map(({ boundary, description, documents, names, path: rolePath, policyArn, tags: more }) => {
    const [access = '', other = '', policy = '', group = '', user = '', profile = ''] = names;
    const all = [...more, { key: 'OnboardingId', value: onboardingId }];
    const madeArn = `arn:aws:iam::${accountId}:policy/${policy}`;
    const region = 'eu-west-1';
    const bucket = { accountId: '111122223333', bucket: 'a-bucket', region };
    const role = { path: rolePath, description, maxSessionDuration: 7200, tags: all };
    return planSchema.parse({
      onboardingId,
      accountId,
      partition: 'aws',
      roleArn: `arn:aws:iam::${accountId}:role${rolePath}${access}`,
      outputs: [],
      steps: [
        {
          kind: 'create-policy',
          policyName: policy,
          policyArn: madeArn,
          path: '/',
          description,
          document: documents[0],
          tags: all,
        },
        {
          kind: 'create-role',
          roleName: access,
          ...role,
          trustPolicy: documents[1],
          ...(boundary === undefined ? {} : { permissionsBoundaryArn: boundary }),
        },
        { kind: 'put-role-policy', roleName: access, policyName: policy, document: documents[2] },
        { kind: 'attach-role-policy', roleName: access, policyArn },
        { kind: 'attach-role-policy', roleName: access, policyArn: madeArn },
        { kind: 'create-role', roleName: other, ...role, trustPolicy: documents[3] },
        { kind: 'create-instance-profile', profileName: profile, path: rolePath, tags: all },
        { kind: 'add-role-to-instance-profile', profileName: profile, roleName: other },
        { kind: 'create-group', groupName: group, path: `/sallyport/${onboardingId}/` },
        { kind: 'attach-group-policy', groupName: group, policyArn },
        { kind: 'create-user', userName: user, path: rolePath, tags: all },
        { kind: 'attach-user-policy', userName: user, policyArn: madeArn },
        { kind: 'add-user-to-group', groupName: group, userName: user },
        { kind: 'create-access-key', userName: user },
        { kind: 'create-bucket', ...bucket, tags: all },
        { kind: 'put-public-access-block', ...bucket },
        { kind: 'put-bucket-versioning', ...bucket },
        { kind: 'put-bucket-policy', ...bucket, document: documents[4] },
        { kind: 'put-bucket-policy', bucket: 'there-before', region, document: documents[4] },
      ].map((step, index) => ({ id: `step-${String(index)}`, ...step })),
    });
  });
