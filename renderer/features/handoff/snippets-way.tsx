import type { HandoffView } from '../../../core/contract/handoff';
import { copyText } from '../../ipc/copy';
import { CopyButton } from '../../ui/copy-button';
import { Folded } from '../../ui/folded';
import { Stack } from '../../ui/layout';
import styles from './handoff.module.css';
import { Way } from './way';

/** Commands that use the profile, the recipe's own first. */
export function SnippetsWay({ view: { profile, snippets } }: { readonly view: HandoffView }) {
  return (
    <Way
      icon="list"
      title="Ready commands"
      more={
        <Folded title={`${snippets.length} commands`} level={3}>
          <Stack gap="lg">
            {snippets.map(({ id, text, title }) => (
              <div key={id} className={styles['snippet']}>
                <div className={styles['snippetHead']}>
                  <b>{title}</b>
                  <CopyButton what={title} label="Copy" onCopy={() => copyText(text)} />
                </div>
                <pre className={styles['code']} tabIndex={0} aria-label={title}>
                  {text}
                </pre>
              </div>
            ))}
          </Stack>
        </Folded>
      }
    >
      {profile === undefined
        ? 'They name the profile as it would be called; write it first.'
        : `For the profile ${profile.name}. What stands in <> is yours to put.`}
    </Way>
  );
}
