import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { accessRoleCommands, accessRoleTrust } from '../../../core/render/access-role';

const role = { partition: 'aws-cn', managementAccountId: '333344445555', roleName: 'Access+Role=1' };

test('the trust lets in the management account of its partition, and nobody else', () => {
  expect(JSON.parse(accessRoleTrust(role))).toEqual({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws-cn:iam::333344445555:root' }, Action: 'sts:AssumeRole' }],
  });
});

test('a shell gives the AWS CLI the same trust policy and the name as they are', () => {
  const [who, create = '', attach = ''] = accessRoleCommands(role);
  expect(who).toBe('aws sts get-caller-identity');
  const words = (command: string) =>
    execFileSync('bash', ['-c', `aws() { printf '%s\\n' "$@"; }; ${command}`], { encoding: 'utf8' })
      .trim()
      .split('\n');
  const [, , , name, , document = ''] = words(create);
  expect(name).toBe('Access+Role=1');
  expect(JSON.parse(document)).toEqual(JSON.parse(accessRoleTrust(role)));
  expect(words(attach).at(-1)).toBe('arn:aws-cn:iam::aws:policy/AdministratorAccess');
});
