/**
 * What every PowerShell script has, as the bash one. Windows PowerShell 5.1 hands quotes in arguments on wrongly and
 * turns what a program says on its error output into errors of its own: so whatever has quotes goes as a file, and errors
 * are collected while they do not stop the script. Text files are UTF-8 without a byte order mark.
 */
export const powerShellCalls = `Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$Work = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid().ToString())
$Mode = 'look'
$Title = ''
$Left = $false

function Stop-Script([string] $Message) { throw $Message }

function Set-Step([string] $Text) { $script:Title = $Text }

# One call. The request is JSON in a file, so that nothing in it is read as anything else.
function Invoke-Aws([string] $Service, [string] $Operation, [string] $Request, [string[]] $More = @()) {
  $ErrorActionPreference = 'Continue'
  $PSNativeCommandUseErrorActionPreference = $false
  $File = Join-Path $Work 'request.json'
  [IO.File]::WriteAllText($File, $Request)
  $Arguments = @($Service, $Operation, '--cli-input-json', "file://$File", '--region', $Region) + $More
  $Lines = @(& aws $Arguments 2>&1)
  $Status = $LASTEXITCODE
  [pscustomobject]@{
    Status = $Status
    Answer = (@($Lines | Where-Object { $_ -isnot [Management.Automation.ErrorRecord] }) -join "\`n")
    Trouble = (@($Lines | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | ForEach-Object { $_.ToString() }) -join "\`n")
  }
}

# The answer to a query; nothing ($null) where there is no such thing. Stops for anything else.
function Get-Answer([string] $Query, [string] $Service, [string] $Operation, [string] $Request) {
  $Asked = Invoke-Aws $Service $Operation $Request @('--query', $Query, '--output', 'text')
  if ($Asked.Status -eq 0) {
    if ($Asked.Answer -ceq 'None') { return '' }
    return $Asked.Answer
  }
  if ($Asked.Trouble -cmatch '\\((NoSuchEntity|NoSuchBucket|NoSuchBucketPolicy)\\)') { return $null }
  if ($Asked.Trouble -cmatch '\\(NoSuchTagSet\\)') { return '' }
  Stop-Script "$($Title): AWS did not say whether it is there. $($Asked.Trouble)"
}
`;

/** What the scripts that make a plan are made of. */
export const powerShellFunctions = `${powerShellCalls}
# 'ours' if it is of this onboarding, 'absent' if it is not there, 'other' if it is not ours
function Get-Owner([string] $Kind, [string] $Hint, [string] $Service, [string] $Operation, [string] $Request) {
  $Query = 'Group.Path'
  $Expected = $Hint
  if ($Kind -ceq 'tagged') {
    $Query = $Hint + '[?Key==' + "'OnboardingId'" + '].Value | [0]'
    $Expected = $Onboarding
  }
  $Answer = Get-Answer $Query $Service $Operation $Request
  if ($null -eq $Answer) { return 'absent' }
  if ($Answer -ceq $Expected) { return 'ours' }
  return 'other'
}

# It is to be made. What is there without our mark stops the script before anything was changed.
function Test-Absent([string] $Kind, [string] $Hint, [string] $Service, [string] $Operation, [string] $Request) {
  $Owner = Get-Owner $Kind $Hint $Service $Operation $Request
  if ($Owner -ceq 'other') {
    Stop-Script "$($Title): something of that name is there and does not carry OnboardingId=$Onboarding. It was not touched, and nothing was made in this run."
  }
  if ($Owner -ceq 'ours' -and $Mode -ceq 'make') { Write-Host "$($Title): is there" }
  return ($Owner -ceq 'absent' -and $Mode -ceq 'make')
}

# Nothing answers the query yet.
function Test-Missing([string] $Query, [string] $Service, [string] $Operation, [string] $Request) {
  if ($Mode -cne 'make') { return $false }
  $Answer = Get-Answer $Query $Service $Operation $Request
  if ([string]::IsNullOrEmpty($Answer)) { return $true }
  Write-Host "$($Title): is there"
  return $false
}

# It is of this onboarding, so it may be taken back.
function Test-Ours([string] $Kind, [string] $Hint, [string] $Service, [string] $Operation, [string] $Request) {
  $Owner = Get-Owner $Kind $Hint $Service $Operation $Request
  if ($Owner -ceq 'absent') { Write-Host "$($Title): is gone" }
  if ($Owner -ceq 'other') { Write-Host "$($Title): does not carry OnboardingId=$Onboarding and stays" }
  return ($Owner -ceq 'ours')
}

# Makes or takes back.
function Invoke-Call([string] $Service, [string] $Operation, [string] $Request, [string] $Option, [string] $Document) {
  if ($Mode -ceq 'look') { return }
  $More = @('--output', 'json')
  if ($Option -cne '') {
    $File = Join-Path $Work 'document.json'
    [IO.File]::WriteAllText($File, $Document)
    $More += @($Option, "file://$File")
  }
  foreach ($Try in 1..12) {
    $Asked = Invoke-Aws $Service $Operation $Request $More
    if ($Asked.Status -eq 0) {
      Write-Host "$($Title): $Operation"
      return
    }
    # A role that was just made is not known everywhere at once.
    if ($Try -eq 12 -or $Asked.Trouble -notmatch 'invalid principal') { break }
    Start-Sleep -Seconds 5
  }
  if ($Mode -ceq 'undo') {
    if ($Asked.Trouble -cmatch '\\(NoSuch[A-Za-z]*\\)') { return }
    $script:Left = $true
    Write-Host "$($Title): stays. $($Asked.Trouble)"
    return
  }
  Stop-Script "$($Title): was not made. $($Asked.Trouble) Run this again to go on, or with -Undo to take back what was made."
}
`;

