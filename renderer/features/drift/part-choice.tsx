import type { DriftPart } from '../../../core/domain/drift/difference';
import { Checkbox } from '../../ui/checkbox';
import { Stack } from '../../ui/layout';
import { kindWords, lookOf } from './drift-words';

interface PartChoiceProps {
  readonly parts: readonly DriftPart[];
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}

/** Which of the parts that differ are meant. */
export function PartChoice({ chosen, onChange, parts }: PartChoiceProps) {
  return (
    <div role="group" aria-label="Parts of the role">
      <Stack gap="sm">
        {parts.map((part) => (
          <Checkbox
            key={part.id}
            isSelected={chosen.has(part.id)}
            onChange={(isSelected) =>
              onChange(new Set(isSelected ? [...chosen, part.id] : [...chosen].filter((id) => id !== part.id)))
            }
            detail={`${kindWords(part)}, ${lookOf(part).word.toLowerCase()}`}
          >
            {part.title}
          </Checkbox>
        ))}
      </Stack>
    </div>
  );
}
