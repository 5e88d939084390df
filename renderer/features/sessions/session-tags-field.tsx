import { Checkbox } from '../../ui/checkbox';
import { TagRows } from '../../ui/tag-rows';
import { Text } from '../../ui/text';
import { tagProblem, type Wish, type WishedTag } from './session-wish';

const mostTags = 50;

interface SessionTagsFieldProps {
  readonly wish: Wish;
  readonly onChange: (tags: readonly WishedTag[]) => void;
}

/** A row each: key, value, and whether it goes on to the roles which this session assumes. */
export function SessionTagsField({ wish, onChange }: SessionTagsFieldProps) {
  const { tags } = wish;
  return (
    <TagRows
      noun="session tag"
      tags={tags}
      onChange={onChange}
      blank={{ key: '', value: '', goesOn: false }}
      problemOf={(index) => ({ key: tagProblem(wish, index) })}
      fullReason={tags.length >= mostTags ? 'STS takes fifty tags' : undefined}
      beside={({ goesOn }, change) => (
        <Checkbox isSelected={goesOn} onChange={(next) => change({ goesOn: next })}>
          Goes on
        </Checkbox>
      )}
      note={
        tags.length > 0 && (
          <Text tone="muted" size="sm">
            What goes on stays in the sessions that this one opens.
          </Text>
        )
      }
    />
  );
}
