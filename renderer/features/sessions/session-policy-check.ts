import { lineOfJsonFault } from '../../../core/json-fault';
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
  const line = lineOfJsonFault(text);
  if (line !== undefined) return { message: 'This is not JSON yet', line };
  const read = parsePolicyDocument(text, 'session');
  return read.ok ? undefined : { message: `AWS would refuse it: ${read.message}` };
}
