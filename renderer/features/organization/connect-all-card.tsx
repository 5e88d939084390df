import { useNavigate } from 'react-router';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { CopyButton } from '../../ui/copy-button';
import { ErrorPanel } from '../../ui/error-panel';
import { formatQuantity } from '../../ui/format';
import { Folded } from '../../ui/folded';
import { Grow, Row, Stack } from '../../ui/layout';
import { Mono, Text } from '../../ui/text';
import type { AccountNode } from './organization-tree';

interface ConnectAllCardProps {
  /** Of the unit or the root. */
  readonly id: string;
  readonly accounts: readonly AccountNode[];
}

/** Once for the organization, in its management account (API reference of CloudFormation, ActivateOrganizationsAccess). */
const trustedAccess = 'aws cloudformation activate-organizations-access';

/** The way to the same role in every account of a place: AWS's StackSets make it, from the wizard's plan. */
export function ConnectAllCard({ accounts, id }: ConnectAllCardProps) {
  const start = useAct('onboarding', 'startDraft');
  const navigate = useNavigate();
  const model = accounts.find(({ account }) => account.state === 'ACTIVE' && !account.isManagement)?.account;
  const begin = async () => {
    if (model === undefined) return;
    const draft = await start.run({ account: { name: model.name, accountId: model.id } });
    if (draft !== undefined) void navigate(`/connect/${draft.draft.id}`);
  };
  const remedy = useRemedy({ retry: () => void begin() });
  if (model === undefined) return null;
  return (
    <Card title="Connect every account below" subtitle={formatQuantity(accounts.length, 'account')} padding="md">
      <Stack gap="md">
        <Text as="p">
          A StackSet of AWS makes the same role in each of them. Choose a recipe, take “{model.name}” as the model, then
          “CloudFormation” and “Many accounts”: the template and its commands stand there. Put this place into them:
        </Text>
        <Copied what="the ID for the StackSet" text={id} />
        <Row>
          <Button icon="stack" busy={start.busy ? { label: 'Beginning' } : undefined} onPress={() => void begin()}>
            Choose a recipe
          </Button>
        </Row>
        {start.error !== undefined && (
          <ErrorPanel error={start.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
        <Folded title="What it needs">
          <Stack gap="sm">
            <Text as="p">
              Credentials of the management account, and trusted access for StackSets, switched on there once:
            </Text>
            <Copied what="command for trusted access" text={trustedAccess} />
            <Text as="p">
              Accounts that come later get the role only with <Mono>Enabled=true</Mono> for auto-deployment, which then
              wants <Mono>RetainStacksOnAccountRemoval</Mono> as well. The management account itself never gets it.
            </Text>
          </Stack>
        </Folded>
      </Stack>
    </Card>
  );
}

function Copied({ text, what }: { readonly text: string; readonly what: string }) {
  return (
    <Row>
      <Grow>
        <Mono>{text}</Mono>
      </Grow>
      <CopyButton what={what} onCopy={() => copyText(text)} />
    </Row>
  );
}
