import { useState } from 'react';
import type { AppError } from '../../../core/app-error';
import type { HandoffView } from '../../../core/contract/handoff';
import type { Shell } from '../../../core/domain/shells';
import { useRemedy } from '../../app/use-remedy';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { CopyButton } from '../../ui/copy-button';
import { ErrorPanel } from '../../ui/error-panel';
import { Row } from '../../ui/layout';
import { showToast } from '../../ui/toast';
import { clearedSoon, copyLines } from './copy-lines';
import { ShellChoice, shellWords } from './shell-choice';
import { Way } from './way';

/** The keys as variables of a shell that is open already. */
export function ShellWay({ sessionId }: { readonly sessionId: string }) {
  const [shell, setShell] = useState<Shell>('bash');
  const [failure, setFailure] = useState<AppError>();
  const remedy = useRemedy();
  return (
    <Way
      icon="copy"
      title="Lines for a shell"
      more={
        <>
          <Row gap="sm" wrap>
            <ShellChoice label="Shell" value={shell} onChange={setShell} />
            <CopyButton
              what="environment"
              label="Copy the lines"
              onCopy={() =>
                copyLines(
                  () => client.handoff.copyEnvironment({ sessionId, shell }),
                  { title: `Environment copied for ${shellWords[shell]}`, detail: clearedSoon },
                  setFailure,
                )
              }
            />
            <CopyButton
              what="the lines that take it away"
              label="Copy the undo"
              variant="ghost"
              onCopy={() =>
                copyLines(
                  () => client.handoff.copyUnset({ shell }),
                  { title: `Undo copied for ${shellWords[shell]}`, detail: 'It holds no secret.' },
                  setFailure,
                )
              }
            />
          </Row>
          {failure !== undefined && <ErrorPanel error={failure} onRemedy={remedy} onCopyDetail={copyText} isBare />}
        </>
      }
    >
      The keys go to the clipboard, and with the paste into that shell and what it starts. Not renewed there.
    </Way>
  );
}

/** A shell of its own. */
export function TerminalWay({ sessionId, view }: { readonly sessionId: string; readonly view: HandoffView }) {
  const open = useAct('handoff', 'openTerminal');
  const remedy = useRemedy({ retry: () => void start() });
  const start = async () => {
    const opened = await open.run({ sessionId });
    if (opened !== undefined) showToast({ title: 'Terminal opened', detail: opened.program });
  };
  const needsProfile = view.terminal === 'by-profile' && view.profile === undefined;
  return (
    <Way
      icon="terminal"
      title="A terminal of its own"
      acts={
        <Button
          size="sm"
          disabledReason={
            view.terminal === 'none'
              ? 'No terminal was found on this computer'
              : needsProfile
                ? 'Write the profile first: here a terminal gets its name'
                : undefined
          }
          busy={open.busy ? { label: 'Opening' } : undefined}
          onPress={() => void start()}
        >
          Open a terminal
        </Button>
      }
      more={
        open.error !== undefined && <ErrorPanel error={open.error} onRemedy={remedy} onCopyDetail={copyText} isBare />
      }
    >
      {view.terminal === 'by-profile'
        ? 'It gets the name of the profile, and no key.'
        : 'The keys go into its environment alone: not on a command line, not into a file.'}
    </Way>
  );
}
