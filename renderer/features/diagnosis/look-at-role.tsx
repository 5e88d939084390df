import { useState } from 'react';
import type { AppError } from '../../../core/app-error';
import type { Diagnosis } from '../../../core/domain/check';
import { copyText } from '../../ipc/copy';
import { client } from '../../ipc/client';
import { Button } from '../../ui/button';
import { CopyButton } from '../../ui/copy-button';
import { Row, Stack } from '../../ui/layout';
import { Mono, AccountId, Text } from '../../ui/text';
import { TextArea } from '../../ui/text-field';
import styles from './test-failure.module.css';

interface LookAtRoleProps {
  readonly subjectId: string;
  readonly look: NonNullable<Diagnosis['look']>;
}

/** One line for somebody in the target account, and a place for what it prints: that tells the rest. */
export function LookAtRole({ look, subjectId }: LookAtRoleProps) {
  const [text, setText] = useState('');
  const [error, setError] = useState<AppError>();
  const [isBusy, setBusy] = useState(false);
  const read = async () => {
    setBusy(true);
    const answer = await client.connections.lookAtRole({ subjectId, text });
    setBusy(false);
    setError(answer.ok ? undefined : answer.error);
    // a credential that was pasted by mistake does not stay on screen
    if (answer.ok || answer.error.kind === 'secret-refused') setText('');
  };
  return (
    <section className={styles['look']}>
      <h3 className={styles['cause']}>Look at the role itself</h3>
      <Text as="p" size="sm" tone="muted">
        This line only reads. Whoever may read roles in <AccountId id={look.accountId} /> can run it.
      </Text>
      <Row gap="sm">
        <Mono>{look.command}</Mono>
        <CopyButton what="line for the AWS CLI" variant="ghost" onCopy={() => copyText(look.command)} />
      </Row>
      <Stack gap="sm">
        <TextArea
          label="What it printed"
          help="All of it, from the first { to the last }. An error of AWS tells as much."
          value={text}
          onChange={setText}
          rows={4}
          mono
          error={error === undefined ? undefined : `${error.message} ${error.whatToDo}`}
        />
        <Row gap="sm">
          <Button
            busy={isBusy ? { label: 'Reading' } : undefined}
            disabledReason={text.trim() === '' ? 'Nothing is pasted yet' : undefined}
            onPress={() => void read()}
          >
            Read it
          </Button>
        </Row>
      </Stack>
    </section>
  );
}
