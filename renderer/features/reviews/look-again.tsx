import { useState } from 'react';
import { useOperationOn } from '../../ipc/operations';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { showToast, type ToastMessage } from '../../ui/toast';

const notLooked: ToastMessage = {
  ...{ tone: 'danger', icon: 'alert', title: 'Not everything was looked at' },
  detail: 'What is shown is as of the look before. Try again in a minute.',
};

/** Asks AWS anew: every role that may be seen, and how old our own keys are. */
export function LookAgain() {
  const roles = useAct('drift', 'lookAt');
  const keys = useAct('reviews', 'lookAtKeys');
  const operation = useOperationOn('drift', 'drift');
  const [isAsking, setAsking] = useState(false);
  const run = async () => {
    setAsking(true);
    const [looked, seen] = await Promise.all([roles.run({}), keys.run({})]);
    setAsking(false);
    if (looked === undefined || seen === undefined) showToast(notLooked);
    const [first] = seen?.unseen ?? [];
    if (first === undefined) return;
    const others = (seen?.unseen.length ?? 1) - 1;
    showToast({
      ...{ tone: 'warning', icon: 'key', title: `The age of ${first.label}’s key is not known` },
      detail: `${first.why}${others === 0 ? '' : ` And ${String(others)} more.`}`,
    });
  };
  const isLooking = operation?.state === 'running';
  return (
    <Button
      icon="eye"
      busy={isLooking || isAsking ? { label: 'Looking', since: operation?.startedAt } : undefined}
      onPress={() => void run()}
    >
      Look again
    </Button>
  );
}
