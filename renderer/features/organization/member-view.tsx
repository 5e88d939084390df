import { useNavigate } from 'react-router';
import type { OrganizationView } from '../../../core/contract/organization';
import { copyText } from '../../ipc/copy';
import { Button } from '../../ui/button';
import { Card, Facts } from '../../ui/card';
import { CopyButton } from '../../ui/copy-button';
import { Row, Stack } from '../../ui/layout';
import { AccountId, Mono, Text } from '../../ui/text';
import type { SourceChoice } from './use-source-choice';

interface MemberViewProps {
  readonly view: Extract<OrganizationView, { kind: 'member' }>;
  readonly choice: SourceChoice;
}

/** A member sees who manages the organization, and little more. */
export function MemberView({ view, choice }: MemberViewProps) {
  const { accountId, managementAccountId, managementEmail, organizationId } = view;
  const navigate = useNavigate();
  const other = choice.sources.find(({ identity }) => identity?.accountId === managementAccountId);
  return (
    <Card
      title="This account is a member"
      subtitle={
        <>
          <AccountId id={accountId} /> belongs to an organization that another account manages
        </>
      }
      padding="md"
    >
      <Stack gap="lg">
        <Facts
          facts={[
            { term: 'Managed by', value: <AccountId id={managementAccountId} /> },
            {
              term: 'Its e-mail',
              value: (
                <Row gap="xs">
                  {managementEmail}
                  <CopyButton
                    what="the e-mail of the management account"
                    variant="ghost"
                    onCopy={() => copyText(managementEmail)}
                  />
                </Row>
              ),
            },
            { term: 'Organization', value: <Mono>{organizationId}</Mono> },
          ]}
        />
        <Text as="p">
          Only the management account sees the units and accounts, makes new ones and moves them.{' '}
          {other === undefined
            ? 'Add a source identity of it, or ask whoever holds it.'
            : `You have a source identity in it: ${other.source.label}.`}
        </Text>
        <Row>
          {other === undefined ? (
            <Button variant="primary" onPress={() => void navigate('/settings')}>
              Add a source identity
            </Button>
          ) : (
            <Button variant="primary" icon="eye" onPress={() => choice.choose(other.source.id)}>
              {`Look as ${other.source.label}`}
            </Button>
          )}
        </Row>
      </Stack>
    </Card>
  );
}
