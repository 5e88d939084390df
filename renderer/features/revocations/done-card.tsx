import type { Revocation } from '../../../core/domain/revocation';
import { Card } from '../../ui/card';
import { DoneList } from '../../ui/receipt';

/** Every call that changed something, to the second, and what was wiped on this computer. */
export function DoneCard({ revocation }: { readonly revocation: Revocation }) {
  const { steps, way, wiped } = revocation;
  const here = wiped.map(({ title, at, verified }, index) => ({
    id: `w${String(index)}`,
    text: title,
    at,
    state: verified ? ('done' as const) : ('failed' as const),
  }));
  return (
    <Card title={way === 'delete-role' ? 'Removed' : 'Done'} padding="none">
      <DoneList
        label="What was done"
        groups={[
          {
            id: 'aws',
            entries: steps.map(({ at, state, title }, index) => ({
              id: String(index),
              text: title,
              at,
              state: state === 'done' ? 'done' : state === 'failed' ? 'failed' : 'left',
            })),
          },
          ...(here.length === 0 ? [] : [{ id: 'here', heading: 'On this computer, read back empty', entries: here }]),
        ]}
      />
    </Card>
  );
}
