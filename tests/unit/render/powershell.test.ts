import { createRequire } from 'node:module';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Language, Parser, type Node } from 'web-tree-sitter';
import { accountParts } from '../../../core/render/account-parts';
import { callsOf } from '../../../core/render/aws-calls';
import { quotePowerShell } from '../../../core/render/quote-powershell';
import { renderPlan } from '../../../core/render/render-plan';
import { hostilePlan, hostileText } from './plans';

const { resolve } = createRequire(import.meta.url);

let parser: Parser;
beforeAll(async () => {
  await Parser.init();
  parser = new Parser();
  parser.setLanguage(await Language.load(resolve('tree-sitter-powershell/tree-sitter-powershell.wasm')));
});

/** The tree of a script; fails where PowerShell's grammar does not take it. */
function parse(script: string): Node {
  const tree = parser.parse(script);
  if (tree === null || tree.rootNode.hasError) throw new Error(`PowerShell’s grammar refuses: ${script}`);
  return tree.rootNode;
}

function found(node: Node, ...types: readonly string[]): readonly Node[] {
  return node.descendantsOfType([...types]).filter((each): each is Node => each !== null);
}

/** The value of an expression that is made only of single-quoted strings and character codes, one after the other. */
function valueOf(node: Node): string {
  const bare = found(node, 'expandable_string_literal', 'variable', 'sub_expression', 'command');
  expect(bare.map(({ text }) => text)).toEqual([]);
  return found(node, 'verbatim_string_characters', 'hexadecimal_integer_literal')
    .map(({ text, type }) =>
      type === 'hexadecimal_integer_literal'
        ? String.fromCharCode(Number(text))
        : text.slice(1, -1).replaceAll("''", "'"),
    )
    .join('');
}

function commandsOf(node: Node): readonly { readonly name: string; readonly values: readonly string[] }[] {
  return found(node, 'command').map((command) => {
    const [elements] = found(command, 'command_elements');
    const values = (elements?.namedChildren ?? []).filter(
      (each): each is Node => each !== null && each.type !== 'command_argument_sep',
    );
    return {
      name: command.childForFieldName('command_name')?.text ?? '',
      values: values.map((each) => (each.type === 'generic_token' ? each.text : valueOf(each))),
    };
  });
}

function functionNamed(root: Node, name: string): Node {
  const one = found(root, 'function_statement').find((each) => each.namedChildren.some((part) => part?.text === name));
  if (one === undefined) throw new Error(`no function ${name}`);
  return one;
}

const ascii = /^[\u0000-\u007f]*$/;

describe('S-26 a text as an expression of PowerShell', () => {
  it('is one value, that text, in ASCII characters that quote nothing else', () => {
    fc.assert(
      fc.property(hostileText(), hostileText(), (first, second) => {
        const script = `Use-Both ${quotePowerShell(first)} ${quotePowerShell(second)}\n`;
        expect(script).toMatch(ascii);
        expect(commandsOf(parse(script))).toEqual([{ name: 'Use-Both', values: [first, second] }]);
      }),
      { numRuns: 300 },
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
