import type { RevocationPreview } from '../../../core/contract/revocation';
import type { Performer } from '../../../core/domain/revocation';
import { wayFacts, type RevocationWay } from '../../../core/domain/revocation-ways';
import { Folded } from '../../ui/folded';
import { formatQuantity, formatShortClock } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Note } from '../../ui/note';
import { Mono, Text } from '../../ui/text';
import styles from './revoke-dialog.module.css';
import { wayWords } from './way-words';

interface ConsequencesProps {
  readonly preview: RevocationPreview;
  readonly way: RevocationWay;
  readonly performer: Performer;
  readonly roleName: string;
}

/** What is lost or changed and who notices it, beside when the last credential is dead. */
export function Consequences({ performer, preview, roleName, way }: ConsequencesProps) {
  const { canBeUndone, measures, outer } = wayFacts[way];
  const losesRole = measures.includes('delete-role') || measures.includes('delete-stack');
  const loses = losesRole ? preview.willBeLost : way === 'detach-permissions' ? preview.permissions : [];
  const isAsked = performer.kind === 'owner';
  const clock = preview.deadBy;
  return (
    <div className={styles['consequences']}>
      <section className={styles['well']}>
        <h3>{losesRole ? 'Will be lost' : way === 'detach-permissions' ? 'Will be taken away' : 'Will be changed'}</h3>
        {loses.length === 0 ? null : (
          <ul className={styles['losses']}>
            {loses.map((loss) => (
              <li key={loss}>
                <Icon name="trash" tone="danger" />
                {loss}
              </li>
            ))}
          </ul>
        )}
        <p>
          {preview.roleFound === false
            ? `AWS knows no role ${roleName} any more.`
            : isAsked && way !== 'delete-stack'
              ? 'The owner gets a script, the clicks or a request. Nothing changes before they act.'
              : wayWords[way].change}
        </p>
        <ul className={styles['facts']}>
          <li>
            <Icon name="users" tone="muted" />
            {wayWords[way].hits}
          </li>
          <li>
            <Icon name="undo" tone={canBeUndone ? 'muted' : 'danger'} />
            {canBeUndone ? backWords[performer.kind] : 'Cannot be undone'}
          </li>
        </ul>
      </section>
      <section className={styles['well']}>
        <h3>When it is over</h3>
        <dl className={styles['clocks']}>
          <dt>
            <Icon name={outer === 'shut' ? 'door-shut' : outer === 'half' ? 'door-half' : 'door-open'} tone="muted" />{' '}
            New sessions
          </dt>
          <dd>{outerWords(outer, isAsked)}</dd>
          <dt>
            <Icon name="hourglass" tone="muted" /> Last credential dies
          </dt>
          <dd>
            by <b>{formatShortClock(clock.at)}</b> at the latest{isAsked && ', if done now'}
          </dd>
        </dl>
        <p>
          {clock.reason}
          {preview.ownSessions > 0 && ` Sallyport itself has ${preview.ownSessions} open here; they are wiped.`}
        </p>
        <Rights preview={preview} isAsked={isAsked} />
      </section>
    </div>
  );
}

interface RightsProps {
  readonly preview: RevocationPreview;
  readonly isAsked: boolean;
}

/** Which rights it takes, and whether they are there: what AWS's simulator said, or that it could not be asked. */
function Rights({ isAsked, preview: { missing, needs } }: RightsProps) {
  return (
    <Folded title={`Needs ${formatQuantity(needs.length, 'right')}${rightsWords(missing, isAsked)}`}>
      <ul className={styles['rights']}>
        {needs.map((action) => {
          const look = looks[missing === undefined ? 'unknown' : missing.includes(action) ? 'missing' : 'there'];
          return (
            <li key={action}>
              <Icon name={look.icon} tone={look.tone} />
              <Mono>{action}</Mono>
              <Text tone={look.tone} size="sm">
                {look.word}
              </Text>
            </li>
          );
        })}
      </ul>
    </Folded>
  );
}

const looks = {
  there: { icon: 'check', tone: 'success', word: 'there' },
  missing: { icon: 'x-circle', tone: 'danger', word: 'missing' },
  unknown: { icon: 'question', tone: 'muted', word: 'not known' },
} as const;

function rightsWords(missing: readonly string[] | undefined, isAsked: boolean): string {
  if (isAsked) return ' in the account';
  if (missing === undefined) return '; AWS’s simulator could not be asked';
  return missing.length === 0 ? ', all there' : `, ${missing.length} missing`;
}

const backWords: Readonly<Record<Performer['kind'], string>> = {
  source: 'Can be put back from here',
  'member-role': 'Can be put back from here',
  'own-session': 'Only others can put it back',
  owner: 'Whoever does it can put it back',
};

function outerWords(outer: (typeof wayFacts)[RevocationWay]['outer'], isAsked: boolean): string {
  if (outer === 'open') return 'stay possible';
  if (outer === 'half') return 'possible, and powerless';
  return isAsked ? 'blocked once it is done' : 'blocked seconds after you confirm';
}

/** Who made the role, where deleting it here is not the end of it. */
export function MakerNote({ preview, way }: { readonly preview: RevocationPreview; readonly way: RevocationWay }) {
  const { madeBy, stack } = preview;
  if (madeBy === 'cloudformation') {
    return (
      <Note tone="warning" title="A CloudFormation stack made this role.">
        {stack === undefined ? 'Delete the stack' : `Delete the stack ${stack.name} in ${stack.region}`}
        {way === 'delete-stack'
          ? ', and nothing of it is left over.'
          : ' instead: any other change is drift, and the stack may make the role again.'}
      </Note>
    );
  }
  if (madeBy === 'terraform') {
    return (
      <Note tone="warning" title="Terraform made this role.">
        Take it out of its configuration as well, or the next apply makes it again.
      </Note>
    );
  }
  return null;
}
