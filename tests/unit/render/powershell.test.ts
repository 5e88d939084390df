import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountParts } from '../../../core/render/account-parts';
import { callsOf } from '../../../core/render/aws-calls';
import { quotePowerShell } from '../../../core/render/quote-powershell';
import { renderPlan } from '../../../core/render/render-plan';
import { hostilePlan, hostileText } from './plans';
import { ascii, commandsOf, functionNamed, parse } from './powershell-grammar';
import { fuzzRuns } from '../../support/fuzz-runs';

describe('S-26 a text as an expression of PowerShell', () => {
  it('is one value, that text, in ASCII characters that quote nothing else', () => {
    fc.assert(
      fc.property(hostileText(), hostileText(), (first, second) => {
        const script = `Use-Both ${quotePowerShell(first)} ${quotePowerShell(second)}\n`;
        expect(script).toMatch(ascii);
        expect(commandsOf(parse(script))).toEqual([{ name: 'Use-Both', values: [first, second] }]);
      }),
      { numRuns: fuzzRuns(300) },
    );
  });

  it.each(['’; Remove-Item C:\\ #', '‘', '‚‛', "it's ’n’ \u2018", "'@\n$(evil)", '`"$env:X'])(
    '%j has no way out',
    (text) => {
      expect(commandsOf(parse(`Use-It ${quotePowerShell(text)}`))).toEqual([{ name: 'Use-It', values: [text] }]);
    },
  );
});

describe('the PowerShell script', () => {
  it('S-26 asks for exactly what the plan says, with the plan’s own documents', () => {
    fc.assert(
      fc.property(hostilePlan, (plan) => {
        const { files } = renderPlan(plan, 'powershell');
        accountParts(plan).forEach((part, index) => {
          const text = files[index]?.text ?? '';
          expect(text).toMatch(ascii);
          const root = parse(text);
          const commands = commandsOf(functionNamed(root, 'Invoke-Make'));
          const steps = part.steps.map((step) => callsOf(step, part));
          expect(commands.filter(({ name }) => name === 'Set-Step').map(({ values }) => values[0])).toEqual(
            steps.map(({ title }) => title),
          );
          const made = commands.filter(({ name }) => /^(Invoke-Call|New-Key|Add-BucketPolicy)$/.test(name));
          const expected = steps.flatMap((step) =>
            step.make.map(({ document, operation, request, service }) => {
              const asked = JSON.stringify(request);
              if (step.makes === 'key') return [asked];
              if (step.makes === 'policy') return [asked, document?.text];
              const words = [service, operation, asked];
              return document === undefined ? words : [...words, document.option, document.text];
            }),
          );
          expect(made.map(({ values }) => values)).toEqual(expected);
          const others = commands.filter((each) => !made.includes(each)).map(({ name }) => name);
          expect(new Set(others)).toEqual(
            new Set([...others].filter((name) => /^(Set-Step|Test-Absent|Test-Missing)$/.test(name))),
          );
          expect(commandsOf(functionNamed(root, 'Invoke-Undo')).map(({ name }) => name)).toSatisfy((names: string[]) =>
            names.every((name) => /^(Set-Step|Test-Ours|Invoke-Call|Remove-Each|Remove-BucketPolicy)$/.test(name)),
          );
        });
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
