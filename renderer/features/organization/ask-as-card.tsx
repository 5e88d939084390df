import { Card } from '../../ui/card';
import { SourceSelect } from './source-select';
import type { AskAs } from './use-ask-as';

/** Offered where something stopped: its source may be gone, or may have lost its rights. */
export function AskAsCard({ askAs: { choice, isGone } }: { readonly askAs: AskAs }) {
  return (
    <Card title="Go on with" padding="md">
      <SourceSelect
        choice={choice}
        label="Ask AWS as"
        help={
          isGone
            ? 'The source identity that began this was removed. Another one of the same management account goes on.'
            : 'Another one of the same management account may go on, if this one is refused.'
        }
      />
    </Card>
  );
}
