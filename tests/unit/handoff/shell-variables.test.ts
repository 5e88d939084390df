import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Language, Parser } from 'web-tree-sitter';
import { noIdentity, onlyIdentity, shellLines } from '../../../core/render/shell-variables';
import { hostileText } from '../render/plans';

const { resolve } = createRequire(import.meta.url);
let powershell: Parser;
beforeAll(async () => {
  await Parser.init();
  powershell = new Parser();
  powershell.setLanguage(await Language.load(resolve('tree-sitter-powershell/tree-sitter-powershell.wasm')));
});

const names = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'] as const;

function inBash(lines: string): string[] {
  const print = names.map((name) => `printf '%s\\0' "\${${name}-unset}"`).join('\n');
  const output = execFileSync('bash', ['--norc', '-c', `${lines}\n${print}`], {
    env: { PATH: process.env['PATH'] ?? '' },
  });
  return output.toString('utf8').split('\0').slice(0, -1);
}

describe('S-26: lines for a shell', () => {
  it('give bash every value as it is, and take it away again', () => {
    fc.assert(
      fc.property(fc.tuple(hostileText(), hostileText(), hostileText()), (values) => {
        const clean = values.map((value) => value.replaceAll('\0', ''));
        const set = Object.fromEntries(names.map((name, index) => [name, clean[index]]));
        const lines = shellLines('bash', set) ?? '';
        expect(inBash(lines)).toEqual(clean);
        expect(inBash(`${lines}${shellLines('bash', noIdentity) ?? ''}`)).toEqual(names.map(() => 'unset'));
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('are assignments of one constant text each to PowerShell’s grammar', () => {
    fc.assert(
      fc.property(hostileText(), (value) => {
        const tree = powershell.parse(shellLines('powershell', { AWS_SESSION_TOKEN: value }) ?? '');
        if (tree === null || tree.rootNode.hasError) throw new Error(`refused: ${value}`);
        expect(tree.rootNode.descendantsOfType('assignment_expression')).toHaveLength(1);
        expect(tree.rootNode.descendantsOfType(['command', 'expandable_string_literal', 'sub_expression'])).toEqual([]);
      }),
    );
    const unset = powershell.parse(shellLines('powershell', noIdentity) ?? '');
    expect(unset?.rootNode.hasError).toBe(false);
  });

  it('are one word within single quotes to fish, by its rules of quoting', () => {
    fc.assert(
      fc.property(hostileText(), (value) => {
        const line = shellLines('fish', { AWS_SESSION_TOKEN: value }) ?? '';
        const quoted = line.slice('set -gx AWS_SESSION_TOKEN '.length, -1);
        expect(quoted.startsWith("'") && quoted.endsWith("'")).toBe(true);
        // as fish reads it: a backslash takes the next backslash or quote for itself, and a bare quote ends the word
        let read = '';
        for (let at = 1; at < quoted.length - 1; at += 1) {
          const isEscape = quoted[at] === '\\' && /[\\']/.test(quoted[at + 1] ?? '');
          if (isEscape) at += 1;
          else expect(quoted[at]).not.toBe("'");
          read += quoted[at] ?? '';
        }
        expect(read).toBe(value);
      }),
    );
  });

  it('are refused for cmd where it has no way to write a value', () => {
    expect(shellLines('cmd', { AWS_SESSION_TOKEN: 'abc/+==' })).toBe('set "AWS_SESSION_TOKEN=abc/+=="\r\n');
    expect(shellLines('cmd', { AWS_PROFILE: undefined })).toBe('set "AWS_PROFILE="\r\n');
    for (const value of ['a"b', '%PATH%', 'a!b', 'a^b', 'a\nb', 'ä']) {
      expect(shellLines('cmd', { AWS_SESSION_TOKEN: value })).toBeUndefined();
    }
  });

  it('take away whatever else would say who a tool is, before they say it', () => {
    const lines =
      shellLines('bash', onlyIdentity({ AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/c' })) ?? '';
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE']) {
      expect(lines).toContain(`unset ${name}\n`);
    }
    expect(lines).toContain("export AWS_CONTAINER_CREDENTIALS_FULL_URI='http://127.0.0.1:1/c'");
  });
});
