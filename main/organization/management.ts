import type { Identity } from '../../core/domain/source';
import { err, ok, type Result } from '../../core/result';
import type { Organization } from '../aws/aws-api';
import { notCancelled, type SourceClients, type Sources } from '../sources/sources';
import { appError } from '../workspace-context';

/** Whoever may make accounts: a source in the management account of an organization, as AWS said just now. */
export type Management = {
  readonly clients: SourceClients;
  readonly identity: Identity;
  readonly organization: Organization;
};

/**
 * Asks AWS who the source is and which organization it is in, so that nothing is ever asked of the wrong account. Fails
 * where there is no organization, where the source is in a member of it, and where it is another account than `accountId`.
 */
export async function asManagement(
  sources: Sources,
  sourceId: string,
  accountId?: string,
): Promise<Result<Management>> {
  const clients = sources.clients(sourceId);
  if (!clients.ok) return clients;
  const identity = await sources.identify(sourceId);
  if (!identity.ok) return identity;
  const needed = accountId ?? identity.value.accountId;
  if (identity.value.accountId !== needed) return err(wrongAccount(clients.value.source.label, identity.value, needed));
  const answer = await clients.value.organizations.describeOrganization();
  if (!answer.ok) return err(notCancelled(answer.error));
  const { value: organization } = answer.value;
  return organization.managementAccountId === needed
    ? ok({ clients: clients.value, identity: identity.value, organization })
    : err(wrongAccount(clients.value.source.label, identity.value, organization.managementAccountId));
}

function wrongAccount(label: string, { accountId }: Identity, needed: string) {
  return appError(
    'not-possible',
    `“${label}” is in account ${accountId}. Only management account ${needed} may do this.`,
    {
      whatDidNotChange: 'Nothing was asked for.',
      whatToDo: `Choose a source in account ${needed}.`,
      remedies: [{ kind: 'choose-source' }],
    },
  );
}
