import { useState } from 'react';
import type { Revocation } from '../../../core/domain/revocation';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { Row } from '../../ui/layout';
import { Text } from '../../ui/text';
import { showToast, type ToastMessage } from '../../ui/toast';
import { wayWords } from './way-words';

/** Puts back what stood before, for ways that lose nothing; what only was asked for is withdrawn. */
export function PutBack({ revocation }: { readonly revocation: Revocation }) {
  const [isAsking, setAsking] = useState(false);
  const undo = useAct('revocation', 'undo');
  const { id, state } = revocation;
  const words = wordsOf(revocation);
  const run = () =>
    void undo.run({ revocationId: id }).then((answer) => {
      setAsking(false);
      if (answer !== undefined && words !== undefined) showToast(words.toast);
    });
  const remedy = useRemedy({ retry: run });
  if (words === undefined || state === 'running' || state === 'undone') return null;
  const error = undo.error ?? revocation.undo?.error;
  return (
    <>
      {error !== undefined && (
        <ErrorPanel error={error} title={words.not} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
      )}
      <Row>
        <Button icon="undo" onPress={() => setAsking(true)}>
          {words.open}
        </Button>
      </Row>
      <ConfirmDialog
        isOpen={isAsking}
        title={words.title}
        description={words.description}
        confirmLabel={words.confirm}
        tone={words.consequence === undefined ? 'primary' : 'danger'}
        busy={undo.busy ? { label: words.busy } : undefined}
        onCancel={() => setAsking(false)}
        onConfirm={run}
      >
        {words.consequence !== undefined && <Text as="p">{words.consequence}</Text>}
      </ConfirmDialog>
    </>
  );
}

interface PutBackWords {
  readonly open: string;
  readonly title: string;
  readonly description: string;
  readonly confirm: string;
  readonly busy: string;
  /** Above what went wrong. */
  readonly not: string;
  readonly toast: ToastMessage;
  readonly consequence?: string;
}

/** Undefined where nothing can be put back. */
function wordsOf({ before, connectionName, roleName, state, way }: Revocation): PutBackWords | undefined {
  const { putBack } = wayWords[way];
  if (state === 'asked') {
    return {
      open: 'Withdraw the request…',
      title: `Stop asking for ${connectionName}`,
      description: 'Nothing changes in AWS. Tell the owner, if they have the request already. The record stays.',
      confirm: 'Withdraw it',
      busy: 'Withdrawing',
      not: 'Not withdrawn',
      toast: { title: 'The request is withdrawn', detail: 'The role works as before.' },
    };
  }
  if (before === undefined || putBack === undefined) return undefined;
  return {
    open: 'Put it back…',
    title: `Let ${connectionName} be used again`,
    description: `Role ${roleName} is put back as it stood before this revocation. The record stays.`,
    confirm: 'Put it back',
    busy: 'Putting back',
    not: 'Not put back',
    toast: { title: `${roleName} is as it was`, detail: 'Test the connection to see that it works again.' },
    consequence: putBack,
  };
}
