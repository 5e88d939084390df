import { useState } from 'react';
import type { PracticeTab } from '../../app/practice-panel';
import { useAsk } from '../../ipc/queries';
import { copyText } from '../../ipc/copy';
import { Dialog } from '../../ui/dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { Tabs } from '../../ui/tabs';
import { BeginAgain } from './begin-again';
import { MakeTrouble } from './make-trouble';

interface PracticePanelProps {
  readonly tab: PracticeTab;
  readonly onClose: () => void;
}

/** The sandbox itself, over whatever page is open: what goes wrong in it, and what it begins with. */
export function PracticePanel({ tab, onClose }: PracticePanelProps) {
  const [selected, setSelected] = useState<PracticeTab>(tab);
  const asked = useAsk('app', 'practice', 'describe', {});
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Practice sandbox"
      description="A small AWS on this computer. Nothing here reaches a real account."
      escape="safe"
      width="lg"
    >
      {asked.error === undefined ? null : (
        <ErrorPanel error={asked.error} onRemedy={() => asked.again()} onCopyDetail={copyText} isBare />
      )}
      {asked.data === undefined ? null : (
        <Tabs<PracticeTab>
          label="Practice sandbox"
          selected={selected}
          onSelect={setSelected}
          tabs={[
            { id: 'trouble', label: 'Make trouble', content: <MakeTrouble trouble={asked.data.trouble} /> },
            {
              id: 'begin',
              label: 'Begin again',
              content: <BeginAgain scenario={asked.data.scenario} scenarios={asked.data.scenarios} onBegun={onClose} />,
            },
          ]}
        />
      )}
    </Dialog>
  );
}
