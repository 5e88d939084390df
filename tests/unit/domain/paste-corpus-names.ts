import { caller, needsAccount, plain, role, roleWithoutPath, withPath, type PasteEntry } from './paste-corpus';

const switchRole = 'https://signin.aws.amazon.com/switchrole';
const china = 'arn:aws-cn:iam::222233334444:role/Deploy';
const gov = 'arn:aws-us-gov:iam::222233334444:role/Deploy';
const sovereign = 'arn:aws-eusc:iam::222233334444:role/Deploy';

function inPartition(entry: PasteEntry, callerPartition: string): PasteEntry {
  return { ...entry, context: { callerAccountId: '111122223333', callerPartition } };
}

/** A role's name and its account in whatever order, and addresses of the console. */
export const pastedNames: readonly PasteEntry[] = [
  role('account and name', '222233334444 Deploy', 'spaces'),
  role('name and account', 'Deploy 222233334444', 'spaces'),
  role('a slash between', '222233334444/Deploy', 'punctuation'),
  role('slashes with blanks', '2222-3333-4444 / Deploy', 'punctuation'),
  role('a colon between', '222233334444:Deploy', 'punctuation'),
  role('an at sign, as the console writes it', 'Deploy @ 2222-3333-4444', 'punctuation'),
  role('an at sign without blanks', 'Deploy@222233334444', 'punctuation'),
  role('a comma between', '222233334444,Deploy', 'a comma'),
  role('a comma the other way', 'Deploy, 222233334444', 'a comma'),
  role('a semicolon between', '222233334444;Deploy', 'punctuation'),
  role('a bar between', '222233334444 | Deploy', 'punctuation'),
  role('a tab between', '222233334444\tDeploy', 'spaces'),
  role('a hyphen between', 'Deploy - 222233334444', 'punctuation'),
  role('a dash between', 'Deploy \u2013 222233334444', 'punctuation'),
  role('an arrow between', '222233334444 \u2192 Deploy', 'punctuation'),
  role('the account in brackets', 'Deploy (2222-3333-4444)', 'punctuation'),
  role('groups with blanks', '2222 3333 4444 Deploy', 'spaces'),
  role('groups with dots', '2222.3333.4444 Deploy', 'spaces'),
  role('the name on its own line', '222233334444\nDeploy', 'spaces'),
  role('role/ before the name', '222233334444 role/Deploy', 'other words'),
  role('a path', 'Account 222233334444, role deploy/SallyportCodeDeploy', 'other words', withPath),
  role('a path that begins with a slash', '222233334444 /deploy/SallyportCodeDeploy', 'spaces', withPath),
  role('English labels', 'Role: Deploy\nAccount ID: 2222-3333-4444', 'a label'),
  role('labels the other way', 'Account ID: 222233334444\nRole name: Deploy', 'a label'),
  role(
    'labels with an external ID',
    'Account ID: 222233334444\nRole name: Deploy\nExternal ID: 9f6c2f0e-52d1-4c7e-9a40-5a1f7b1f3b11',
    'other words',
  ),
  role('both accounts', 'Trusted account: 111122223333\nAccount: 222233334444\nRole: Deploy', 'a label'),
  role('German labels', 'Konto: 2222-3333-4444, Rolle: Deploy', 'a label and a comma'),
  role('one German word', 'Rollenname: Deploy (Konto 222233334444)', 'a label'),
  role('French labels', 'Compte : 222233334444\nNom du r\u00f4le : Deploy', 'a label'),
  role('Spanish labels', 'ID de la cuenta: 222233334444 \u2014 Nombre del rol: Deploy', 'other words'),
  role('Italian labels', 'Account: 222233334444; Nome ruolo: Deploy', 'a label'),
  role('Portuguese labels', 'Conta: 222233334444 / Papel: Deploy', 'a label'),
  role(
    'Japanese labels',
    '\u30a2\u30ab\u30a6\u30f3\u30c8 ID\uff1a222233334444\n\u30ed\u30fc\u30eb\u540d\uff1aDeploy',
    'a label',
  ),
  role('Chinese labels', '\u8d26\u6237\uff1a222233334444 \u89d2\u8272\u540d\u79f0\uff1aDeploy', 'a label'),
  role('Korean labels', '\uacc4\uc815: 222233334444, \uc5ed\ud560 \uc774\ub984: Deploy', 'a label and a comma'),
  role(
    'Russian labels',
    '\u0410\u043a\u043a\u0430\u0443\u043d\u0442: 222233334444, \u0440\u043e\u043b\u044c: Deploy',
    'a label and a comma',
  ),
  role('assignments', 'account=222233334444 role=Deploy', 'a label'),
  role('JSON of both', '{"accountId": "222233334444", "roleName": "Deploy"}', 'the rest of the JSON'),
  role('YAML of both', 'account_id: "222233334444"\nrole_name: Deploy', 'a label and quotes'),
  role('a table of both', '| Account | 222233334444 |\n| Role name | Deploy |', 'other words'),
  role('a sentence', 'Please use the role Deploy in account 222233334444.', 'other words'),
  role(
    'a sentence with quotes',
    'The role is called \u201cDeploy\u201d in account 2222-3333-4444',
    'other words and quotes',
  ),
  role(
    'a letter',
    'Hi,\nit is all there now.\n\nAccount number: 2222 3333 4444\nIAM role name: Deploy\n\nKind regards\nTom',
    'other words',
  ),
  needsAccount('the name alone', 'Deploy'),
  needsAccount('the name in quotes', '"Deploy"'),
  needsAccount('role/ and the name', 'role/Deploy'),
  needsAccount('a label and the name', 'Role name: Deploy'),
  needsAccount('an alias that looks like a name', 'acme-prod', 'acme-prod'),
  needsAccount('an alias and a name, with labels', 'Account alias: acme-prod\nRole: Deploy', 'Deploy', 'acme-prod'),
  needsAccount('two accounts besides our own', 'Accounts 222233334444 and 555566667777\nRole: Deploy'),
  needsAccount('a piece of create-role', '        "RoleName": "Deploy",\n        "RoleId": "AROAEXAMPLEEXAMPLE123",'),
  {
    name: 'the name where the account is known',
    text: 'Deploy',
    context: { ...caller, knownAccountId: '222233334444' },
    gives: { kind: 'found', arn: plain, leftOut: '', note: 'account-was-assumed' },
  },
  role(
    'a switch-role address',
    `${switchRole}?account=222233334444&roleName=Deploy&displayName=Prod`,
    'the rest of the address',
  ),
  role('with the name first', `${switchRole}?roleName=Deploy&account=222233334444`, 'the rest of the address'),
  role(
    'with a path',
    `${switchRole}?account=222233334444&roleName=deploy%2FSallyportCodeDeploy`,
    'the rest of the address',
    withPath,
  ),
  role(
    'with a path that is not encoded',
    `${switchRole}?account=222233334444&roleName=deploy/SallyportCodeDeploy`,
    'the rest of the address',
    withPath,
  ),
  role(
    'with a colour',
    `${switchRole}?account=222233334444&roleName=Deploy&displayName=Prod%20account&color=99BCE3`,
    'the rest of the address',
  ),
  role(
    'without https',
    'signin.aws.amazon.com/switchrole?account=222233334444&roleName=Deploy',
    'the rest of the address',
  ),
  role(
    'with entities of HTML',
    `<a href="${switchRole}?account=222233334444&amp;roleName=Deploy">switch</a>`,
    'the rest of the address and quotes',
  ),
  role(
    'escaped by Go',
    `"url": "${switchRole}?account=222233334444\\u0026roleName=Deploy"`,
    'the rest of the address and quotes',
  ),
  role(
    'in a link of Markdown',
    `[Switch role](${switchRole}?account=222233334444&roleName=Deploy)`,
    'the rest of the address',
  ),
  role(
    'in a link of Slack',
    `<${switchRole}?account=222233334444&roleName=Deploy|Switch role>`,
    'the rest of the address',
  ),
  role('in a sentence', `Open ${switchRole}?account=222233334444&roleName=Deploy.`, 'the rest of the address'),
  role(
    'on a regional sign-in page',
    'https://eu-west-1.signin.aws.amazon.com/switchrole?account=222233334444&roleName=Deploy',
    'the rest of the address',
  ),
  inPartition(
    role(
      'switch role in China',
      'https://signin.amazonaws.cn/switchrole?account=222233334444&roleName=Deploy',
      'the rest of the address',
      china,
    ),
    'aws-cn',
  ),
  inPartition(
    role(
      'switch role in GovCloud',
      'https://signin.amazonaws-us-gov.com/switchrole?account=222233334444&roleName=Deploy',
      'the rest of the address',
      gov,
    ),
    'aws-us-gov',
  ),
  inPartition(
    role(
      'switch role in the sovereign cloud',
      'https://signin.amazonaws-eusc.eu/switchrole?account=222233334444&roleName=Deploy',
      'the rest of the address',
      sovereign,
    ),
    'aws-eusc',
  ),
  needsAccount('switch role with an alias', `${switchRole}?account=acme-prod&roleName=Deploy`, 'Deploy', 'acme-prod'),
  role(
    'three outputs of one role',
    `Switch: ${switchRole}?account=222233334444&roleName=Deploy\nRole: Deploy, account 222233334444\nARN: ${plain}`,
    'a label and a comma',
  ),
  needsAccount(
    'a role page of today',
    'https://us-east-1.console.aws.amazon.com/iam/home?region=us-east-1#/roles/details/Deploy?section=permissions',
  ),
  needsAccount('a role page of before', 'https://console.aws.amazon.com/iam/home#/roles/Deploy'),
  needsAccount('a role page with a bang', 'https://console.aws.amazon.com/iam/home?#!/roles/Deploy'),
  needsAccount(
    'a regional role page',
    'https://eu-central-1.console.aws.amazon.com/iam/home?region=eu-central-1#/roles/details/Deploy?section=trust_relationships',
  ),
  needsAccount(
    'an encoded name',
    'https://console.aws.amazon.com/iam/home#/roles/details/deploy%40prod',
    'deploy@prod',
  ),
  needsAccount('a role page without https', 'console.aws.amazon.com/iam/home#/roles/details/Deploy'),
  inPartition(
    needsAccount(
      'a role page in China',
      'https://console.amazonaws.cn/iam/home?region=cn-north-1#/roles/details/Deploy',
    ),
    'aws-cn',
  ),
  inPartition(
    needsAccount('a role page in GovCloud', 'https://console.amazonaws-us-gov.com/iam/home#/roles/details/Deploy'),
    'aws-us-gov',
  ),
  inPartition(
    needsAccount(
      'a role page in the sovereign cloud',
      'https://eusc-de-east-1.console.amazonaws-eusc.eu/iam/home#/roles/details/Deploy',
    ),
    'aws-eusc',
  ),
  roleWithoutPath(
    'a console of several accounts',
    'https://222233334444-ab12cd34.us-east-1.console.aws.amazon.com/iam/home?region=us-east-1#/roles/details/Deploy?section=permissions',
    'the rest of the address',
  ),
  role(
    'a role page and its ARN',
    `https://us-east-1.console.aws.amazon.com/iam/home#/roles/details/Deploy\n${plain}`,
    'the rest of the address',
  ),
];
