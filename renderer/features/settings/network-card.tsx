import { useState } from 'react';
import type { NetworkView } from '../../../core/contract/network';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card, Facts } from '../../ui/card';
import { ErrorPanel } from '../../ui/error-panel';
import { Stack } from '../../ui/layout';
import { NetworkDialog } from './network-dialog';
import { Setting } from './sections';

/** How AWS is reached from this computer. */
export function NetworkCard() {
  const asked = useAsk('app', 'network', 'getSettings', {});
  const [isOpen, setOpen] = useState(false);
  const view = asked.data;
  return (
    <Card title="Network" padding="md">
      {asked.error !== undefined && <ErrorPanel error={asked.error} onRemedy={() => asked.again()} isBare />}
      {view !== undefined && (
        <Stack gap="md">
          <Facts
            facts={[
              { term: 'Proxy', value: proxyWords(view) },
              { term: 'Certificates', value: certificateWords(view) },
              { term: 'Addresses', value: addressWords(view) },
            ]}
          />
          <Setting id="network">
            <Button icon="edit" onPress={() => setOpen(true)}>
              Change the network…
            </Button>
          </Setting>
        </Stack>
      )}
      {view !== undefined && isOpen && <NetworkDialog view={view} onClose={() => setOpen(false)} />}
    </Card>
  );
}

function proxyWords({ settings, environment }: NetworkView): string {
  switch (settings.proxy) {
    case 'environment':
      return environment.proxy === undefined
        ? 'none, as the environment says'
        : `${environment.proxy}, as the environment says`;
    case 'none':
      return 'none';
    case 'address':
      return settings.address ?? '';
  }
}

function certificateWords({ settings, environment }: NetworkView): string {
  const file = settings.caFile ?? environment.caFile;
  return file === undefined ? 'the usual ones' : `the usual ones and ${file}`;
}

function addressWords({ settings: { useFips, useDualStack } }: NetworkView): string {
  const kinds = [...(useFips ? ['FIPS'] : []), ...(useDualStack ? ['dual-stack'] : [])];
  return kinds.length === 0 ? 'the usual ones' : kinds.join(' and ');
}