/** For plans in which several things hang on one: keys of a user, versions of a policy. */
export const powerShellEach = `
# Removes one by one what the list has.
function Remove-Each([string] $Query, [string] $Removal, [string] $Option, [string] $Service, [string] $List, [string] $Request) {
  $Answer = Get-Answer $Query $Service $List $Request
  foreach ($One in @("$Answer".Split() | Where-Object { $_ -cne '' })) {
    $Asked = Invoke-Aws $Service $Removal $Request @($Option, $One)
    if ($Asked.Status -eq 0) {
      Write-Host "$($Title): $Removal $One"
    } else {
      $script:Left = $true
      Write-Host "$($Title): $One stays. $($Asked.Trouble)"
    }
  }
}
`;

/** For plans with an access key. Its secret is in AWS's answer once, and in no other place. */
export const powerShellKey = `
# The secret goes into a new file in a place of your own, never to the screen.
function New-Key([string] $Request) {
  if (Test-Path -LiteralPath $KeyFile) {
    Stop-Script "$($Title): $KeyFile is there already. Name another one with -KeyFile."
  }
  [IO.File]::WriteAllText($KeyFile, '')
  if ([IO.Path]::DirectorySeparatorChar -ceq '/') { & chmod 600 $KeyFile }
  $Asked = Invoke-Aws iam create-access-key $Request @('--output', 'json')
  if ($Asked.Status -ne 0) {
    Remove-Item -LiteralPath $KeyFile
    Stop-Script "$($Title): was not made. $($Asked.Trouble) Run this again to go on."
  }
  [IO.File]::WriteAllText($KeyFile, $Asked.Answer)
  Write-Host "$($Title): is in $KeyFile with its secret. Put it where it belongs, then delete the file."
}
`;

/** For plans that write the policy of a bucket which they did not make. */
export const powerShellBucketPolicy = `
# Where there is none. Another one is not overwritten.
function Add-BucketPolicy([string] $Request, [string] $Document) {
  $Answer = Get-Answer 'Policy' s3api get-bucket-policy $Request
  if ($null -eq $Answer) {
    Invoke-Call s3api put-bucket-policy $Request '--policy' $Document
  } elseif (($Answer -replace '\\s', '') -cne ($Document -replace '\\s', '')) {
    Stop-Script "$($Title): the bucket has another policy, which was not touched. Add these statements to it by hand, then run this again: $Document"
  } elseif ($Mode -ceq 'make') {
    Write-Host "$($Title): is there"
  }
}

# Only if it is still the one that was put.
function Remove-BucketPolicy([string] $Request, [string] $Document) {
  $Answer = Get-Answer 'Policy' s3api get-bucket-policy $Request
  if ($null -eq $Answer) {
    Write-Host "$($Title): is gone"
  } elseif (($Answer -replace '\\s', '') -ceq ($Document -replace '\\s', '')) {
    Invoke-Call s3api delete-bucket-policy $Request
  } else {
    $script:Left = $true
    Write-Host "$($Title): was changed since and stays"
  }
}
`;
