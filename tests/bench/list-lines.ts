import type { Frames } from './frames';
import { median } from './median';
import type { Scale } from './scale';

/** A list of ten thousand, for people to read. */
export function scaleLines({ drawn, firstMs, letters, writes }: Scale): readonly (readonly string[])[] {
  const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : String(Math.round(value))} ms`;
  return [
    ['10,000 connections', 'median', 'longest', ''],
    ['to the first rows', '', ms(firstMs), `  ${String(drawn)} rows drawn`],
    ['from a letter to what it finds', ms(median(letters)), ms(Math.max(...letters)), ''],
    ...writes.map(({ count, ms: took, openMs }) => [
      `one of ${count.toLocaleString('en')} written; all opened`,
      ms(took),
      '',
      ms(openMs),
    ]),
  ];
}

/** The window's frames during a round of tests. */
export function frameLines({ idle: still, round, tookMs }: Frames): readonly (readonly string[])[] {
  const ms = (value: number | undefined): string => `${Math.round(value ?? 0)} ms`;
  const above = round.filter((gap) => gap > 50).length;
  return [
    ['', 'at rest', 'testing', 'over 50 ms'],
    ['longest frame, 997 tested', ms(still[0]), ms(round[0]), `${above} of ${round.length}`],
    ['99 of 100 frames; the round', '', ms(round[Math.floor(round.length / 100)]), ms(tookMs)],
  ];
}
