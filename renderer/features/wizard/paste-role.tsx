import { useState } from 'react';
import { formatRoleArn } from '../../../core/domain/arn';
import { readConnectionReply, saysItIsReply } from '../../../core/domain/connection-reply';
import type { RoleReference } from '../../../core/domain/role-reference';
import { isAccountId } from '../../../core/domain/account-id';
import { Button } from '../../ui/button';
import { Row, Stack, Grow } from '../../ui/layout';
import { CleanedUp, TextField } from '../../ui/text-field';
import { Note } from '../../ui/note';

interface PasteRoleProps {
  readonly roleArn: string | undefined;
  /** What the plan says that the role will be. */
  readonly plannedArn: string | undefined;
  readonly isDisabled: boolean;
  readonly read: (text: string) => RoleReference;
  /** The key under which this wizard's request is answered. */
  readonly externalId: string;
  /** It is a reply, and not the one that fits here without a question. */
  readonly onReply: (text: string) => void;
  /** A role was picked out: save it and test it. */
  readonly onTake: (roleArn: string) => void;
}

/**
 * One field for anything that was pasted. What is understood is said at once; a credential is refused, the field is
 * emptied, and the text goes nowhere.
 */
export function PasteRole({ roleArn, plannedArn, isDisabled, read, externalId, onReply, onTake }: PasteRoleProps) {
  const [text, setText] = useState(roleArn ?? '');
  const [accountId, setAccountId] = useState('');
  const [isReplied, setReplied] = useState(false);
  const [refused, setRefused] = useState<Extract<RoleReference, { kind: 'secret' }>>();
  const reading = text.trim() === '' ? undefined : read(text);

  const change = (next: string) => {
    const understood = next.trim() === '' ? undefined : read(next);
    if (understood?.kind === 'secret') {
      // SECURITY(S-13): a pasted secret is not kept on screen, sent or logged; only what kind it was is said.
      setText('');
      setRefused(understood);
      return;
    }
    setRefused(undefined);
    setReplied(false);
    if (!saysItIsReply(next)) {
      setText(next);
      return;
    }
    const reply = readConnectionReply(next);
    const role = reply.ok && reply.value.externalId === externalId ? read(reply.value.roleArn) : undefined;
    // where it says anything but what was asked for, that is said before it is taken
    if (role?.kind === 'found' && role.arn === plannedArn && role.note === undefined) {
      setText(role.arn);
      setReplied(true);
    } else onReply(next);
  };
  const found = reading?.kind === 'found' ? reading : undefined;
  const submit = () => {
    if (found !== undefined) onTake(found.arn);
    else if (reading?.kind === 'needs-account-id' && isAccountId(accountId)) {
      onTake(formatRoleArn(reading.partition ?? 'aws', accountId, reading.path, reading.roleName));
    }
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="sm">
        <TextField
          label="Role"
          value={text}
          onChange={change}
          error={refused === undefined ? errorWords(reading) : undefined}
          placeholder="arn:aws:iam::…:role/…"
          isDisabled={isDisabled}
          mono
          size="lg"
          maxLength={65_536}
        />
        {refused !== undefined && (
          <Note tone="danger" title={refused.message} isAlert>
            {refused.whereToFind}
          </Note>
        )}
        {found !== undefined && found.leftOut !== '' && (
          <CleanedUp
            found="Found one role in what you pasted."
            leftOut={`Left out ${found.leftOut}.`}
            segments={found.changes}
            undo={
              <Button variant="link" onPress={() => setText(found.arn)}>
                Keep only the ARN
              </Button>
            }
          />
        )}
        {isReplied && (
          <Note tone="success" title="This is the role of the owner’s reply.">
            It is the one that was asked for.
          </Note>
        )}
        {found?.note !== undefined && (
          <Note tone="warning" title="Look again.">
            {found.note.message}
          </Note>
        )}
        {reading?.kind === 'needs-account-id' && (
          <TextField
            label="Account ID"
            help={reading.message}
            value={accountId}
            onChange={(value) => setAccountId(value.replaceAll(/[\s-]/g, ''))}
            inputMode="numeric"
            mono
            maxLength={32}
            error={accountId === '' || isAccountId(accountId) ? undefined : 'An account ID has twelve digits.'}
          />
        )}
        {reading?.kind === 'several' && (
          <Stack gap="xs">
            {reading.arns.map((arn) => (
              <Button key={arn} variant="secondary" onPress={() => setText(arn)}>
                {arn}
              </Button>
            ))}
          </Stack>
        )}
        {(found !== undefined || reading?.kind === 'needs-account-id') &&
          (found?.arn !== roleArn || roleArn === undefined) && (
            <Row>
              <Grow />
              <Button type="submit" variant="secondary" icon="play" isDisabled={isDisabled}>
                Test this role
              </Button>
            </Row>
          )}
      </Stack>
    </form>
  );
}

function errorWords(reading: RoleReference | undefined): string | undefined {
  switch (reading?.kind) {
    case 'wrong':
      return `${reading.message} ${reading.whereToFind}`;
    case 'several':
    case 'nothing':
      return reading.message;
    default:
      return undefined;
  }
}
