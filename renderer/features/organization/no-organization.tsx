import { useState } from 'react';
import { currentTime } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Checkbox } from '../../ui/checkbox';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { Columns, Row, Stack } from '../../ui/layout';
import { AccountId, Text } from '../../ui/text';
import { showToast } from '../../ui/toast';
import { BeforeAfter } from './before-after';
import { Consequences } from './consequences';

interface NoOrganizationProps {
  readonly sourceId: string;
  readonly accountId: string;
  /** What an account of its own is for is shown beside it already. */
  readonly isNarrow?: boolean | undefined;
}

const meanings = [
  'This account becomes the management account. That cannot be handed to another one.',
  'It pays for all accounts of the organization: billing is consolidated.',
  'It may end AWS’s Free plan of this account.',
  'It cannot be undone simply: every other account has to leave first.',
] as const;

/** AWS knows none of this account: what making one means, and the one button that asks. */
export function NoOrganization({ sourceId, accountId, isNarrow = false }: NoOrganizationProps) {
  const [isAsking, setAsking] = useState(false);
  const [agrees, setAgrees] = useState(false);
  const [since, setSince] = useState<number>();
  const make = useAct('organization', 'create');
  const run = async () => {
    setSince(currentTime());
    const answer = await make.run({ sourceId });
    if (answer === undefined) return;
    setAsking(false);
    showToast({ title: 'The organization is there', detail: 'This account manages it.', icon: 'tree' });
  };
  const remedy = useRemedy({ retry: () => void run() });
  const close = () => {
    setAsking(false);
    setAgrees(false);
    make.reset();
  };
  const card = (
    <Card
      title="No organization yet"
      subtitle={
        <>
          AWS knows none of <AccountId id={accountId} />
        </>
      }
      padding="md"
    >
      <Stack gap="lg">
        <Text as="p">
          An organization is what new accounts are made in. Whoever holds a role in an account of its own reaches that
          account and nothing else, even as its administrator.
        </Text>
        <Consequences title="What making one means" items={meanings} />
        <Row>
          <Button variant="primary" size="lg" icon="tree" onPress={() => setAsking(true)}>
            Make an organization…
          </Button>
        </Row>
      </Stack>
    </Card>
  );
  return (
    <>
      {isNarrow ? (
        card
      ) : (
        <Columns layout="side-right">
          {card}
          <Stack>
            <Card title="What it is for" padding="md">
              <BeforeAfter />
            </Card>
          </Stack>
        </Columns>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        title="Make an organization?"
        description={
          <>
            With all features, of account <AccountId id={accountId} />. AWS asks nothing for it.
          </>
        }
        confirmLabel="Make the organization"
        tone="primary"
        width="md"
        busy={make.busy ? { label: 'Making it', since } : undefined}
        confirmDisabledReason={agrees ? undefined : 'Agree to what it means first'}
        onConfirm={() => void run()}
        onCancel={close}
      >
        <Stack gap="lg">
          <Consequences title="What follows from it" items={meanings} />
          <Checkbox isSelected={agrees} onChange={setAgrees}>
            I know what this means for the account and its bill
          </Checkbox>
          {make.error !== undefined && (
            <ErrorPanel error={make.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
          )}
        </Stack>
      </ConfirmDialog>
    </>
  );
}
