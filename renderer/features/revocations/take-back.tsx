import { useState } from 'react';
import type { Revocation } from '../../../core/domain/revocation';
import type { RevocationWay } from '../../../core/domain/revocation-ways';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { Row } from '../../ui/layout';
import { Text } from '../../ui/text';
import { showToast } from '../../ui/toast';

/** What taking it back lets happen again, for whoever reads only one sentence. */
const consequences: Readonly<Record<Exclude<RevocationWay, 'delete-role'>, string>> = {
  'close-trust': 'Whoever the trust policy named before may assume the role again.',
  'deny-older-sessions': 'Sessions from before the cutoff that have not expired work again.',
  'detach-permissions': 'Whoever is in the role, or comes in, has its permissions again.',
  quarantine:
    'Whoever the trust policy named before may assume the role again, and sessions from before that have not expired work again.',
};

/** Puts back what stood before, for ways that lose nothing. */
export function TakeBack({ revocation }: { readonly revocation: Revocation }) {
  const [isAsking, setAsking] = useState(false);
  const undo = useAct('revocation', 'undo');
  const { before, id, roleName, state, way } = revocation;
  const run = () =>
    void undo.run({ revocationId: id }).then((answer) => {
      setAsking(false);
      if (answer !== undefined) {
        showToast({ title: `${roleName} is as it was`, detail: 'Test the connection to see that it works again.' });
      }
    });
  const remedy = useRemedy({ retry: run });
  if (before === undefined || way === 'delete-role' || state === 'running' || state === 'undone') return null;
  const error = undo.error ?? revocation.undo?.error;
  return (
    <>
      {error !== undefined && (
        <ErrorPanel
          error={error}
          title={`Not taken back: ${error.message}`}
          onRemedy={remedy}
          onCopyDetail={copyText}
          emphasis="secondary"
        />
      )}
      <Row>
        <Button icon="undo" onPress={() => setAsking(true)}>
          Take it back…
        </Button>
      </Row>
      <ConfirmDialog
        isOpen={isAsking}
        title={`Let ${revocation.connectionName} be used again`}
        description={`Role ${roleName} is put back as it stood before this revocation. The record stays.`}
        confirmLabel="Put it back"
        tone="danger"
        busy={undo.busy ? { label: 'Putting back' } : undefined}
        onCancel={() => setAsking(false)}
        onConfirm={run}
      >
        <Text as="p">{consequences[way]}</Text>
      </ConfirmDialog>
    </>
  );
}
