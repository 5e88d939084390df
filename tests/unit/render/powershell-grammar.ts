import { createRequire } from 'node:module';
import { beforeAll, expect } from 'vitest';
import { Language, Parser, type Node } from 'web-tree-sitter';

const { resolve } = createRequire(import.meta.url);

let parser: Parser;
/** Loads PowerShell’s grammar. */
beforeAll(async () => {
  await Parser.init();
  parser = new Parser();
  parser.setLanguage(await Language.load(resolve('tree-sitter-powershell/tree-sitter-powershell.wasm')));
});

/** The tree of a script; fails where PowerShell's grammar does not take it. */
export function parse(script: string): Node {
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

/** Commands with their words; fails where a word is anything but one value. */
export function commandsOf(node: Node): readonly { readonly name: string; readonly values: readonly string[] }[] {
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

export function functionNamed(root: Node, name: string): Node {
  const one = found(root, 'function_statement').find((each) => each.namedChildren.some((part) => part?.text === name));
  if (one === undefined) throw new Error(`no function ${name}`);
  return one;
}

export const ascii = /^[\u0000-\u007f]*$/;
