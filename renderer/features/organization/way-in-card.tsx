import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { MemberAccount } from '../../../core/contract/organization';
import { useAct, useAsk } from '../../ipc/queries';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { ErrorPanel } from '../../ui/error-panel';
import { Icon } from '../../ui/icon';
import { Row, Stack } from '../../ui/layout';
import { Mono, Text, TwoLine } from '../../ui/text';
import { AdoptDialog } from './adopt-dialog';

interface WayInCardProps {
  readonly account: MemberAccount;
  /** In the management account. */
  readonly sourceId: string;
  /** For an account that was made here: its wizard goes on with it. */
  readonly subAccountId: string | undefined;
}

/** How the app itself gets into the account, and from there to a connection. */
export function WayInCard({ account, sourceId, subAccountId }: WayInCardProps) {
  const sources = useAsk('sources', 'sources', 'list', {}).data?.sources;
  const start = useAct('onboarding', 'startDraft');
  const navigate = useNavigate();
  const [isAdopting, setAdopting] = useState(false);
  const through = sources?.find(({ source }) => source.id === sourceId);
  const inIt = (sources ?? []).filter(({ identity }) => identity?.accountId === account.id);
  const connect = async () => {
    const draft = await start.run(
      subAccountId === undefined
        ? { account: { name: account.name, accountId: account.id } }
        : { subAccountId, account: { name: account.name, accountId: account.id } },
    );
    if (draft !== undefined) void navigate(`/connect/${draft.draft.id}`);
  };
  const remedy = useRemedy({ retry: () => void connect() });
  return (
    <Card
      title="Your way in"
      subtitle={inIt.length === 0 ? 'none yet' : undefined}
      padding="md"
      actions={
        inIt.length > 0 && (
          <Button size="sm" onPress={() => setAdopting(true)}>
            Another role…
          </Button>
        )
      }
    >
      <Stack gap="md">
        {inIt.map(({ identity, source }) => (
          <TwoLine
            key={source.id}
            icon={<Icon name={source.kind === 'member-role' ? 'role' : 'user'} />}
            title={<b>{source.label}</b>}
            detail={
              source.kind === 'member-role' ? (
                <>
                  by its access role <Mono>{source.roleName}</Mono>
                </>
              ) : (
                identity?.name
              )
            }
          />
        ))}
        <Text as="p" tone="muted">
          {inIt.length === 0
            ? 'With its access role the management account enters it, and Sallyport can make a role in it by itself.'
            : 'With it Sallyport makes a role in the account by itself.'}
        </Text>
        <Row wrap>
          {inIt.length === 0 && (
            <Button
              variant="primary"
              icon="door-open"
              disabledReason={through === undefined ? 'The source identities are not known yet' : undefined}
              onPress={() => setAdopting(true)}
            >
              Enter by its access role…
            </Button>
          )}
          <Button
            variant={inIt.length === 0 ? 'secondary' : 'primary'}
            icon="link"
            busy={start.busy ? { label: 'Beginning' } : undefined}
            onPress={() => void connect()}
          >
            Connect it
          </Button>
        </Row>
        {start.error !== undefined && (
          <ErrorPanel error={start.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
      </Stack>
      {isAdopting && through !== undefined && (
        <AdoptDialog account={account} through={through} onClose={() => setAdopting(false)} />
      )}
    </Card>
  );
}
