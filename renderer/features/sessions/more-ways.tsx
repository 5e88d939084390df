import type { ReactNode } from 'react';
import type { ConnectionSummary } from '../../../core/domain/connection';
import { Checkbox } from '../../ui/checkbox';
import { formatCount } from '../../ui/format';
import { Stack } from '../../ui/layout';
import { RadioGroup } from '../../ui/radio-group';
import { TextArea, TextField } from '../../ui/text-field';
import { HopsField } from './hops-field';
import styles from './more-ways.module.css';
import { mostPolicyCharacters } from './session-policy-check';
import { SessionTagsField } from './session-tags-field';
import { deviceOf, type Plan, type Problems, type Wish } from './session-wish';

interface MoreWaysProps {
  readonly wish: Wish;
  readonly plan: Plan | undefined;
  readonly usable: readonly ConnectionSummary[];
  readonly problems: Problems;
  readonly onChange: (change: Partial<Wish>) => void;
}

/** What most sessions do without. */
export function MoreWays({ onChange, plan, problems, usable, wish }: MoreWaysProps) {
  const { isAsked } = deviceOf(wish, plan);
  return (
    <div className={styles['ways']}>
      <RadioGroup<Wish['policy']>
        label="What it may do"
        options={[
          { value: 'none', label: 'All that the role may do' },
          { value: 'read-only', label: 'Read only', detail: 'What both the role and AWS’s ReadOnlyAccess allow.' },
          { value: 'document', label: 'What a policy of its own allows', detail: 'And the role allows as well.' },
        ]}
        value={wish.policy}
        onChange={(policy) => onChange({ policy })}
      />
      {wish.policy === 'document' && (
        <TextArea
          label="Session policy"
          help={`JSON. ${formatCount(wish.document.length)} of ${formatCount(mostPolicyCharacters)} characters.`}
          value={wish.document}
          onChange={(document) => onChange({ document })}
          error={problems.document}
          rows={7}
          mono
        />
      )}
      <HopsField hops={wish.hops} usable={usable} onChange={(hops) => onChange({ hops })} />
      <Group title="Who it is">
        <Checkbox
          isSelected={isAsked}
          onChange={(hasMfa) => onChange({ hasMfa })}
          detail="For roles that ask for it. Such a session is not renewed by itself."
        >
          With an MFA code
        </Checkbox>
        <TextField
          label="SourceIdentity"
          help="STS’s own word: a name that stays through every role that follows, in the records of AWS. Not the source identity that Sallyport calls AWS with."
          value={wish.sourceIdentity}
          onChange={(sourceIdentity) => onChange({ sourceIdentity })}
          error={problems.sourceIdentity}
          placeholder="none"
          maxLength={64}
          mono
        />
      </Group>
      <Group title="Session tags">
        <SessionTagsField wish={wish} onChange={(tags) => onChange({ tags })} />
      </Group>
      <Group title="Afterwards">
        <Checkbox
          isSelected={wish.isFavourite}
          onChange={(isFavourite) => onChange({ isFavourite })}
          detail="To be started again with one press."
        >
          Keep as a favourite
        </Checkbox>
        {wish.isFavourite && (
          <div className={styles['indent']}>
            <Stack gap="md">
              <TextField
                label="Name of the favourite"
                value={wish.favouriteName}
                onChange={(favouriteName) => onChange({ favouriteName })}
                error={problems.favouriteName}
                maxLength={80}
              />
              <Checkbox
                isSelected={wish.isAtLaunch && !isAsked}
                onChange={(isAtLaunch) => onChange({ isAtLaunch })}
                isDisabled={isAsked}
                detail={isAsked ? 'Not with an MFA code: somebody has to type it.' : undefined}
              >
                Start it whenever Sallyport starts
              </Checkbox>
            </Stack>
          </div>
        )}
      </Group>
    </div>
  );
}

function Group({ children, title }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3 className={styles['heading']}>{title}</h3>
      <Stack gap="md">{children}</Stack>
    </section>
  );
}
