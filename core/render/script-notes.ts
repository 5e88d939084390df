import type { Plan } from '../domain/plan';
import { accountParts, stepsOfKind } from './account-parts';

/** What a person has to know before running one of the scripts. */
export function scriptNotes(plan: Plan, credentials: string, keyFile: string): readonly string[] {
  const parts = accountParts(plan);
  const foreign = parts.flatMap((part) =>
    stepsOfKind(part.steps, 'put-bucket-policy').filter(({ bucket }) => !part.makesBucket(bucket)),
  );
  return [
    `The AWS CLI takes its credentials as always, from ${credentials}. In any other account the script stops before it changes something.`,
    ...(parts.length > 1
      ? ['There is a script for each account. Run them in this order: the second names roles that the first makes.']
      : []),
    ...(stepsOfKind(plan.steps, 'create-access-key').length > 0
      ? [
          `The access key’s secret is never printed. It goes into a new file in your home folder, or where ${keyFile} says, and you delete it.`,
        ]
      : []),
    ...foreign.map(
      ({ bucket }) => `If the bucket ${bucket} has a policy already, the script leaves it and says what to add to it.`,
    ),
    ...(stepsOfKind(plan.steps, 'create-bucket').length > 0
      ? ['Taking back leaves a bucket that is not empty: what is in it is yours to delete.']
      : []),
  ];
}
