import { useState } from 'react';
import type { MemberAccount } from '../../../core/contract/organization';
import type { SourceView } from '../../../core/contract/sources';
import { roleNameSchema } from '../../../core/domain/limits';
import { currentTime } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { ErrorPanel } from '../../ui/error-panel';
import { FormDialog } from '../../ui/form-dialog';
import { TextField } from '../../ui/text-field';
import { showToast } from '../../ui/toast';
import { plainAccountWish } from './left-account-wish';
import { NoAccessRole } from './no-access-role';

interface AdoptDialogProps {
  readonly account: MemberAccount;
  /** In the management account. */
  readonly through: SourceView;
  readonly onClose: () => void;
}

/** The way into an account of the organization: its access role, which is tried before it is kept as a source identity. */
export function AdoptDialog({ account, onClose, through }: AdoptDialogProps) {
  const [roleName, setRoleName] = useState(plainAccountWish.accessRoleName);
  const [since, setSince] = useState<number>();
  const add = useAct('sources', 'addMemberRole');
  const wanted = roleName.trim();
  const fault = roleNameSchema.safeParse(wanted).error?.issues[0]?.message;
  const { identity, source } = through;
  const run = async () => {
    setSince(currentTime());
    const answer = await add.run({
      throughId: source.id,
      accountId: account.id,
      roleName: wanted,
      label: account.name.slice(0, 80),
      region: source.region,
    });
    if (answer === undefined) return;
    showToast({
      title: `${account.name} lets you in`,
      detail: 'Its access role is a source identity now.',
      icon: 'door-open',
    });
    onClose();
  };
  const remedy = useRemedy({ retry: () => void run(), roleName: wanted });
  return (
    <FormDialog
      title={`Enter ${account.name}`}
      description="By the role that lets the management account in. It is tried now; nothing in the account changes."
      width={add.error === undefined ? 'sm' : 'md'}
      submitLabel="Try it and keep it"
      busy={add.busy ? { label: 'Asking AWS', since } : undefined}
      disabledReason={fault === undefined ? undefined : 'A role needs its name'}
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <TextField
        label="Access role"
        value={roleName}
        onChange={(next) => {
          setRoleName(next);
          add.reset();
        }}
        autoFocus
        mono
        maxLength={64}
        error={fault}
        help={`Entered as ${source.label}. AWS calls it ${plainAccountWish.accessRoleName} where nobody chose another name.`}
      />
      {add.error !== undefined && (
        <>
          <ErrorPanel error={add.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
          {add.error.kind === 'access-denied' && identity !== undefined && (
            <NoAccessRole
              role={{ partition: identity.partition, managementAccountId: identity.accountId, roleName: wanted }}
              accountId={account.id}
              callerArn={identity.arn}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}
