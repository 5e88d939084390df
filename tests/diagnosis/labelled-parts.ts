import type { CauseId } from '../../core/domain/check';
import {
  externalId,
  policyOf,
  statement,
  maySimulate,
  mayAssume,
  type Broken,
  type Json,
  type Labelled,
} from './broken';

export const trust = (change: Json = {}): Json => policyOf(statement(change));
export const role = (change: Json = {}) => ({ trust: trust(change) });
/** The external ID and one condition more. */
export const also = (operator: string, key: string, value: string) =>
  role({
    Condition:
      operator === 'StringEquals'
        ? { StringEquals: { 'sts:ExternalId': externalId, [key]: value } }
        : { StringEquals: { 'sts:ExternalId': externalId }, [operator]: { [key]: value } },
  });
export const external = (id: string) => ({ StringEquals: { 'sts:ExternalId': id } });
export const principal = (AWS: string) => ({ Principal: { AWS } });

export const denied = {
  inline: [policyOf(mayAssume, { Effect: 'Deny', Action: 'sts:*', Resource: 'arn:aws:iam::222233334444:role/*' })],
};
export const notAllowed = { inline: [policyOf(maySimulate)] };
export const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
export const otherAccount = 'arn:aws:iam::111122223323:root';
export const otherUser = 'arn:aws:iam::111122223333:user/former-deployer';
export const deletedUser = 'arn:aws:iam::111122223333:user/deleted-deployer';
export const deletedRole = 'arn:aws:iam::111122223333:role/DeletedDeployer';

export const one = (name: string, cause: CauseId, broken: Broken): Labelled => ({ name, causes: [cause], broken });
export const hidden = (name: string, cause: CauseId, broken: Broken): Labelled => ({
  name: `${name}, and nobody can look`,
  causes: [cause],
  toldApart: false,
  broken: { ...broken, eyes: 'none' },
});
export const two = (first: CauseId, second: CauseId, broken: Broken): Labelled => ({
  name: `${first} and ${second}`,
  causes: [first, second],
  broken,
});
