import { groupAccountId } from '../../ui/format';
import { Select } from '../../ui/select';
import type { SourceChoice } from './use-source-choice';

interface SourceSelectProps {
  readonly choice: SourceChoice;
  readonly label?: string;
  readonly help?: string | undefined;
}

/** From where the organization is looked at. */
export function SourceSelect({ choice, help, label = 'Look at it as' }: SourceSelectProps) {
  const { choose, sourceId, sources, suggestedId } = choice;
  return (
    <Select
      label={label}
      help={help}
      value={sourceId ?? null}
      options={sources.map(({ error, identity, source }) => {
        const account =
          identity === undefined
            ? (error?.message.slice(0, 80) ?? 'not asked yet')
            : groupAccountId(identity.accountId).join(' ');
        return {
          value: source.id,
          label: source.label,
          detail: source.id === suggestedId ? `${account} · suggested: the management account` : account,
        };
      })}
      onChange={choose}
    />
  );
}
