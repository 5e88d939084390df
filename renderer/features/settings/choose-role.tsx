import { useMemo, useState } from 'react';
import type { Remedy } from '../../../core/app-error';
import { labelSchema, regionSchema } from '../../../core/domain/limits';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { PickList } from '../../ui/pick-list';
import { Dialog } from '../../ui/dialog';
import { EmptyState } from '../../ui/empty-state';
import { ErrorPanel } from '../../ui/error-panel';
import { formatQuantity, groupAccountId } from '../../ui/format';
import { Columns, Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Spinner } from '../../ui/ring';
import { Text } from '../../ui/text';
import { TextField } from '../../ui/text-field';
import { showToast } from '../../ui/toast';
import styles from './sign-in.module.css';

interface ChooseRoleProps {
  readonly signInId: string;
  /** Suggested for where AWS is asked. */
  readonly region: string;
  /** The sign-in has ended meanwhile. */
  readonly onSignIn: () => void;
  readonly onClose: () => void;
}

/** An account and a role of the portal become a source identity. */
export function ChooseRole({ signInId, region: suggested, onSignIn, onClose }: ChooseRoleProps) {
  const asked = useAsk('sources', 'sources', 'listSignInAccounts', { signInId });
  const [search, setSearch] = useState('');
  const [roleSearch, setRoleSearch] = useState('');
  const [accountId, setAccountId] = useState<string | null>(null);
  const [roleName, setRoleName] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [region, setRegion] = useState(suggested);
  const [isTried, setTried] = useState(false);
  const roles = useAsk(
    'sources',
    'sources',
    'listSignInRoles',
    { signInId, accountId: accountId ?? '' },
    { enabled: accountId !== null },
  );
  const add = useAct('sources', 'addIdentityCenter');
  const all = useMemo(() => asked.data?.accounts ?? [], [asked.data]);
  const shown = useMemo(() => {
    const wanted = search
      .trim()
      .toLowerCase()
      .replaceAll(/(?<=\d)\s(?=\d)/g, '');
    return all.filter(({ accountId: id, email, name: called }) =>
      `${called} ${id} ${email}`.toLowerCase().includes(wanted),
    );
  }, [all, search]);
  const account = all.find((one) => one.accountId === accountId);
  const label =
    name === '' && account !== undefined && roleName !== null
      ? `${account.name || account.accountId} ${roleName}`.slice(0, 80)
      : name;
  const isNamed = labelSchema.safeParse(label).success;
  const isRegion = regionSchema.safeParse(region).success;
  const submit = async () => {
    setTried(true);
    if (accountId === null || roleName === null || !isNamed || !isRegion) return;
    const view = await add.run({ signInId, accountId, roleName, label, region });
    if (view === undefined) return;
    showToast({ title: `${view.source.label} added`, icon: 'check' });
    onClose();
  };
  const common = useRemedy();
  const remedyOf = (retry: () => void) => (remedy: Remedy) => {
    if (remedy.kind === 'sign-in') onSignIn();
    else if (remedy.kind === 'retry') retry();
    else common(remedy);
  };

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Choose a role"
      description="You are signed in. What Sallyport calls AWS as is one role in one account; add more at any time."
      escape="safe"
      width="lg"
      footer={
        <>
          <Text tone="muted" size="sm">
            Esc closes. You stay signed in.
          </Text>
          <Button size="lg" onPress={onClose}>
            Cancel
          </Button>
          <Button
            size="lg"
            variant="primary"
            busy={add.busy ? { label: 'Asking AWS who it is' } : undefined}
            disabledReason={accountId === null || roleName === null ? 'Choose an account and a role first' : undefined}
            onPress={() => void submit()}
          >
            Use this role
          </Button>
        </>
      }
    >
      <Stack gap="lg">
        {asked.error !== undefined && (
          <ErrorPanel error={asked.error} onRemedy={remedyOf(asked.again)} onCopyDetail={copyText} isBare />
        )}
        {asked.pending && <Asking>Asking AWS for your accounts</Asking>}
        {asked.data !== undefined && all.length === 0 && (
          <EmptyState
            title="No account is assigned to you"
            isSmall
            action={<Button onPress={() => asked.again()}>Look again</Button>}
          >
            Your administrator assigns accounts and roles in IAM Identity Center.
          </EmptyState>
        )}
        {all.length > 0 && (
          <>
            <div className={styles['lists']}>
              <div className={styles['list']}>
                <TextField
                  label="Find an account"
                  help={formatQuantity(all.length, 'account')}
                  icon="search"
                  type="search"
                  value={search}
                  onChange={setSearch}
                  maxLength={100}
                  autoFocus
                />
                <div className={styles['entries']}>
                  {shown.length === 0 ? (
                    <EmptyState
                      title="Nothing matches"
                      isSmall
                      action={<Button onPress={() => setSearch('')}>Clear</Button>}
                    >
                      No name or account ID contains it.
                    </EmptyState>
                  ) : (
                    <PickList
                      label="Accounts"
                      entries={shown.slice(0, most).map((one) => ({
                        id: one.accountId,
                        title: one.name || one.accountId,
                        detail: groupAccountId(one.accountId).join(' '),
                        icon: 'account',
                      }))}
                      selected={accountId}
                      onSelect={(id) => {
                        setAccountId(id);
                        setRoleName(null);
                        setRoleSearch('');
                      }}
                    />
                  )}
                </div>
                {shown.length > most && (
                  <Text tone="muted" size="sm">{`The first ${String(most)} are shown. Type more of the name.`}</Text>
                )}
              </div>
              <div className={styles['list']}>
                <TextField
                  label="Find a role"
                  help={
                    roles.data === undefined
                      ? 'Of the account on the left.'
                      : formatQuantity(roles.data.roleNames.length, 'role')
                  }
                  icon="search"
                  type="search"
                  value={roleSearch}
                  onChange={setRoleSearch}
                  maxLength={32}
                />
                <div className={styles['entries']}>
                  {accountId === null ? (
                    <EmptyState title="Roles" isSmall>
                      Choose an account to see which roles of it are yours.
                    </EmptyState>
                  ) : roles.error !== undefined ? (
                    <ErrorPanel error={roles.error} onRemedy={remedyOf(roles.again)} emphasis="secondary" isBare />
                  ) : roles.data === undefined ? (
                    <Asking>Asking AWS for your roles</Asking>
                  ) : (
                    <PickList
                      label="Roles"
                      entries={roles.data.roleNames
                        .filter((id) => id.toLowerCase().includes(roleSearch.trim().toLowerCase()))
                        .map((id) => ({ id, title: id, icon: 'role' }))}
                      selected={roleName}
                      onSelect={setRoleName}
                    />
                  )}
                </div>
              </div>
            </div>
            <Columns layout="even">
              <TextField
                label="Name"
                help="Yours to choose."
                value={label}
                onChange={setName}
                maxLength={80}
                error={isTried && !isNamed ? 'A name is needed.' : undefined}
              />
              <TextField
                label="Region"
                help="Where AWS is asked."
                value={region}
                onChange={setRegion}
                mono
                maxLength={32}
                error={isTried && !isRegion ? 'A Region looks like eu-west-1.' : undefined}
              />
            </Columns>
            <Note tone="info" title="This is a role session.">
              Sessions opened with it last 1 h at most. AWS sets this limit.
            </Note>
          </>
        )}
        {add.error !== undefined && (
          <ErrorPanel
            error={add.error}
            onRemedy={remedyOf(() => void submit())}
            onCopyDetail={copyText}
            emphasis="secondary"
            isBare
          />
        )}
      </Stack>
    </Dialog>
  );
}

/** Drawn at once; more are found by typing. */
const most = 200;

function Asking({ children }: { readonly children: string }) {
  return (
    <Row>
      <Spinner size="sm" />
      <Text tone="muted">{children}</Text>
    </Row>
  );
}
