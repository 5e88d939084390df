import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutoffMark, revocationActs, type RevocationAct } from '../../../core/render/revocation-acts';
import { revocationScripts } from '../../../core/render/revocation-script';
import { ascii, commandsOf, functionNamed, parse } from './powershell-grammar';
import { hostileGround, targetAccount } from './revocation-grounds';

/** The commands of an act with their values; a cutoff stands between two pieces of its policy. */
function expected(act: RevocationAct): readonly (readonly (string | undefined)[])[] {
  const title = ['Set-Step', act.title];
  switch (act.kind) {
    case 'change': {
      const { document, operation, request, service } = act.call;
      const words = ['Invoke-Change', service, operation, JSON.stringify(request)];
      return [title, document === undefined ? words : [...words, document.option, document.text]];
    }
    case 'deny-older':
      return [title, ['Get-Cutoff']];
    case 'detach':
      return [title, ['Clear-Role'], ['Write-Done']];
    case 'delete-role':
      return [title, ['Remove-Role']];
    case 'scp': {
      const { document, request } = act.make;
      const target = JSON.stringify({ TargetId: act.accountId });
      return [title, ['Add-Scp', act.name, JSON.stringify(request), document?.text, target]];
    }
    case 'stack':
      return [title, ['Remove-Stack', act.name, JSON.stringify({ StackName: act.name }), act.roleName]];
  }
}

describe('the PowerShell script that takes a role back', () => {
  it('S-26 asks for exactly what the app would, with the app’s own policies', () => {
    fc.assert(
      fc.property(hostileGround, (ground) => {
        const acts = revocationActs(ground);
        if (typeof acts === 'string') throw new Error(acts);
        const text = revocationScripts(ground)?.powershell.text ?? '';
        expect(text).toMatch(ascii);
        // the cutoff and the lines that are only said are looked at by themselves: they are no plain values
        const plain = text
          .replace(
            /^ *Invoke-Change iam put-role-policy .* '--policy-document' \((?:.|\n)*? \+ \$Cutoff \+ (?:.|\n)*?\)$/m,
            '',
          )
          .replaceAll(/^ *(?:if \(-not \$Delete\) \{ )?Write-Host .*$/gm, '')
          .replaceAll(/^ *if \(\$null -eq .*\{$/gm, '  if ($true) {');
        parse(text);
        const commands = commandsOf(functionNamed(parse(plain), 'Invoke-Revocation')).map(({ name, values }) => [
          name,
          ...values,
        ]);
        const first = acts.isOnRole
          ? [
              ['Set-Step', 'The role'],
              ['Save-Before', 'role.json', 'get-role'],
              ...(acts.keepsAll ? [['Save-All']] : []),
            ]
          : [];
        expect(commands).toEqual([...first, ...[...acts.later, ...acts.acts].flatMap(expected)]);
        const cutoffs = [...acts.acts, ...acts.later].filter(({ kind }) => kind === 'deny-older').length;
        expect(text.match(/\+ \$Cutoff \+/g) ?? []).toHaveLength(cutoffs);
        expect(text).not.toContain(cutoffMark);
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it('S-26 finds the management account where nobody knows it', () => {
    fc.assert(
      fc.property(hostileGround, ({ managementAccountId: _known, ...ground }) => {
        const text = revocationScripts({ ...ground, way: 'scp' })?.powershell.text ?? '';
        expect(text).toMatch(ascii);
        parse(text);
        expect(text).toContain(`Test-Member '{"AccountId":"${targetAccount}"}'`);
        expect(text.indexOf('describe-organization')).toBeLessThan(text.indexOf('Answer.Trim() -cne $Account'));
      }),
      { numRuns: 5 },
    );
  });

  it('looks whose credentials they are before anything else', () => {
    fc.assert(
      fc.property(hostileGround, (ground) => {
        const text = revocationScripts(ground)?.powershell.text ?? '';
        const body = text.slice(text.indexOf('try {'));
        expect(body.indexOf('Answer.Trim() -cne $Account')).toBeGreaterThan(0);
        expect(body.indexOf('Answer.Trim() -cne $Account')).toBeLessThan(body.indexOf('Invoke-Revocation'));
      }),
      { numRuns: 5 },
    );
  });
});
