import type { Revocation } from '../../../core/domain/revocation';
import { denyOlderSessionsPolicyName, hasInertDeny } from '../../../core/domain/revocation';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { ErrorPanel } from '../../ui/error-panel';
import { formatClock } from '../../ui/format';
import { Note } from '../../ui/note';
import { showToast } from '../../ui/toast';

/** Offers to delete the deny once no session is old enough for it. */
export function CleanUp({ revocation }: { readonly revocation: Revocation }) {
  const cleanUp = useAct('revocation', 'cleanUp');
  const run = () =>
    void cleanUp.run({ revocationId: revocation.id }).then((answer) => {
      if (answer !== undefined) showToast({ title: `${denyOlderSessionsPolicyName} is deleted`, icon: 'check' });
    });
  const remedy = useRemedy({ retry: run });
  if (!hasInertDeny(revocation)) return null;
  return (
    <>
      <Note
        tone="info"
        title="The deny has nothing left to do."
        action={
          <Button variant="link" busy={cleanUp.busy ? { label: 'Deleting' } : undefined} onPress={run}>
            Delete {denyOlderSessionsPolicyName}
          </Button>
        }
      >
        Every session from before {formatClock(revocation.cutoff ?? revocation.startedAt)} has expired.
      </Note>
      {cleanUp.error !== undefined && (
        <ErrorPanel error={cleanUp.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
      )}
    </>
  );
}
