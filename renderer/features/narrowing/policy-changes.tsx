import type { NarrowingProposal } from '../../../core/contract/narrowing';
import { tidyPolicy } from '../../../core/domain/drift/tidy-policy';
import { Card } from '../../ui/card';
import { Chip } from '../../ui/chip';
import { PolicyDiff } from '../../ui/policy-view';

/** Each policy that changes, as it is and as it would be. */
export function PolicyChanges({ changes }: Pick<NarrowingProposal, 'changes'>) {
  return changes.map(({ after, before, kind, replacedBy, title }) => (
    <Card
      key={`${kind} ${title}`}
      title={title}
      subtitle={
        after === undefined
          ? kind === 'managed'
            ? 'is detached: nothing of it was used'
            : 'is deleted: nothing of it was used'
          : replacedBy === undefined
            ? 'gets smaller'
            : `is detached; the inline policy ${replacedBy} takes its place`
      }
      actions={<Chip>{kind === 'managed' ? 'Managed' : 'Inline'}</Chip>}
      padding="none"
    >
      <PolicyDiff
        title={`${title}: now and then`}
        before={tidyPolicy(before)}
        after={after === undefined ? '' : tidyPolicy(after)}
        kind="correction"
        isBare
      />
    </Card>
  ));
}
