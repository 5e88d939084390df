import { accessRoleCommands, accessRoleTrust, type AccessRole } from '../../../core/render/access-role';
import { copyText } from '../../ipc/copy';
import { CopyButton } from '../../ui/copy-button';
import { Folded } from '../../ui/folded';
import { Row, Stack } from '../../ui/layout';
import { CodeBlock } from '../../ui/policy-view';
import { AccountId, Mono, Text } from '../../ui/text';
import { Consequences } from './consequences';

interface NoAccessRoleProps {
  readonly role: AccessRole;
  readonly accountId: string;
  /** Who asked. */
  readonly callerArn: string;
}

/** Why an account does not let its management account in, and how it comes to. */
export function NoAccessRole({ accountId, callerArn, role }: NoAccessRoleProps) {
  const commands = accessRoleCommands(role).join('\n');
  const trust = accessRoleTrust(role);
  return (
    <Stack gap="md">
      <Consequences
        title="Likely causes, the likeliest first"
        items={[
          'The account was invited, or it made itself: AWS makes the role only in accounts that the organization makes.',
          'The role has another name, or somebody deleted it or changed whom it trusts.',
          `Your own side: ${callerArn} needs sts:AssumeRole on it, and no policy of the organization may deny it.`,
        ]}
      />
      <Text as="p">
        To make it, an administrator of <AccountId id={accountId} /> runs this there, once:
      </Text>
      <Code label="Commands that make the access role" text={commands} />
      <Folded title="The same in the console">
        <Stack gap="sm">
          <Text as="p">
            IAM, Roles, Create role, Custom trust policy: paste this, choose AdministratorAccess, and name it{' '}
            <Mono>{role.roleName}</Mono>. Fewer permissions do as well, if they are enough for what you connect.
          </Text>
          <Code label="Trust policy of the access role" text={trust} />
        </Stack>
      </Folded>
    </Stack>
  );
}

function Code({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <Stack gap="xs">
      <CodeBlock label={label} text={text} />
      <Row justify="end">
        <CopyButton what={label} onCopy={() => copyText(text)} />
      </Row>
    </Stack>
  );
}
