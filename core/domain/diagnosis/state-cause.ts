import type { Cause, CauseId } from '../check';
import { causeWords } from './words';

export type CauseDetails = Partial<Omit<Cause, 'id' | 'certainty' | 'probability' | 'reasoning'>>;

/** What a probability is called. `proven`: it was seen, not concluded; only then it is certain. */
export function certaintyOf(probability: number, proven: boolean): Cause['certainty'] {
  if (proven) return 'certain';
  return probability >= 0.8 ? 'very-likely' : probability >= 0.45 ? 'likely' : 'guess';
}

/** A cause that was seen. It has to change, whatever else has to. */
export function proven(id: CauseId, reasoning: string, details: CauseDetails = {}): Cause {
  return { ...causeWords[id], ...details, id, probability: 1, certainty: 'certain', reasoning };
}

/** A cause that follows from what is known. `probability` 0 to 1. */
export function concluded(id: CauseId, probability: number, reasoning: string, details: CauseDetails = {}): Cause {
  const rounded = Math.round(probability * 100) / 100;
  return { ...causeWords[id], ...details, id, probability: rounded, certainty: certaintyOf(rounded, false), reasoning };
}
