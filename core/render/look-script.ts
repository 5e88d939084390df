import { quoteBash } from './quote-bash';
import { quotePowerShell } from './quote-powershell';

type LookScripts = { readonly bash: string; readonly powershell: string };

/**
 * What somebody in the account runs where nobody here may see a role: everything that can be agreed to of it, as the AWS CLI
 * prints it, and first of all in which account. It only reads. SECURITY(S-26): the role's name is one word; all else stands in the script.
 */
export function lookScripts(roleName: string): LookScripts {
  return {
    bash: `export AWS_PAGER=
role=${quoteBash(roleName)}
aws sts get-caller-identity --output json
aws iam get-role --role-name "$role" --output json
aws iam list-role-policies --role-name "$role" --output json
for name in $(aws iam list-role-policies --role-name "$role" --query 'PolicyNames[]' --output text); do
  [ "$name" = None ] || aws iam get-role-policy --role-name "$role" --policy-name "$name" --output json
done
aws iam list-attached-role-policies --role-name "$role" --output json
attached=$(aws iam list-attached-role-policies --role-name "$role" --query 'AttachedPolicies[].PolicyArn' --output text)
boundary=$(aws iam get-role --role-name "$role" --query 'Role.PermissionsBoundary.PermissionsBoundaryArn' --output text)
for arn in $attached $boundary; do
  [ "$arn" = None ] && continue
  aws iam get-policy --policy-arn "$arn" --output json
  version=$(aws iam get-policy --policy-arn "$arn" --query Policy.DefaultVersionId --output text)
  aws iam get-policy-version --policy-arn "$arn" --version-id "$version" --output json
done
`,
    powershell: `$env:AWS_PAGER = ''
$Role = ${quotePowerShell(roleName)}
aws sts get-caller-identity --output json
aws iam get-role --role-name $Role --output json
aws iam list-role-policies --role-name $Role --output json
foreach ($Name in @((aws iam list-role-policies --role-name $Role --query 'PolicyNames[]' --output text) -split '\\s+' -ne '' -ne 'None')) {
  aws iam get-role-policy --role-name $Role --policy-name $Name --output json
}
aws iam list-attached-role-policies --role-name $Role --output json
$Attached = @((aws iam list-attached-role-policies --role-name $Role --query 'AttachedPolicies[].PolicyArn' --output text) -split '\\s+')
$Boundary = @((aws iam get-role --role-name $Role --query 'Role.PermissionsBoundary.PermissionsBoundaryArn' --output text) -split '\\s+')
foreach ($Arn in @($Attached + $Boundary -ne '' -ne 'None')) {
  aws iam get-policy --policy-arn $Arn --output json
  $Version = aws iam get-policy --policy-arn $Arn --query Policy.DefaultVersionId --output text
  aws iam get-policy-version --policy-arn $Arn --version-id $Version --output json
}
`,
  };
}
