import { useMemo } from 'react';
import { roleNameSchema } from '../../../core/domain/limits';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Folded } from '../../ui/folded';
import { Grow, Row, Stack } from '../../ui/layout';
import { Select } from '../../ui/select';
import { Mono } from '../../ui/text';
import { TextField } from '../../ui/text-field';
import { plainAccountWish, type AccountWish } from './left-account-wish';
import { placesOf, type ManagementView } from './organization-tree';
import { SourceSelect } from './source-select';
import type { SourceChoice } from './use-source-choice';

interface WishFieldsProps {
  readonly form: AccountWish;
  readonly onChange: (change: (known: AccountWish) => AccountWish) => void;
  readonly proposedEmail: string | undefined;
  readonly managementEmail: string | undefined;
  readonly view: ManagementView | undefined;
  /** Undefined: it stays in the root. */
  readonly unitId: string | undefined;
  readonly choice: SourceChoice;
  readonly onNewUnit: () => void;
}

const noUnit = 'none';

/** Name, address, place, and the way in. */
export function WishFields(props: WishFieldsProps) {
  const { choice, form, managementEmail, onChange, onNewUnit, proposedEmail, unitId, view } = props;
  const places = useMemo(() => (view === undefined ? [] : placesOf(view).slice(1)), [view]);
  const set = (change: Partial<AccountWish>) => onChange((known) => ({ ...known, ...change }));
  const email = form.email ?? proposedEmail ?? '';
  const isProposed = form.email === undefined && proposedEmail !== undefined;
  const roleFault = roleNameSchema.safeParse(form.accessRoleName).error?.issues[0]?.message;
  return (
    <Card title="The account" padding="md">
      <Stack gap="lg">
        <SourceSelect choice={choice} help="Accounts are made from the management account." />
        <TextField
          label="Name"
          value={form.name}
          onChange={(name) => set({ name })}
          maxLength={50}
          placeholder="Python deploy"
          help="Everybody in the organization sees it. It can be changed later."
          error={
            /^[ -~]*$/.test(form.name) ? undefined : 'AWS takes plain letters, digits and signs here, without accents.'
          }
        />
        <TextField
          label="E-mail of its root user"
          value={email}
          onChange={(next) => set({ email: next })}
          maxLength={64}
          error={email === '' ? undefined : faultOf(email)}
          help={
            isProposed ? (
              <>
                Proposed: what stands behind the + is ignored by many mail hosts, so it arrives at{' '}
                <Mono>{managementEmail}</Mono>. Send a test mail first: it is the only way back to the root user.
              </>
            ) : (
              'No AWS account may ever have used it. With a + as in ops+name@… it can arrive in a mailbox that you have.'
            )
          }
        />
        <Row gap="sm" align="end">
          <Grow>
            <Select
              label="Unit"
              value={unitId ?? noUnit}
              options={[
                { value: noUnit, label: 'None: it stays in the root' },
                ...places.map(({ id, path }) => ({ value: id, label: path })),
              ]}
              onChange={(value) => set({ unitId: value === noUnit ? undefined : value })}
            />
          </Grow>
          <Button
            icon="folder"
            onPress={onNewUnit}
            disabledReason={view === undefined ? 'The units are not known yet' : undefined}
          >
            New unit…
          </Button>
        </Row>
        <Folded title="The role that lets the management account in">
          <TextField
            label="Access role"
            value={form.accessRoleName}
            onChange={(accessRoleName) => set({ accessRoleName })}
            maxLength={64}
            mono
            error={roleFault}
            help={`AWS makes it in the account, as its administrator. Usually ${plainAccountWish.accessRoleName}.`}
          />
        </Folded>
      </Stack>
    </Card>
  );
}

/** Only what is plain to see while typing; the check asks AWS's own rules. */
function faultOf(email: string): string | undefined {
  if (email.length < 6) return 'An address has at least 6 characters.';
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return 'An address looks like ops+name@example.com.';
  return undefined;
}
