import { useState } from 'react';
import { regionSchema } from '../../../core/domain/limits';
import { partitionById, partitionOfRegion, partitions } from '../../../core/domain/partitions';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { ErrorPanel } from '../../ui/error-panel';
import { Columns, Row, Stack } from '../../ui/layout';
import { Select } from '../../ui/select';
import { Text } from '../../ui/text';
import { TextField } from '../../ui/text-field';
import { showToast } from '../../ui/toast';
import { Setting } from './sections';

/** Where new connections and source identities start, unless they say otherwise. */
export function RegionCard() {
  const asked = useAsk('app', 'settings', 'getPreferences', {});
  const change = useAct('settings', 'setPreferences');
  const [typed, setTyped] = useState<string>();
  const kept = asked.data?.region ?? '';
  const region = typed ?? kept;
  const isRegion = region === '' || regionSchema.safeParse(region).success;
  const partition = partitionOfRegion(region);
  const keep = async (next: string) => {
    if ((await change.run(next === '' ? {} : { region: next })) === undefined) return;
    setTyped(undefined);
    showToast({
      title: next === '' ? 'No default Region' : `New connections start in ${next}`,
      detail: 'Those that are there keep theirs.',
      icon: 'check',
    });
  };
  const error = change.error ?? asked.error;
  return (
    <Card title="Region" padding="md">
      {asked.data !== undefined && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isRegion && region !== kept) void keep(region);
          }}
        >
          <Stack gap="md">
            <Text as="p" tone="muted" size="sm">
              Proposed where a connection, a profile or a key asks for its Region. Sessions start in the Region of their
              connection.
            </Text>
            <Columns layout="even">
              <Setting id="region">
                <TextField
                  label="Default Region"
                  placeholder="eu-west-1"
                  help="Empty: each form proposes its own."
                  value={region}
                  onChange={setTyped}
                  error={isRegion ? undefined : 'A Region looks like eu-west-1.'}
                  maxLength={32}
                  mono
                />
              </Setting>
              <Setting id="partition">
                <Select
                  label="Partition"
                  help="It follows from the Region. Choosing another proposes a Region of it."
                  options={partitions.map(({ id, title }) => ({ value: id, label: title, detail: id }))}
                  value={partition?.id ?? null}
                  placeholder="None without a Region"
                  onChange={(id) => setTyped(partitionById(id)?.defaultRegion)}
                />
              </Setting>
            </Columns>
            {error !== undefined && (
              <ErrorPanel
                error={error}
                onRemedy={() => {
                  change.reset();
                  asked.again();
                }}
                isBare
              />
            )}
            {region !== kept && (
              <Row>
                <Button
                  type="submit"
                  variant="primary"
                  busy={change.busy ? { label: 'Saving' } : undefined}
                  disabledReason={isRegion ? undefined : 'This is no Region'}
                >
                  Save
                </Button>
                <Button onPress={() => setTyped(undefined)}>Leave it as it was</Button>
              </Row>
            )}
          </Stack>
        </form>
      )}
    </Card>
  );
}
