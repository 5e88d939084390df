import { powerShellFrame } from './powershell';
import { powerShellCalls } from './powershell-functions';
import { quotePowerShell } from './quote-powershell';
import { cutoffMark, type RevocationAct, type RevocationActs, type RevocationFile } from './revocation-acts';

/** The bash script's twin for Windows PowerShell 5.1 and PowerShell 7. Only ASCII characters. */
export function revocationPowerShell(ground: RevocationActs): RevocationFile {
  const { accountId, acts, baseName, isOnRole, keepsAll, later, region, role, whose } = ground;
  const name = `${baseName}.ps1`;
  const run = `powershell -ExecutionPolicy Bypass -File .\\${name}`;
  const body = [
    ...(accountId === undefined ? [findMember(role.accountId)] : []),
    ...(isOnRole ? [lookAtRole, ...(keepsAll ? ['Save-All'] : [])] : []),
    ...(later.length === 0 ? lines(acts) : ['if ($Delete) {', ...lines(later), '} else {', ...lines(acts), '}']),
  ];
  const text = `#Requires -Version 5.1
# Made with Sallyport: takes a role of account ${role.accountId} back. Needs the AWS CLI, with credentials of ${whose.replace('’', "'")}.
#   .\\${name}${later.length === 0 ? '   can be run again at any time' : '           shuts both doors; can be run again at any time'}
${later.length === 0 ? '' : `#   .\\${name} -Delete   deletes the role; when AWS was seen to refuse\n`}param(${later.length === 0 ? '' : '[switch] $Delete'})

$Account = ${quotePowerShell(accountId ?? '')}
$Region = ${quotePowerShell(region)}
$Role = ${quotePowerShell(JSON.stringify({ RoleName: role.roleName }))}
$Kept = Join-Path (Get-Location).Path '${baseName}-before'
${powerShellCalls}${functions}
function Invoke-Revocation {
${body.join('\n')}
  Write-Host "$(Get-Now)  Done."
${later.length === 0 ? '' : `  if (-not $Delete) { Write-Host ${quotePowerShell(`Let whoever asked for it see that AWS refuses. Then: .\\${name} -Delete`)} }\n`}}

${powerShellFrame('  Invoke-Revocation\n', accountId === undefined ? findManagement : '')}`;
  return { name, text, commands: [run, ...(later.length === 0 ? [] : [`${run} -Delete`])] };
}

/** Whoever asks: the account that the credentials have to be of. */
const findManagement = `  Set-Step 'The organization'
  $Asked = Invoke-Aws organizations describe-organization '{}' @('--query', 'Organization.MasterAccountId', '--output', 'text')
  if ($Asked.Status -ne 0) { Stop-Refused $Asked }
  $Account = $Asked.Answer.Trim()
`;

/** A management account of another organization knows no such account. */
const findMember = (accountId: string) => `  Test-Member ${quotePowerShell(JSON.stringify({ AccountId: accountId }))}`;

const lookAtRole = `  Set-Step 'The role'
  if ($null -eq (Get-Answer 'Role.RoleId' iam get-role $Role)) {
    Write-Host "$(Get-Now)  The role is gone already. There is nothing left to do."
    return
  }
  Save-Before 'role.json' get-role`;

function lines(acts: readonly RevocationAct[]): readonly string[] {
  return acts.flatMap((act) => [`  Set-Step ${quotePowerShell(act.title)}`, ...line(act)]);
}

function line(act: RevocationAct): readonly string[] {
  switch (act.kind) {
    case 'change':
    case 'deny-older': {
      const { document, operation, request, service } = act.call;
      const base = `Invoke-Change ${service} ${operation} ${quotePowerShell(JSON.stringify(request))}`;
      if (document === undefined) return [`  ${base}`];
      const { option, text } = document;
      const policy = text.split(cutoffMark).map(quotePowerShell);
      if (act.kind === 'change') return [`  ${base} '${option}' ${policy.join('')}`];
      return [
        '  $Cutoff = Get-Cutoff',
        `  ${base} '${option}' (${policy.join(' + $Cutoff + ')})`,
        '  Write-Host "Sessions that were issued before $Cutoff are denied."',
      ];
    }
    case 'detach':
      return ['  Clear-Role', '  Write-Done'];
    case 'delete-role':
      return ['  Remove-Role'];
    case 'scp': {
      const { document, request } = act.make;
      const values = [
        act.name,
        JSON.stringify(request),
        document?.text ?? '',
        JSON.stringify({ TargetId: act.accountId }),
      ];
      return [`  Add-Scp ${values.map(quotePowerShell).join(' ')}`];
    }
    case 'stack': {
      const values = [act.name, JSON.stringify({ StackName: act.name }), act.roleName];
      return [`  Remove-Stack ${values.map(quotePowerShell).join(' ')}`];
    }
  }
}

/** Names of policies and profiles come marked with “=”, so that none is taken for the CLI’s “None” or for an option. */
const functions = `
function Get-Now { [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ', [Globalization.CultureInfo]::InvariantCulture) }

function Write-Done([string] $More = '') {
  if ($More -cne '') { $More = " ($More)" }
  Write-Host "$(Get-Now)  $Title$More"
}

function Test-Gone($Asked) { $Asked.Trouble.Contains('(NoSuchEntity)') }

function Stop-Refused($Asked) {
  Stop-Script "$($Title): AWS refused. What is written above was done. Run this again to go on. $($Asked.Trouble)"
}

# One change. What is gone already is done.
function Invoke-Change([string] $Service, [string] $Operation, [string] $Request, [string] $Option = '', [string] $Document = '') {
  $More = @('--output', 'json')
  if ($Option -cne '') {
    $File = Join-Path $Work 'document.json'
    [IO.File]::WriteAllText($File, $Document)
    $More += @($Option, "file://$File")
  }
  $Asked = Invoke-Aws $Service $Operation $Request $More
  if ($Asked.Status -eq 0) { Write-Done } elseif (Test-Gone $Asked) { Write-Done 'was gone already' } else { Stop-Refused $Asked }
}

# What stands there before the first run, so that it can be put back by hand.
function Save-Before([string] $Name, [string] $Operation, [string[]] $More = @()) {
  $File = Join-Path $Kept $Name
  if (Test-Path -LiteralPath $File) { return }
  $Asked = Invoke-Aws iam $Operation $Role (@('--output', 'json') + $More)
  if ($Asked.Status -eq 0) {
    $null = New-Item -ItemType Directory -Force -Path $Kept
    [IO.File]::WriteAllText($File, $Asked.Answer)
  } elseif (-not (Test-Gone $Asked)) {
    Stop-Refused $Asked
  }
}

# What hangs on the role, all pages.
function Get-Names([string] $Query, [string] $Operation) {
  $Answer = Get-Answer $Query iam $Operation $Role
  @("$Answer".Split() | Where-Object { $_ -cne '' } | ForEach-Object { $_.Substring(1) })
}
function Get-Inline { Get-Names 'PolicyNames[].join('''', [''='', @])' list-role-policies }
function Get-Attached { Get-Names 'AttachedPolicies[].join('''', [''='', PolicyArn])' list-attached-role-policies }
function Get-Profiles { Get-Names 'InstanceProfiles[].join('''', [''='', InstanceProfileName])' list-instance-profiles-for-role }

function Save-All {
  Save-Before 'attached-policies.json' list-attached-role-policies
  Save-Before 'instance-profiles.json' list-instance-profiles-for-role
  foreach ($One in @(Get-Inline)) { Save-Before "policy-$One.json" get-role-policy @("--policy-name=$One") }
  if (Test-Path -LiteralPath $Kept) { Write-Host "What stood there before is kept in $Kept" }
}

function Remove-Each([string] $Words, [string[]] $Names, [string] $Operation, [string] $Option) {
  foreach ($One in $Names) {
    $Asked = Invoke-Aws iam $Operation $Role @("$Option=$One")
    if ($Asked.Status -eq 0) {
      Write-Host "$(Get-Now)  $Words $One"
    } elseif (Test-Gone $Asked) {
      Write-Host "$(Get-Now)  $Words $One (was gone already)"
    } else {
      Stop-Refused $Asked
    }
  }
}

function Clear-Role {
  Remove-Each 'Deleted policy' @(Get-Inline) delete-role-policy '--policy-name'
  Remove-Each 'Detached policy' @(Get-Attached) detach-role-policy '--policy-arn'
}

# Somebody may add something between our looking and our deleting.
function Remove-Role {
  foreach ($Try in 1..3) {
    Remove-Each 'Removed it from instance profile' @(Get-Profiles) remove-role-from-instance-profile '--instance-profile-name'
    Clear-Role
    $Asked = Invoke-Aws iam delete-role $Role
    if ($Asked.Status -eq 0) { Write-Done; return }
    if (Test-Gone $Asked) { Write-Done 'was gone already'; return }
    if (-not $Asked.Trouble.Contains('(DeleteConflict)')) { break }
  }
  Stop-Refused $Asked
}

function Test-Member([string] $Request) {
  $Asked = Invoke-Aws organizations describe-account $Request
  if ($Asked.Status -ne 0) { Stop-Refused $Asked }
}

# Made where it is absent, then attached.
function Add-Scp([string] $Name, [string] $Request, [string] $Policy, [string] $Target) {
  $Query = "Policies[?Name=='$Name'].join('', ['=', Id])"
  $Id = "$(Get-Answer $Query organizations list-policies '{"Filter":"SERVICE_CONTROL_POLICY"}')".Trim() -creplace '^=', ''
  if ($Id -ceq '') {
    $File = Join-Path $Work 'document.json'
    [IO.File]::WriteAllText($File, $Policy)
    $More = @('--content', "file://$File", '--query', 'Policy.PolicySummary.Id', '--output', 'text')
    $Asked = Invoke-Aws organizations create-policy $Request $More
    if ($Asked.Status -ne 0) { Stop-Refused $Asked }
    $Id = $Asked.Answer.Trim()
    Write-Done "made, $Id"
  }
  $Asked = Invoke-Aws organizations attach-policy $Target @("--policy-id=$Id")
  if ($Asked.Status -eq 0) {
    Write-Done "attached, $Id"
  } elseif ($Asked.Trouble.Contains('(DuplicatePolicyAttachmentException)')) {
    Write-Done "was attached already, $Id"
  } else {
    Stop-Refused $Asked
  }
}

# Only a stack that has the role.
function Remove-Stack([string] $Name, [string] $Request, [string] $RoleName) {
  $Query = 'StackResources[].PhysicalResourceId'
  $Asked = Invoke-Aws cloudformation describe-stack-resources $Request @('--query', $Query, '--output', 'text')
  if ($Asked.Status -ne 0) {
    if (-not $Asked.Trouble.Contains('does not exist')) { Stop-Refused $Asked }
    Write-Done 'was gone already'
    return
  }
  if ($Asked.Answer.Split() -cnotcontains $RoleName) {
    Stop-Script "The stack $Name has no role of that name. It was not touched."
  }
  $Asked = Invoke-Aws cloudformation delete-stack $Request
  if ($Asked.Status -ne 0) { Stop-Refused $Asked }
  Write-Host "$(Get-Now)  Asked CloudFormation to delete the stack $Name. It takes its time."
  & aws cloudformation wait stack-delete-complete --stack-name $Name --region $Region
  if ($LASTEXITCODE -ne 0) { Stop-Script "The stack $Name is not deleted yet. CloudFormation says why on its page." }
  Write-Done
}

# AWS's time, as the Date of an answer has it, and half a minute in which the deny spreads. A cutoff from a clock that runs
# behind would let the newest sessions through.
function Get-Cutoff {
  $Culture = [Globalization.CultureInfo]::InvariantCulture
  $Asked = Invoke-Aws sts get-caller-identity '{}' @('--debug')
  $At = [DateTimeOffset]::MinValue
  $Said = [regex]::Match($Asked.Trouble, "'[Dd]ate': '([^']+)'").Groups[1].Value
  if (-not [DateTimeOffset]::TryParseExact($Said, 'r', $Culture, [Globalization.DateTimeStyles]::AssumeUniversal, [ref] $At)) {
    $At = [DateTimeOffset]::UtcNow
    Write-Host 'The time is that of this computer: AWS did not tell its own.'
  }
  $At.AddSeconds(30).UtcDateTime.ToString('yyyy-MM-ddTHH:mm:ss', $Culture) + '.000Z'
}
`;
