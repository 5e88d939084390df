import type { Plan } from '../domain/plan';
import { accountParts, baseName, type AccountPart } from './account-parts';
import { callsOf, type AwsCall, type StepCalls } from './aws-calls';
import { powerShellBucketPolicy, powerShellEach, powerShellFunctions, powerShellKey } from './powershell-functions';
import { quotePowerShell } from './quote-powershell';
import type { Rendering } from './rendering';
import { scriptNotes } from './script-notes';

/** The bash script's twin for Windows PowerShell 5.1 and PowerShell 7. Only ASCII characters. */
export function renderPowerShell(plan: Plan): Rendering {
  return {
    files: accountParts(plan).map((part) => {
      const name = `${baseName(plan, part.accountId)}.ps1`;
      const run = `powershell -ExecutionPolicy Bypass -File .\\${name}`;
      return { name, accountId: part.accountId, text: script(plan, part, name), commands: [run, `${run} -Undo`] };
    }),
    notes: [
      ...scriptNotes(plan, 'your profile or $env:AWS_PROFILE', '-KeyFile'),
      'In PowerShell 7 say pwsh instead of powershell.',
    ],
  };
}

function script(plan: Plan, part: AccountPart, name: string): string {
  const steps = part.steps.map((step) => callsOf(step, part));
  const hasKey = steps.some(({ makes }) => makes === 'key');
  const keyFile = `[string] $KeyFile = (Join-Path $HOME '${baseName(plan, part.accountId)}-access-key.json')`;
  return `#Requires -Version 5.1
# Made with Sallyport for account ${part.accountId}. Needs the AWS CLI, with credentials of that account.
#   .\\${name}         makes what is missing; it can be run again at any time
#   .\\${name} -Undo   takes back what it made, the newest first
param([switch] $Undo${hasKey ? `, ${keyFile}` : ''})

$Account = ${quotePowerShell(part.accountId)}
$Onboarding = ${quotePowerShell(plan.onboardingId)}
$Region = ${quotePowerShell(part.region)}
${powerShellFunctions}${steps.some(({ undoEach }) => undoEach !== undefined) ? powerShellEach : ''}${
    hasKey ? powerShellKey : ''
  }${steps.some(({ makes }) => makes === 'policy') ? powerShellBucketPolicy : ''}
function Invoke-Make {
${steps.map(makeStep).join('\n')}
}

function Invoke-Undo {
${[...steps].reverse().flatMap(undoStep).join('\n')}
}

${powerShellFrame(`  if ($Undo) {
    $Mode = 'undo'
    Invoke-Undo
    if ($Left) { Stop-Script 'Something stays; the lines above say what and why.' }
    Write-Host 'Everything that this script made was taken back.'
  } else {
    Invoke-Make
    $Mode = 'make'
    Invoke-Make
${part.isTarget ? `    Write-Host ${quotePowerShell(`Role: ${plan.roleArn}`)}\n` : ''}    Write-Host ${quotePowerShell(`To take it back: .\\${name} -Undo`)}
  }
`)}`;
}

/**
 * Runs the lines with credentials of the script's account only, and leaves the environment and the disk as they were.
 * `before` may find out which account that is.
 */
export function powerShellFrame(lines: string, before = ''): string {
  return `$Before = @{}
foreach ($Name in 'AWS_PAGER', 'AWS_CLI_AUTO_PROMPT', 'AWS_CLI_FILE_ENCODING', 'PYTHONUTF8') {
  $Before[$Name] = [Environment]::GetEnvironmentVariable($Name)
}
try {
  $null = New-Item -ItemType Directory -Path $Work
  $env:AWS_PAGER = ''
  $env:AWS_CLI_AUTO_PROMPT = 'off'
  $env:AWS_CLI_FILE_ENCODING = 'UTF-8'
  $env:PYTHONUTF8 = '1'
${before}  Set-Step 'Credentials'
  $Asked = Invoke-Aws sts get-caller-identity '{}' @('--query', 'Account', '--output', 'text')
  if ($Asked.Status -ne 0) { Stop-Script $Asked.Trouble }
  if ($Asked.Answer.Trim() -cne $Account) {
    Stop-Script "These credentials belong to account $($Asked.Answer), and this script is for account $Account. Nothing was changed."
  }
${lines}} finally {
  foreach ($Name in $Before.Keys) { [Environment]::SetEnvironmentVariable($Name, $Before[$Name]) }
  if (Test-Path -LiteralPath $Work) { Remove-Item -LiteralPath $Work -Recurse -Force }
}
`;
}

function makeStep(step: StepCalls): string {
  const calls = step.make.map(words);
  const lines = (() => {
    switch (step.makes) {
      case 'object':
        return [`  if (Test-Absent ${ownerWords(step)}) {`, ...calls.map((call) => `    Invoke-Call ${call}`), '  }'];
      case 'key':
        return [
          `  if (Test-Missing ${unlessWords(step)}) {`,
          ...step.make.map((call) => `    New-Key ${request(call)}`),
          '  }',
        ];
      case 'policy':
        return step.make.map(
          (call) => `  Add-BucketPolicy ${request(call)} ${quotePowerShell(call.document?.text ?? '')}`,
        );
      case 'part':
        return step.unless === undefined
          ? calls.map((call) => `  Invoke-Call ${call}`)
          : [`  if (Test-Missing ${unlessWords(step)}) {`, ...calls.map((call) => `    Invoke-Call ${call}`), '  }'];
    }
  })();
  return [`  Set-Step ${quotePowerShell(step.title)}`, ...lines].join('\n');
}

/** Settings of a bucket go with the bucket. */
function undoStep(step: StepCalls): readonly string[] {
  if (step.undo.length === 0 && step.undoEach === undefined) return [];
  const title = `  Set-Step ${quotePowerShell(step.title)}`;
  if (step.makes === 'policy') {
    const policies = step.make.map(
      (call) => `  Remove-BucketPolicy ${request(call)} ${quotePowerShell(call.document?.text ?? '')}`,
    );
    return [title, ...policies];
  }
  const { undoEach } = step;
  return [
    title,
    `  if (Test-Ours ${ownerWords(step)}) {`,
    ...(undoEach === undefined
      ? []
      : [
          `    Remove-Each ${quotePowerShell(undoEach.query)} ${undoEach.operation} ${quotePowerShell(undoEach.option)} ${words(undoEach.list)}`,
        ]),
    ...step.undo.map((call) => `    Invoke-Call ${words(call)}`),
    '  }',
  ];
}

function ownerWords({ owner: { by, look } }: StepCalls): string {
  return `${by.kind} ${quotePowerShell(by.kind === 'tagged' ? by.query : by.path)} ${words(look)}`;
}

function unlessWords({ unless }: StepCalls): string {
  return unless === undefined ? '' : `${quotePowerShell(unless.query)} ${words(unless.look)}`;
}

function request(call: AwsCall): string {
  return quotePowerShell(JSON.stringify(call.request));
}

function words(call: AwsCall): string {
  const { document } = call;
  const base = `${call.service} ${call.operation} ${request(call)}`;
  return document === undefined
    ? base
    : `${base} ${quotePowerShell(document.option)} ${quotePowerShell(document.text)}`;
}
