import { revocationActs, type RevocationFile, type RevocationGround } from './revocation-acts';
import { revocationBash } from './revocation-bash';
import { revocationPowerShell } from './revocation-powershell';

export type RevocationScripts = {
  /** whose credentials they need: `account 444455556666` */
  readonly whose: string;
  readonly bash: RevocationFile;
  readonly powershell: RevocationFile;
  /** what a person has to know before running one of them, a sentence each */
  readonly notes: readonly string[];
};

/**
 * Scripts that do in AWS what the app would do, with the same policies, for somebody who has the credentials that nobody here
 * has. Undefined where something that the way needs is not known: `whyNoRevocationScript` says what.
 * SECURITY(S-26): every value is quoted, and names that IAM does not allow are refused before.
 */
export function revocationScripts(ground: RevocationGround): RevocationScripts | undefined {
  const acts = revocationActs(ground);
  if (typeof acts === 'string') return undefined;
  return {
    whose: acts.whose,
    bash: revocationBash(acts),
    powershell: revocationPowerShell(acts),
    notes: [
      `The AWS CLI takes its credentials as always, from your profile or AWS_PROFILE. With others than those of ${acts.whose} the script stops before it changes something.`,
      ...(acts.isOnRole
        ? [`What stood there before is written into the folder ${acts.baseName}-before, beside where you run it.`]
        : []),
      ...(acts.later.length > 0
        ? ['It shuts both doors and leaves the role. Run it again with the second command once AWS was seen to refuse.']
        : []),
      'It can be run again at any time, and says what it did with the time in UTC.',
    ],
  };
}
