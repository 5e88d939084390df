import { parsePolicyDocument } from '../../../core/domain/policy-document';

/** STS takes so many characters of a session's policy. */
export const mostPolicyCharacters = 2048;

export type PolicyProblem = { readonly message: string; /** 1 is the first */ readonly line?: number };

/** What is wrong with a policy for a session, and in which line; nothing for one that STS takes. */
export function policyProblem(text: string): PolicyProblem | undefined {
  if (text.trim() === '') return { message: 'The policy is still missing.' };
  if (text.length > mostPolicyCharacters) {
    return {
      message: `It has ${String(text.length)} characters, and STS takes ${String(mostPolicyCharacters)}.`,
    };
  }
  const syntax = syntaxProblem(text);
  if (syntax !== undefined) return syntax;
  const read = parsePolicyDocument(text, 'session');
  return read.ok ? undefined : { message: `AWS would refuse it: ${read.message}` };
}

function syntaxProblem(text: string): PolicyProblem | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const words = error instanceof Error ? error.message : '';
    const at = /at position (\d+)/.exec(words)?.[1];
    // Where the text is over too soon the engine names no place: it is the end.
    const offset = at === undefined ? text.length : Number(at);
    return { message: 'This is not JSON yet', line: text.slice(0, offset).split('\n').length };
  }
}
