import type { ConnectionRequest } from '../../../core/domain/connection-request';
import { identityName } from '../../../core/domain/trust-words';
import { findRecipe } from '../../../core/recipes/catalog';
import { Card, Facts } from '../../ui/card';
import { formatDate } from '../../ui/format';
import { Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { PermissionMap } from '../../ui/permission-map';
import { AccountId, Mono } from '../../ui/text';
import { CanList } from './can-list';
import { previewRequest } from './request-words';

/** What somebody asks for, in words, before anything comes of it: who, which account, what they may do, how long. */
export function RequestSummary({ request }: { readonly request: ConnectionRequest }) {
  const { requester, account, options, createdAt } = request;
  const preview = previewRequest(request);
  if (preview === undefined) return null;
  const hours = options.maxSessionDuration / 3600;
  return (
    <Card
      title={`${identityName(requester.arn)} asks to be let in`}
      subtitle={`made on ${formatDate(createdAt)}`}
      padding="md"
    >
      <Stack gap="lg">
        <Facts
          facts={[
            {
              term: 'Who',
              value: (
                <>
                  <Mono>{requester.arn}</Mono> of account <AccountId id={requester.accountId} />
                </>
              ),
            },
            {
              term: 'Lets in',
              value: whoIsLetIn(request),
            },
            ...(options.tags === undefined
              ? []
              : [{ term: 'Tags', value: options.tags.map(({ key, value }) => `${key}: ${value}`).join(' · ') }]),
            {
              term: 'Into',
              value:
                account?.accountId === undefined ? (
                  (account?.name ?? 'an account that you choose')
                ) : (
                  <>
                    {account.name} <AccountId id={account.accountId} />
                  </>
                ),
            },
            { term: 'As', value: `role ${options.roleName}, recipe ${findRecipe(request.recipeId)?.title ?? ''}` },
            { term: 'How long', value: `${hours} h at most in one session, again and again until you take it back` },
            {
              term: 'External ID',
              value: options.useExternalId ? 'required, and part of the request' : 'not asked for',
            },
          ]}
        />
        <CanList
          groups={[
            { id: 'can', title: 'Lets them', icon: 'check-circle', tone: 'success', entries: preview.can },
            { id: 'cannot', title: 'Does not let them', icon: 'minus-circle', tone: 'muted', entries: preview.cannot },
          ]}
          isSideBySide
        />
        {preview.permissions.length > 0 && (
          <PermissionMap label="What they may do" rows={preview.permissions} order="inherit" />
        )}
        {[...preview.watchOut, ...new Set(preview.findings.map(({ message }) => message))].map((text) => (
          <Note key={text} tone="warning" title="Watch out.">
            {text}
          </Note>
        ))}
        <Note tone="info" title="A file says who it is from. It does not prove it.">
          Compare the account ID with the person who sent it, by another way than the one on which the file came.
        </Note>
      </Stack>
    </Card>
  );
}

/** In full: whoever else is let in is named to the last letter. */
function whoIsLetIn({ options, requester }: ConnectionRequest) {
  const others = options.conditions?.principalArns ?? [];
  if (others.length === 0) {
    return options.onlyThisIdentity
      ? 'this identity only'
      : `everybody whom account ${requester.accountId} allows to assume roles`;
  }
  return (
    <Stack gap="xs">
      <span>{options.onlyThisIdentity ? 'this identity, and' : 'only'}</span>
      {others.map((arn) => (
        <Mono key={arn}>{arn}</Mono>
      ))}
    </Stack>
  );
}
