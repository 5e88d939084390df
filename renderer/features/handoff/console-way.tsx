import { useState } from 'react';
import type { HandoffView } from '../../../core/contract/handoff';
import { consoleDestinations, type ConsoleDestinationId } from '../../../core/domain/console-destinations';
import { regionSchema } from '../../../core/domain/limits';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { ErrorPanel } from '../../ui/error-panel';
import { Select } from '../../ui/select';
import { TextField } from '../../ui/text-field';
import { showToast } from '../../ui/toast';
import styles from './handoff.module.css';
import { Way } from './way';

const pages = consoleDestinations.map(({ id, title }) => ({ value: id, label: title }));

/** The console, signed in, at a page of choice. */
export function ConsoleWay({ sessionId, view }: { readonly sessionId: string; readonly view: HandoffView }) {
  const [destination, setDestination] = useState<ConsoleDestinationId>('home');
  const [region, setRegion] = useState(view.region);
  const open = useAct('handoff', 'openConsole');
  const remedy = useRemedy({ retry: () => void go() });
  const isRegion = regionSchema.safeParse(region).success;
  const go = async () => {
    const opened = await open.run({ sessionId, destination, region });
    if (opened?.opened !== 'practice') return;
    showToast({
      title: 'The sandbox has no console page',
      detail: 'AWS would open one now. The sign-in itself was granted.',
      icon: 'sandbox',
    });
  };
  return (
    <Way
      icon="console"
      title="The AWS console"
      acts={
        <Button
          size="sm"
          icon="external"
          busy={open.busy ? { label: 'Signing in' } : undefined}
          disabledReason={isRegion ? undefined : 'The Region is to be right first'}
          onPress={() => void go()}
        >
          Open console
        </Button>
      }
      more={
        <>
          <div className={styles['fields']}>
            <Select label="Page" options={pages} value={destination} onChange={setDestination} />
            <TextField
              label="Region"
              value={region}
              onChange={setRegion}
              mono
              maxLength={32}
              error={isRegion ? undefined : 'A Region looks like eu-west-1.'}
            />
          </div>
          {open.error !== undefined && (
            <ErrorPanel error={open.error} onRemedy={remedy} onCopyDetail={copyText} isBare />
          )}
        </>
      }
    >
      Your browser opens it signed in, for as long as the session works. The address is never shown.
    </Way>
  );
}
