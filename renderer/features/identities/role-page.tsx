import { useNavigate } from 'react-router';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card, Facts } from '../../ui/card';
import { formatDate } from '../../ui/format';
import { Columns, Stack } from '../../ui/layout';
import { Mono, Text } from '../../ui/text';
import { UsedAt } from './identity-columns';
import { ActsCard, IdentityFrame, NamesCard, TagsCard } from './identity-frame';
import { makerWords } from './identity-words';
import { PartText } from './part-text';
import { useReading } from './use-reading';

/** Everything of one role. A role that a connection goes by leads to it: it is taken back there. */
export function RolePage({ name }: { readonly name: string }) {
  const account = useReading();
  const { reading } = account;
  const role = reading?.roles.find((one) => one.name === name);
  const connections = useAsk('connections', 'connections', 'list', {}).data?.connections ?? [];
  const used = connections.filter(
    (one) => one.accountId === reading?.accountId && one.roleName === name && one.status !== 'revoked',
  );
  const navigate = useNavigate();
  return (
    <IdentityFrame account={account} subject="role" name={name} arn={role?.arn}>
      {role !== undefined && reading !== undefined && (
        <Columns layout="side-right">
          <Stack>
            {used.length > 0 && (
              <Card title="Connections that go by it" padding="md">
                <Stack gap="sm">
                  {used.slice(0, 20).map((one) => (
                    <span key={one.id}>
                      <Button variant="link" onPress={() => void navigate(`/connections/${one.id}`)}>
                        {one.name}
                      </Button>
                    </span>
                  ))}
                  <Text tone="muted">
                    A session handed on into a profile of its own, and taking the role back, are on the connection’s
                    page.
                  </Text>
                </Stack>
              </Card>
            )}
            <ActsCard accountId={reading.accountId} name={name} />
            <NamesCard title="Attached policies" names={role.attached} none="none" />
            <NamesCard title="Inline policies" names={role.inline} none="none" />
          </Stack>
          <Stack>
            <Card title="The role" padding="sm">
              <Facts
                facts={[
                  { term: 'Last used', value: <PartText part={role.use}>{({ at }) => <UsedAt at={at} />}</PartText> },
                  {
                    term: 'Made by',
                    value: (
                      <PartText part={role.tags}>
                        {() => makerWords(role) ?? <Text tone="muted">not said</Text>}
                      </PartText>
                    ),
                  },
                  { term: 'Made', value: formatDate(role.createdAt) },
                  { term: 'Path', value: <Mono>{role.path}</Mono> },
                ]}
              />
            </Card>
            <TagsCard tags={role.tags} />
          </Stack>
        </Columns>
      )}
    </IdentityFrame>
  );
}
