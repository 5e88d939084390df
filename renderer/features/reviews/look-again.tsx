import { useState } from 'react';
import { client } from '../../ipc/client';
import { useOperationOn } from '../../ipc/operations';
import { Button } from '../../ui/button';
import { showToast } from '../../ui/toast';
import { lookWords } from './look-words';

/** Asks AWS anew: every role that may be seen, and how old our own keys are. */
export function LookAgain() {
  const operation = useOperationOn('drift', 'drift');
  const [isAsking, setAsking] = useState(false);
  const run = async () => {
    setAsking(true);
    const [looked, seen] = await Promise.all([client.drift.lookAt({}), client.reviews.lookAtKeys({})]);
    setAsking(false);
    for (const words of lookWords(looked, seen)) showToast(words);
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
