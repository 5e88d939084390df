import { plain, role, withPath, type PasteEntry } from './paste-corpus';

const trust = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::555566667777:role/the-caller' },
      Action: 'sts:AssumeRole',
      Condition: { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::555566667777:role/the-other' } },
    },
  ],
};
const made = {
  Path: '/deploy/',
  RoleName: 'SallyportCodeDeploy',
  RoleId: 'AROAEXAMPLEEXAMPLE123',
  Arn: withPath,
  CreateDate: '2026-11-01T09:30:00+00:00',
  AssumeRolePolicyDocument: trust,
  MaxSessionDuration: 3600,
};
const outputs = [
  { OutputKey: 'DeployRoleArn', OutputValue: plain, Description: 'Paste this into Sallyport' },
  { OutputKey: 'BucketName', OutputValue: 'acme-revisions' },
];

/** What programs print: the trusted principals in it belong to a third account and must not be taken for the role. */
export const pastedOutputs: readonly PasteEntry[] = [
  role('aws iam create-role', JSON.stringify({ Role: made }, null, 4), 'the rest of the JSON', withPath),
  role('aws iam create-role in one line', JSON.stringify({ Role: made }), 'the rest of the JSON', withPath),
  role(
    'with the command before it',
    `$ aws iam create-role --role-name SallyportCodeDeploy --path /deploy/\n${JSON.stringify({ Role: made }, null, 4)}\n$ `,
    'the rest of the JSON',
    withPath,
  ),
  role(
    'aws iam get-role',
    JSON.stringify(
      {
        Role: {
          ...made,
          RoleLastUsed: {},
          PermissionsBoundary: {
            PermissionsBoundaryType: 'Policy',
            PermissionsBoundaryArn: 'arn:aws:iam::222233334444:policy/boundary',
          },
        },
      },
      null,
      4,
    ),
    'the rest of the JSON',
    withPath,
  ),
  role(
    'the beginning of it cut off',
    JSON.stringify({ Role: made }, null, 4).split('\n').slice(4).join('\n'),
    'the rest of the JSON',
    withPath,
  ),
  role(
    'the end of it cut off',
    JSON.stringify({ Role: made }, null, 4).split('\n').slice(0, -8).join('\n'),
    'the rest of the JSON',
    withPath,
  ),
  role(
    'as text',
    `ROLE\t${withPath}\t2026-11-01T09:30:00+00:00\t3600\t/deploy/\tAROAEXAMPLEEXAMPLE123\tSallyportCodeDeploy\nASSUMEROLEPOLICYDOCUMENT\t2012-10-17\nSTATEMENT\tsts:AssumeRole\tAllow\nPRINCIPAL\tarn:aws:iam::555566667777:role/the-caller`,
    'other words',
    withPath,
  ),
  role('as text of one field', `${withPath}\n`, 'spaces', withPath),
  role(
    'as a table',
    `--------------------------------------------------------------------\n|                              GetRole                             |\n+------------------------------------------------------------------+\n||                              Role                              ||\n|+---------------------+------------------------------------------+|\n||  Arn                |  ${plain}   ||\n||  Path               |  /                                       ||\n||  RoleName           |  Deploy                                  ||\n||||                         Principal                          ||||\n|||+------+-----------------------------------------------------+|||\n||||  AWS |  arn:aws:iam::555566667777:role/the-caller          ||||\n|||+------+-----------------------------------------------------+|||`,
    'other words',
  ),
  role(
    'as YAML',
    `Role:\n  Arn: ${withPath}\n  AssumeRolePolicyDocument:\n    Statement:\n    - Action: sts:AssumeRole\n      Effect: Allow\n      Principal:\n        AWS: arn:aws:iam::555566667777:role/the-caller\n    Version: '2012-10-17'\n  Path: /deploy/\n  RoleName: SallyportCodeDeploy\n`,
    'other words and quotes',
    withPath,
  ),
  role(
    'as YAML with a list of principals',
    `Principal:\n  AWS:\n  - arn:aws:iam::555566667777:role/the-caller\nRoleArn: ${plain}`,
    'other words',
  ),
  role(
    'aws iam get-instance-profile',
    JSON.stringify(
      {
        InstanceProfile: {
          Arn: 'arn:aws:iam::222233334444:instance-profile/Web',
          Roles: [{ Arn: plain, AssumeRolePolicyDocument: trust }],
        },
      },
      null,
      4,
    ),
    'the rest of the JSON',
  ),
  role('a stack’s outputs as JSON', JSON.stringify(outputs, null, 4), 'the rest of the JSON'),
  role(
    'describe-stacks',
    JSON.stringify(
      { Stacks: [{ StackId: 'arn:aws:cloudformation:eu-west-1:222233334444:stack/access/0f', Outputs: outputs }] },
      null,
      4,
    ),
    'the rest of the JSON',
  ),
  role(
    'a stack’s outputs as YAML',
    `- Description: Paste this into Sallyport\n  OutputKey: DeployRoleArn\n  OutputValue: ${plain}\n`,
    'other words',
  ),
  role('a stack’s outputs as text', `OUTPUTS\tPaste this\tDeployRoleArn\t${plain}`, 'other words'),
  role(
    'a stack’s outputs in the console',
    `Key\tValue\tDescription\tExport name\nDeployRoleArn\t${plain}\tPaste this into Sallyport\t-`,
    'other words',
  ),
  role(
    'describe-stack-resource in the console',
    `Role\tDeploy\u00a0\tAWS::IAM::Role\t CREATE_COMPLETE\n${plain}`,
    'other words',
  ),
  role('terraform output', `role_arn = "${plain}"`, 'a label and quotes'),
  role(
    'terraform apply',
    `Apply complete! Resources: 3 added, 0 changed, 0 destroyed.\n\nOutputs:\n\nbucket = "acme-revisions"\nrole_arn = "${plain}"`,
    'other words and quotes',
  ),
  role(
    'terraform apply in colour',
    `\u001b[0m\u001b[1m\u001b[32mApply complete!\u001b[0m\n\nOutputs:\n\nrole_arn = "${plain}"`,
    'a label and quotes',
  ),
  role(
    'terraform output -json',
    JSON.stringify({ role_arn: { sensitive: false, type: 'string', value: plain } }, null, 2),
    'the rest of the JSON',
  ),
  role(
    'the state of Terraform',
    JSON.stringify(
      {
        version: 4,
        outputs: {},
        resources: [
          {
            type: 'aws_iam_role',
            name: 'deploy',
            instances: [
              {
                attributes: {
                  arn: plain,
                  assume_role_policy: JSON.stringify(trust),
                  id: 'Deploy',
                  name: 'Deploy',
                  path: '/',
                  permissions_boundary: '',
                  max_session_duration: 3600,
                },
              },
            ],
          },
        ],
      },
      null,
      2,
    ),
    'the rest of the JSON',
  ),
  role(
    'terraform state show',
    `# aws_iam_role.deploy:\nresource "aws_iam_role" "deploy" {\n    arn                = "${plain}"\n    assume_role_policy = jsonencode(\n        {\n            Statement = [\n                {\n                    Action    = "sts:AssumeRole"\n                    Principal = {\n                        AWS = "arn:aws:iam::555566667777:role/the-caller"\n                    }\n                },\n            ]\n        }\n    )\n    name = "Deploy"\n}`,
    'other words and quotes',
  ),
  role(
    'a plan of Terraform',
    `  ~ resource "aws_iam_role" "deploy" {\n        id  = "Deploy"\n      ~ arn = "${plain}" -> (known after apply)`,
    'other words and quotes',
  ),
  role(
    'cdk deploy',
    ` \u2705  AccessStack\n\n\u2728  Deployment time: 31.2s\n\nOutputs:\nAccessStack.DeployRoleArn = ${plain}\nStack ARN:\narn:aws:cloudformation:eu-west-1:222233334444:stack/AccessStack/0f6a1b20-b8a2-11f0-9d3c-0a1b2c3d4e5f`,
    'other words',
  ),
  role(
    'cdk --outputs-file',
    JSON.stringify({ AccessStack: { DeployRoleArn: plain } }, null, 2),
    'the rest of the JSON',
  ),
  role(
    'pulumi up',
    `Outputs:\n    bucketName: "acme-revisions"\n    roleArn   : "${plain}"\n\nResources:\n    + 4 created`,
    'other words and quotes',
  ),
  role('pulumi stack output', `Current stack outputs (1):\n    OUTPUT   VALUE\n    roleArn  ${plain}`, 'other words'),
  role(
    'sam deploy',
    `CloudFormation outputs from deployed stack\n-------------------------------------------------------------\nOutputs\n-------------------------------------------------------------\nKey                 DeployRoleArn\nDescription         Paste this into Sallyport\nValue               ${plain}\n-------------------------------------------------------------`,
    'other words',
  ),
  role(
    'serverless info',
    `service: app\nstage: prod\nStack Outputs:\n  IamRoleArn: ${plain}\n  ServerlessDeploymentBucketName: app-bucket`,
    'other words',
  ),
  role(
    'an object of PowerShell',
    `Arn                      : ${plain}\nAssumeRolePolicyDocument : ${encodeURIComponent(JSON.stringify(trust))}\nCreateDate               : 11/1/2026 9:30:00 AM\nMaxSessionDuration       : 3600\nPath                     : /\nRoleId                   : AROAEXAMPLEEXAMPLE123\nRoleName                 : Deploy`,
    'other words',
  ),
  role(
    'a table of PowerShell',
    `Arn                                   RoleName\n---                                   --------\n${plain} Deploy`,
    'other words',
  ),
  role('our script for bash', `Role: ${plain}\nTo take it back: bash create-role.sh --undo`, 'other words'),
  role('our script for PowerShell', `Role: ${plain}\nTo take it back: .\\create-role.ps1 -Undo`, 'other words'),
  role(
    'boto3',
    `{'Role': {'Path': '/', 'RoleName': 'Deploy', 'RoleId': 'AROAEXAMPLEEXAMPLE123', 'Arn': '${plain}', 'AssumeRolePolicyDocument': {'Statement': [{'Effect': 'Allow', 'Principal': {'AWS': 'arn:aws:iam::555566667777:role/the-caller'}}]}}}`,
    'the rest of the JSON',
  ),
  role('Go', `Role: {Arn:${plain} Path:/ RoleName:Deploy}`, 'a label'),
  role('Ansible', `ok: [localhost] => {\n    "iam_role.arn": "${plain}"\n}`, 'the rest of the JSON'),
  role('eksctl', `2026-11-01 09:30:00 [\u2139]  role "${plain}" created`, 'other words and quotes'),
];
