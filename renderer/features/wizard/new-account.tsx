import { useState } from 'react';
import { useNavigate } from 'react-router';
import { regionSchema } from '../../../core/domain/limits';
import type { SubAccount } from '../../../core/domain/sub-account';
import { useDefaultRegion } from '../../app/default-region';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { ErrorPanel } from '../../ui/error-panel';
import { Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { AccountId, Text } from '../../ui/text';
import { TextField } from '../../ui/text-field';
import {
  AccountWishCards,
  AskAsCard,
  AskForAccountDialog,
  BeforeAfter,
  MemberView,
  NoOrganization,
  SourceSelect,
  SubAccountNow,
  SubAccountTimeline,
  useAccountWish,
  useAskAs,
  useSourceChoice,
} from '../organization';
import type { AccountPart } from './account-part';
import type { StepProps } from './step-props';

/**
 * An account of its own: wished for and asked for once, then as it goes, until AWS has made it. `isOn`: it is what the
 * page shows; before that AWS is asked nothing.
 */
export function useNewAccount({ view, act, isBusy }: StepProps, isOn: boolean): AccountPart {
  const { draft } = view;
  const { account: answered, subAccountId } = draft.state.answers;
  const navigate = useNavigate();
  const choice = useSourceChoice();
  const account = useAccountWish(isOn ? choice : { ...choice, sourceId: undefined });
  const askedFor = useAsk('sub-accounts', 'organization', 'listAccounts', {});
  const known = askedFor.data?.subAccounts ?? [];
  const bound = known.find(({ id }) => id === subAccountId);
  const ask = useAct('onboarding', 'askForAccount');
  const resume = useAct('organization', 'resumeAccount');
  const [isAsking, setAsking] = useState(false);
  const [name, setName] = useState<string>();
  const defaultRegion = useDefaultRegion() ?? 'eu-west-1';
  const [typedRegion, setRegion] = useState(answered?.region);
  const region = typedRegion ?? defaultRegion;
  const { asked, notYet, wish } = account;
  const [refilledId, setRefilledId] = useState<string>();
  if (isOn && bound?.state === 'failed' && bound.id !== refilledId) {
    // what AWS did not take is corrected, not typed again
    setRefilledId(bound.id);
    account.change((form) => (form.name === '' ? { ...bound.wish, unitId: bound.wish.unitId } : form));
  }
  const remedyOfRead = useRemedy({ retry: asked.again });
  const askAs = useAskAs(bound?.sourceId ?? '', bound?.managementAccountId ?? '');
  const goOnWith = (id: string) => void resume.run({ subAccountId: id, sourceId: askAs.otherId });
  const remedy = useRemedy({ retry: () => goOnWith(bound?.id ?? '') });

  const close = () => {
    setAsking(false);
    ask.reset();
  };
  const run = async () => {
    const { sourceId } = choice;
    if (sourceId === undefined || wish === undefined) return;
    if ((await ask.run({ draftId: draft.id, sourceId, wish })) === undefined) return;
    account.clear();
    close();
  };
  const take = async (id: string) => {
    if (await act({ kind: 'take-sub-account', subAccountId: id })) close();
  };

  if (bound !== undefined && bound.state !== 'failed') {
    const { accountId, error, id, state } = bound;
    const connectionName = name ?? answered?.name ?? bound.wish.name;
    const isRegion = regionSchema.safeParse(region).success;
    const notThere =
      accountId === undefined
        ? 'AWS has not made the account yet'
        : connectionName.trim() === ''
          ? 'Name the connection first'
          : isRegion
            ? undefined
            : 'A Region looks like eu-west-1';
    const goOn = (
      <Button
        icon={state === 'unwatched' ? 'eye' : 'play'}
        busy={resume.busy ? { label: 'Asking AWS' } : undefined}
        onPress={() => goOnWith(id)}
      >
        {state === 'unwatched' ? 'Look again' : 'Go on'}
      </Button>
    );
    const trouble = resume.error ?? error;
    return {
      foot: footOf(bound),
      actions: (
        <>
          {(state === 'stopped' || state === 'unwatched') && goOn}
          <Button
            variant="primary"
            trailingIcon="arrow-right"
            busy={isBusy ? { label: 'Asking AWS who we are' } : undefined}
            disabledReason={notThere}
            onPress={() =>
              void act({
                kind: 'choose-account',
                account: { name: connectionName.trim(), accountId: accountId ?? '', region, subAccountId: id },
              })
            }
          >
            Continue
          </Button>
        </>
      ),
      left: (
        <>
          {trouble !== undefined && (
            <ErrorPanel error={trouble} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
          )}
          {(state === 'stopped' || (state === 'unwatched' && askAs.isGone)) && <AskAsCard askAs={askAs} />}
          {accountId !== undefined && (
            <Note tone="success" title="The account is there.">
              It is <AccountId id={accountId} />.{' '}
              {state === 'ready'
                ? 'Its access role lets the management account in.'
                : 'Its access role does not let in yet: that is waited for later, by itself.'}
            </Note>
          )}
          <SubAccountNow subAccount={bound} />
          <SubAccountTimeline subAccount={bound} />
        </>
      ),
      right: (
        <Card title="The connection" padding="md">
          <Stack gap="lg">
            <TextField label="Name" value={connectionName} onChange={setName} maxLength={80} />
            <TextField
              label="Region"
              value={region}
              onChange={setRegion}
              maxLength={32}
              mono
              help="Where its sessions start."
              error={isRegion ? undefined : 'A Region looks like eu-west-1.'}
            />
          </Stack>
        </Card>
      ),
    };
  }

  const reading = asked.data;
  const isManagement = reading?.kind === 'management';
  const taken = known.find(
    ({ state, wish: other }) => state !== 'failed' && other.email.toLowerCase() === wish?.email.toLowerCase(),
  );
  return {
    foot:
      wish === undefined || notYet === undefined
        ? 'Nothing is made before you confirm.'
        : `${notYet}. Nothing is made before you confirm.`,
    actions: (
      <Button
        variant="primary"
        icon="send"
        disabledReason={isManagement ? notYet : 'Choose a source identity of the management account first'}
        onPress={() => setAsking(true)}
      >
        Ask AWS for this account…
      </Button>
    ),
    left: (
      <>
        {bound?.error !== undefined && (
          <ErrorPanel
            error={{ ...bound.error, remedies: [] }}
            onRemedy={remedy}
            onCopyDetail={copyText}
            emphasis="secondary"
          />
        )}
        {asked.error !== undefined && (
          <ErrorPanel error={asked.error} onRemedy={remedyOfRead} onCopyDetail={copyText} emphasis="secondary" />
        )}
        {choice.asked.data !== undefined && choice.sources.length === 0 && (
          <Note
            tone="warning"
            title="No source identity yet."
            action={
              <Button variant="link" onPress={() => void navigate('/settings')}>
                Add one in the settings
              </Button>
            }
          >
            Whoever signs in to the organization’s management account can make accounts: sign in there, or add a
            profile.
          </Note>
        )}
        {reading !== undefined && !isManagement && (
          <Card padding="md">
            <SourceSelect choice={choice} help="Accounts are made from the management account." />
          </Card>
        )}
        {reading?.kind === 'none' && (
          <NoOrganization sourceId={choice.sourceId ?? ''} accountId={reading.accountId} isNarrow />
        )}
        {reading?.kind === 'member' && <MemberView view={reading} choice={choice} />}
        {taken !== undefined && (
          <Note
            tone="info"
            title={`“${taken.wish.name}” was asked for with this address.`}
            action={
              <Button variant="link" isDisabled={isBusy} onPress={() => void take(taken.id)}>
                Connect that one
              </Button>
            }
          >
            No account is asked for twice.
          </Note>
        )}
        {(isManagement || reading === undefined) && choice.sources.length > 0 && <AccountWishCards account={account} />}
        <AskForAccountDialog
          wish={wish}
          isOpen={isAsking}
          isBusy={ask.busy}
          error={ask.error}
          onAsk={() => void run()}
          onCancel={close}
        />
      </>
    ),
    right: (
      <Card title="Why an account of its own" padding="md">
        <BeforeAfter name={account.form.name} />
      </Card>
    ),
  };
}

function footOf({ accountId, state }: SubAccount) {
  if (accountId !== undefined) return 'Nothing is created in it in this step.';
  if (state === 'stopped' || state === 'unwatched') return 'Nothing is asked for twice.';
  return (
    <Text tone="muted" size="sm">
      You may leave, or quit: it goes on by itself, and this wizard has it.
    </Text>
  );
}
