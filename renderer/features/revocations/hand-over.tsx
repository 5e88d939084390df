import { useState } from 'react';
import type { Revocation } from '../../../core/domain/revocation';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { ErrorPanel } from '../../ui/error-panel';
import { Icon } from '../../ui/icon';
import type { IconName } from '../../ui/icon-names';
import { Columns, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { AccountId, TwoLine } from '../../ui/text';
import { showToast } from '../../ui/toast';
import { ConsoleClicks } from './console-clicks';
import { leftWords } from './doors-left';
import styles from './hand-over.module.css';

type Paper = 'request' | 'request-page' | 'bash' | 'powershell';

const papers: readonly {
  readonly what: Paper;
  readonly title: string;
  readonly detail: string;
  readonly act: string;
  readonly icon: IconName;
}[] = [
  {
    what: 'request',
    title: 'Request file',
    detail: 'For somebody with Sallyport',
    act: 'Save the request…',
    icon: 'send',
  },
  {
    what: 'request-page',
    title: 'Page',
    detail: 'To read and print, with scripts and clicks',
    act: 'Save the page…',
    icon: 'file',
  },
  {
    what: 'bash',
    title: 'Script for bash',
    detail: 'With the AWS CLI, on macOS or Linux',
    act: 'Save for bash…',
    icon: 'terminal',
  },
  {
    what: 'powershell',
    title: 'Script for PowerShell',
    detail: 'With the AWS CLI, on Windows',
    act: 'Save for PowerShell…',
    icon: 'terminal',
  },
];

/** Nobody here may do it: what the owner is handed, and how AWS is asked whether it was done. */
export function HandOver({ revocation }: { readonly revocation: Revocation }) {
  const { accountId, id: revocationId } = revocation;
  const save = useAct('revocation', 'save');
  const [saving, setSaving] = useState<Paper>();
  const [outer, inner] = leftWords(revocation);
  const run = async (what: Paper) => {
    setSaving(what);
    const answer = await save.run({ revocationId, what });
    setSaving(undefined);
    if (answer?.path === undefined) return;
    showToast({ title: 'Saved. Send it to the owner of the account', detail: answer.path, icon: 'send' });
  };
  return (
    <Stack gap="md">
      <Note tone="warning" title="Until it is done, the other side goes on.">
        {outer} {inner}
      </Note>
      <Columns layout="even">
        <Card
          title="For the owner"
          subtitle={
            <>
              of <AccountId id={accountId} />
            </>
          }
        >
          <ul className={styles['papers']} aria-label="What can be handed to the owner">
            {papers.map(({ act, detail, icon, title, what }) => (
              <li key={what}>
                <TwoLine icon={<Icon name={icon} />} title={title} detail={detail} />
                <Button
                  size="sm"
                  icon="download"
                  busy={saving === what ? { label: 'Saving' } : undefined}
                  onPress={() => void run(what)}
                >
                  {act}
                </Button>
              </li>
            ))}
          </ul>
        </Card>
        <ConsoleClicks revocation={revocation} />
      </Columns>
      {save.error !== undefined && (
        <ErrorPanel error={save.error} onRemedy={() => save.reset()} onCopyDetail={copyText} emphasis="secondary" />
      )}
    </Stack>
  );
}
