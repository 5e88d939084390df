import type { IamApi } from '../../main/aws/aws-api';
import { statement, policyOf, type PastedAs } from './broken';

/** What `aws iam get-role --role-name Deploy` prints for the owner, as it arrives after it was copied and sent on. */
export async function printedByCli(owner: IamApi, as: PastedAs | undefined): Promise<string> {
  if (as === 'refusal') {
    return '\nAn error occurred (AccessDenied) when calling the GetRole operation: User: arn:aws:iam::222233334444:user/intern is not authorized to perform: iam:GetRole on resource: role Deploy because no identity-based policy allows the iam:GetRole action\n';
  }
  if (as === 'another-role') return JSON.stringify({ Role: shown(elsewhere, policyOf(statement())) }, null, 4);
  const role = await owner.getRole('Deploy');
  if (!role.ok) {
    return '\nAn error occurred (NoSuchEntity) when calling the GetRole operation: The role with name Deploy cannot be found.\n';
  }
  const { value } = role.value;
  const trust = JSON.parse(value.trustPolicy) as unknown;
  switch (as) {
    case 'trust-only':
      return JSON.stringify(trust, null, 4);
    case 'percent-encoded':
      return JSON.stringify({ Role: shown(value, encodeURIComponent(value.trustPolicy)) }, null, 4);
    case 'list-of-roles':
      return JSON.stringify({ Roles: [shown(elsewhere, policyOf(statement())), shown(value, trust)] }, null, 4);
    case 'windows-lines': {
      const lines = JSON.stringify({ Role: shown(value, trust) }, null, 4).replaceAll('\n', '\r\n');
      return `C:\\Users\\ops>aws iam get-role --role-name Deploy\r\n${lines}\r\n\r\nC:\\Users\\ops>`;
    }
    default:
      return `$ aws iam get-role --role-name Deploy\n${JSON.stringify({ Role: shown(value, trust) }, null, 4)}\n$ `;
  }
}

type Shown = {
  readonly arn: string;
  readonly createdAt: number;
  readonly name: string;
  readonly path: string;
  readonly roleId: string;
};

const elsewhere: Shown = {
  arn: 'arn:aws:iam::222233334444:role/Auditor',
  createdAt: Date.parse('2024-02-01T10:00:00Z'),
  name: 'Auditor',
  path: '/',
  roleId: 'AROAEXAMPLEAUDITOR0A1',
};

function shown({ arn, createdAt, name, path, roleId }: Shown, trust: unknown): object {
  return {
    Path: path,
    RoleName: name,
    RoleId: roleId,
    Arn: arn,
    CreateDate: new Date(createdAt).toISOString(),
    AssumeRolePolicyDocument: trust,
  };
}
