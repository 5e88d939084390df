import { clip } from '../../../core/clip';
import styles from './before-after.module.css';

interface BeforeAfterProps {
  /** The new account's name, once it has one. */
  readonly name?: string | undefined;
}

/** Two small organizations: everything in one account, and an account of its own. The sentences under it say the same. */
export function BeforeAfter({ name = '' }: BeforeAfterProps) {
  const shown = name.trim() === '' ? 'theirs' : name.trim();
  return (
    <figure className={styles['figure']}>
      <div className={styles['pictures']}>
        <svg
          className={styles['picture']}
          viewBox="0 0 140 168"
          role="img"
          aria-label="Before: one account that holds everything, and whoever is let in stands among it."
        >
          <text className={styles['caption']} x="70" y="12">
            Before
          </text>
          <Box x={16} y={40} width={108} height={112} />
          <text x="70" y="58">
            your account
          </text>
          <Thing x={30} y={70} label="data" />
          <Thing x={74} y={70} label="billing" />
          <Thing x={30} y={110} label="apps" />
          <Thing x={74} y={110} label="them" isNew />
        </svg>
        <svg
          className={styles['picture']}
          viewBox="0 0 140 168"
          role="img"
          aria-label="After: the management account, your account as it was, and beside it a new account that holds only what they work on."
        >
          <text className={styles['caption']} x="70" y="12">
            After
          </text>
          <Box x={32} y={26} width={76} height={28} />
          <text x="70" y="44">
            management
          </text>
          <path className={styles['line']} d="M70 54v18M34.5 90V72h71v18" />
          <Box x={2} y={90} width={65} height={62} />
          <text x="34.5" y="107">
            as it was
          </text>
          <Thing x={15.5} y={116} label="data" />
          <Box x={73} y={90} width={65} height={62} isNew />
          <text x="105.5" y="107">
            {clip(shown, 10)}
          </text>
          <Thing x={86.5} y={116} label="them" isNew />
        </svg>
      </div>
      <figcaption className={styles['words']}>
        <p>
          <b>For it:</b> the account is the wall. What they may do ends at its edge, whatever a policy says, and closing
          it ends everything in it.
        </p>
        <p>
          <b>Against it:</b> one more account to look after, with an e-mail address of its own. What they need from your
          other accounts has to be shared with it.
        </p>
      </figcaption>
    </figure>
  );
}

interface BoxProps {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly isNew?: boolean;
}

function Box({ isNew = false, ...place }: BoxProps) {
  return <rect className={styles['box']} data-new={isNew || undefined} rx="7" {...place} />;
}

interface ThingProps {
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly isNew?: boolean;
}

function Thing({ isNew = false, label, x, y }: ThingProps) {
  return (
    <g className={styles['thing']} data-new={isNew || undefined}>
      <rect x={x} y={y} width="38" height="28" rx="5" />
      <text x={x + 19} y={y + 18}>
        {label}
      </text>
    </g>
  );
}
