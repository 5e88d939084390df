import { useState } from 'react';
import { useNavigate } from 'react-router';
import { isUnderWay, type SubAccount } from '../../../core/domain/sub-account';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button, IconButton } from '../../ui/button';
import { Card, Facts } from '../../ui/card';
import { Chip } from '../../ui/chip';
import { ErrorPanel } from '../../ui/error-panel';
import { Columns, Stack } from '../../ui/layout';
import { Menu } from '../../ui/menu';
import { Note } from '../../ui/note';
import { Page } from '../../ui/page';
import { AccountId, Mono, Text } from '../../ui/text';
import { AskAsCard } from './ask-as-card';
import { Copyable } from './copyable';
import { ForgetDialog } from './forget-dialog';
import { leaveAccountWish } from './left-account-wish';
import { SubAccountNow, SubAccountTimeline } from './sub-account-progress';
import { stateLooks } from './sub-account-words';
import { useAskAs } from './use-ask-as';

/** How an account that was asked for goes: what AWS says, since when, and everything that happened. */
export function SubAccountPage({ subAccountId }: { readonly subAccountId: string }) {
  const asked = useAsk('sub-accounts', 'organization', 'getAccount', { subAccountId });
  const navigate = useNavigate();
  const subAccount = asked.data?.subAccount;
  if (subAccount === undefined) {
    return (
      <Page title="Sub-account">
        {asked.error !== undefined && (
          <ErrorPanel error={asked.error} onRemedy={() => void navigate('/organization')} onCopyDetail={copyText} />
        )}
      </Page>
    );
  }
  return <Known subAccount={subAccount} />;
}

function Known({ subAccount }: { readonly subAccount: SubAccount }) {
  const { accountId, error, id, state, wish } = subAccount;
  const navigate = useNavigate();
  const resume = useAct('organization', 'resumeAccount');
  const [isForgetting, setForgetting] = useState(false);
  const askAs = useAskAs(subAccount.sourceId, subAccount.managementAccountId);
  const goOn = () => void resume.run({ subAccountId: id, sourceId: askAs.otherId });
  const askAnew = () => {
    leaveAccountWish({ ...wish, unitId: wish.unitId });
    void navigate(`/organization/new?source=${encodeURIComponent(subAccount.sourceId)}`);
  };
  // what failed is asked for anew with what was wished; what stopped is gone on with
  const remedy = useRemedy({ retry: state === 'failed' ? askAnew : goOn });
  const look = stateLooks[state];
  const busy = resume.busy ? { label: 'Asking AWS' } : undefined;
  return (
    <Page
      title={wish.name}
      mark={
        <Chip tone={look.tone} icon={look.icon}>
          {look.word}
        </Chip>
      }
      lead={wish.email}
      crumbs={[{ label: 'Organization', onGo: () => void navigate('/organization') }, { label: 'Asked for' }]}
      focusKey={id}
      actions={
        <>
          {state === 'stopped' && (
            <Button variant="primary" icon="play" busy={busy} onPress={goOn}>
              Go on
            </Button>
          )}
          {state === 'unwatched' && (
            <Button variant="primary" icon="eye" busy={busy} onPress={goOn}>
              Look again
            </Button>
          )}
          {state === 'failed' && (
            <Button variant="primary" icon="edit" onPress={askAnew}>
              Correct it and ask anew…
            </Button>
          )}
          {state === 'ready' && (
            <Button variant="primary" icon="link" onPress={() => void navigate(`/connect?sub-account=${id}`)}>
              Connect it
            </Button>
          )}
          {!isUnderWay(subAccount) && (
            <Menu
              label="More"
              placement="bottom end"
              trigger={<IconButton icon="more" label="More" variant="secondary" />}
              groups={[
                {
                  id: 'record',
                  entries: [
                    {
                      id: 'forget',
                      label: 'Take it off the list…',
                      icon: 'trash',
                      onAction: () => setForgetting(true),
                    },
                  ],
                },
              ]}
            />
          )}
        </>
      }
    >
      <Stack gap="md">
        {resume.error !== undefined && (
          <ErrorPanel error={resume.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
        {error !== undefined && (
          <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
        {state === 'ready' && (
          <Note tone="success" title="The account is there.">
            Its access role lets the management account in. To let somebody else in, connect it: with a role of its own
            and nothing more than it needs.
          </Note>
        )}
        {(state === 'stopped' || (state === 'unwatched' && askAs.isGone)) && <AskAsCard askAs={askAs} />}
        {isUnderWay(subAccount) && (
          <Note tone="info" title="It goes on by itself.">
            You may leave this page, or quit: Sallyport looks again when it runs, and never asks twice.
          </Note>
        )}
        <SubAccountNow subAccount={subAccount} />
        <Columns layout="side-right">
          <SubAccountTimeline subAccount={subAccount} />
          <Stack>
            <Card title="What was asked for" padding="sm">
              <Facts
                facts={[
                  {
                    term: 'Account',
                    value:
                      accountId === undefined ? (
                        <Text tone="muted">not known yet</Text>
                      ) : (
                        <Copyable what="account ID" text={accountId}>
                          <AccountId id={accountId} />
                        </Copyable>
                      ),
                  },
                  { term: 'E-mail', value: wish.email },
                  {
                    term: 'Unit',
                    value: wish.unitId === undefined ? 'none: it stays in the root' : <Unit subAccount={subAccount} />,
                  },
                  { term: 'Access role', value: <Mono>{wish.accessRoleName}</Mono> },
                  { term: 'Asked from', value: <AccountId id={subAccount.managementAccountId} /> },
                  {
                    term: 'Request',
                    value:
                      subAccount.requestId === undefined ? (
                        <Text tone="muted">AWS gave none yet</Text>
                      ) : (
                        <Copyable what="ID of the request for the account" text={subAccount.requestId}>
                          <Mono>{subAccount.requestId}</Mono>
                        </Copyable>
                      ),
                  },
                ]}
              />
            </Card>
          </Stack>
        </Columns>
      </Stack>
      {isForgetting && (
        <ForgetDialog
          subAccount={subAccount}
          onClose={() => setForgetting(false)}
          onForgotten={() => void navigate('/organization')}
        />
      )}
    </Page>
  );
}

/** Its name, where the organization was read already; this page asks AWS for nothing. */
function Unit({ subAccount }: { readonly subAccount: SubAccount }) {
  const { sourceId, wish } = subAccount;
  const view = useAsk('organization', 'organization', 'view', { sourceId }, { enabled: false }).data;
  const unit = view?.kind === 'management' ? view.units.find(({ id }) => id === wish.unitId) : undefined;
  return unit === undefined ? <Mono>{wish.unitId}</Mono> : unit.name;
}
