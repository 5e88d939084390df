import styles from './sure-meter.module.css';

/** From least to most: the word is part of the picture. */
export const certainties = ['guess', 'likely', 'very-likely', 'certain'] as const;

export type Certainty = (typeof certainties)[number];

const words: Readonly<Record<Certainty, string>> = {
  guess: 'A guess',
  likely: 'Likely',
  'very-likely': 'Very likely',
  certain: 'Certain',
};

interface SureMeterProps {
  readonly certainty: Certainty;
  /** A caption over it, such as “How sure”. */
  readonly caption?: string | undefined;
}

/** How sure a diagnosis is: four steps and always the word. */
export function SureMeter({ certainty, caption }: SureMeterProps) {
  const reached = certainties.indexOf(certainty);
  return (
    <div className={styles['sure']}>
      {caption === undefined ? null : <span className={styles['caption']}>{caption}</span>}
      <span className={styles['bar']} aria-hidden="true">
        {certainties.map((step, index) => (
          <i key={step} data-on={index <= reached || undefined} />
        ))}
      </span>
      <b>{words[certainty]}</b>
    </div>
  );
}

interface ReachMeterProps {
  /** 0 to 4. */
  readonly level: 0 | 1 | 2 | 3 | 4;
  /** The level in words: “Some services”. */
  readonly label: string;
}

/** How far a recipe's permissions reach, as four rising bars. */
export function ReachMeter({ level, label }: ReachMeterProps) {
  return (
    <span className={styles['reach']} role="img" aria-label={label}>
      {[1, 2, 3, 4].map((step) => (
        <i key={step} data-on={step <= level || undefined} data-step={step} />
      ))}
    </span>
  );
}
