import type { Plan } from '../domain/plan';
import { accessRole, accountParts, baseName, type AccountPart } from './account-parts';
import { accessKeyNotes } from './cloudformation';
import { nameObjects, type ObjectNames } from './object-names';
import { quoteHcl } from './quote-hcl';
import type { Rendering } from './rendering';
import { terraformResources } from './terraform-resources';

/**
 * One configuration, a file for each account: the target's has the providers, and the other one's resources say which of them
 * they need. So one `terraform apply` makes both sides in their order.
 */
export function renderTerraform(plan: Plan): Rendering {
  const parts = accountParts(plan);
  const names = new Map<AccountPart, ObjectNames>(parts.map((part) => [part, nameObjects(plan, part)]));
  const files = parts.map((part, index) => ({
    name: `${baseName(plan, part.accountId)}.tf`,
    accountId: part.accountId,
    text: [
      ...(index === 0 ? [settings, ...parts.map((one, at) => provider(one, at === 0))] : []),
      ...terraformResources({ part, names, ...(index === 0 ? {} : { provider: alias(part) }) }),
      ...(index === 0 ? roleOutput(plan, part, names) : []),
    ].join('\n'),
    commands: index === 0 ? ['terraform init', 'terraform plan', 'terraform apply', 'terraform destroy'] : [],
  }));
  return {
    files,
    notes: [
      'Put the files into a folder of their own, and keep it with its state: terraform destroy takes back what the state knows.',
      ...(parts.length > 1
        ? [
            'Two accounts are changed at once: name a profile for each, such as ' +
              `-var profile_${parts[0]?.accountId ?? ''}=NAME. Terraform refuses a profile of another account.`,
          ]
        : ['Terraform refuses credentials of any other account.']),
      ...accessKeyNotes(plan),
    ],
  };
}

const settings = `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}
`;

function alias({ accountId }: AccountPart): string {
  return `account_${accountId}`;
}

function provider(part: AccountPart, isDefault: boolean): string {
  const { accountId, region } = part;
  return `variable "profile_${accountId}" {
  description = "Profile of the AWS CLI with credentials of account ${accountId}; the usual credentials without it."
  type        = string
  default     = null
}

provider "aws" {${isDefault ? '' : `\n  alias               = ${quoteHcl(alias(part))}`}
  region              = ${quoteHcl(region)}
  profile             = var.profile_${accountId}
  allowed_account_ids = [${quoteHcl(accountId)}]
}
`;
}

function roleOutput(plan: Plan, part: AccountPart, names: ReadonlyMap<AccountPart, ObjectNames>): readonly string[] {
  const role = accessRole(plan);
  if (role === undefined) return [];
  const made = names.get(part)?.all.find(({ step }) => step === role);
  return made === undefined ? [] : [`output "role_arn" {\n  value = aws_iam_role.${made.name}.arn\n}\n`];
}
