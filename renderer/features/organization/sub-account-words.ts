import type { SubAccount } from '../../../core/domain/sub-account';
import type { ChipTone } from '../../ui/chip';
import type { Tone } from '../../ui/icon';
import type { IconName } from '../../ui/icon-names';

type State = SubAccount['state'];
type Event = SubAccount['events'][number];

interface StateLook {
  readonly word: string;
  readonly icon: IconName;
  readonly tone: ChipTone;
  /** What it means, in one sentence. */
  readonly means: string;
}

export const stateLooks: Readonly<Record<State, StateLook>> = {
  asking: {
    word: 'Asking AWS',
    icon: 'send',
    tone: 'info',
    means: 'The request is on its way, or its answer is looked for.',
  },
  making: {
    word: 'AWS is making it',
    icon: 'hourglass',
    tone: 'info',
    means: 'AWS has the request and makes the account.',
  },
  moving: {
    word: 'Moving into its unit',
    icon: 'tree',
    tone: 'info',
    means: 'The account is there and goes into its unit.',
  },
  entering: {
    word: 'Waiting to get in',
    icon: 'hourglass',
    tone: 'info',
    means: 'The account is there. Its access role lets in once AWS has spread it.',
  },
  ready: {
    word: 'Ready',
    icon: 'check-circle',
    tone: 'success',
    means: 'The account is there and its access role lets in.',
  },
  failed: { word: 'Not made', icon: 'x-circle', tone: 'danger', means: 'AWS ended the request without an account.' },
  stopped: {
    word: 'Stopped',
    icon: 'alert',
    tone: 'warning',
    means: 'One step failed. What was made before it stays.',
  },
  unwatched: {
    word: 'Not watched any more',
    icon: 'eye',
    tone: 'warning',
    means: 'AWS took longer than a quarter of an hour, which says nothing about how it ends.',
  },
};

interface EventLook {
  readonly words: string;
  readonly icon: IconName;
  readonly tone: Tone;
}

export const eventLooks: Readonly<Record<Event['what'], EventLook>> = {
  asked: { words: 'AWS is asked for the account', icon: 'send', tone: 'muted' },
  'answer-lost': { words: 'The answer was lost: it is looked for, not asked again', icon: 'question', tone: 'warning' },
  found: { words: 'The request is found at AWS', icon: 'search', tone: 'info' },
  'in-progress': { words: 'AWS is at it', icon: 'hourglass', tone: 'info' },
  made: { words: 'The account is made', icon: 'check', tone: 'success' },
  failed: { words: 'It failed', icon: 'x-circle', tone: 'danger' },
  moved: { words: 'It is in its unit', icon: 'tree', tone: 'success' },
  'not-let-in': { words: 'Its access role does not let in yet', icon: 'door-shut', tone: 'muted' },
  'let-in': { words: 'Its access role lets in', icon: 'door-open', tone: 'success' },
};

/** One line of the timeline: an event, or several that said the same one after another. */
export interface TimelineLine {
  readonly first: Event;
  readonly last: Event;
  readonly count: number;
}

/** In order of time; what AWS repeats is one line. */
export function timelineOf(events: readonly Event[]): readonly TimelineLine[] {
  const lines: TimelineLine[] = [];
  for (const event of events) {
    const line = lines.at(-1);
    if (line !== undefined && line.first.what === event.what && line.first.said === event.said) {
      lines[lines.length - 1] = { first: line.first, last: event, count: line.count + 1 };
    } else {
      lines.push({ first: event, last: event, count: 1 });
    }
  }
  return lines;
}

/** AWS's own last word of it: not where it went, nor a refusal that is over. Undefined before it said any. */
export function lastWord({ events, state }: SubAccount): Event | undefined {
  return events.findLast(
    ({ said, what }) => said !== undefined && what !== 'moved' && !(what === 'not-let-in' && state === 'ready'),
  );
}
