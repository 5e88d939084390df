import { useState } from 'react';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { nothing } from './section';
import styles from './kit.module.css';

export function DialogScene() {
  const [isOpen, setOpen] = useState(true);
  return (
    <main className={styles['kit']}>
      <Button
        onPress={() => {
          setOpen(true);
        }}
      >
        Undo everything…
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        title="Revoke access to Tidewater Production"
        description="Role SallyportCodeDeploy in 4444 5555 6666. Other roles of the account are not touched."
        losses={['Role SallyportCodeDeploy', 'Inline policy DeployRevisions', '2 attachments of AWS policies']}
        lossNote="A role of the same name can be made again, but this one cannot come back."
        confirmLabel="Delete the role"
        width="md"
        alternative={
          <Button variant="link" icon="file">
            Make a script for the owner instead
          </Button>
        }
        onConfirm={nothing}
        onCancel={() => {
          setOpen(false);
        }}
      >
        <Checkbox isSelected onChange={nothing}>
          Keep probing with the old credential until AWS refuses it
        </Checkbox>
      </ConfirmDialog>
    </main>
  );
}
