import type { Departure, DepartureEvent } from '../../../core/domain/departure';
import type { ChipTone } from '../../ui/chip';
import type { IconName } from '../../ui/icon-names';
import type { TimelineEntry } from './timeline-card';

interface StateLook {
  readonly word: string;
  readonly icon: IconName;
  readonly tone: ChipTone;
  /** What it means, in one sentence. */
  readonly means: string;
}

export const departureLooks: Readonly<Record<Departure['state'], StateLook>> = {
  asking: {
    word: 'Asking AWS',
    icon: 'send',
    tone: 'info',
    means: 'AWS is asked to close it, or its state is looked at because the answer was lost.',
  },
  closing: { word: 'Closing', icon: 'hourglass', tone: 'info', means: 'AWS has the request and closes the account.' },
  closed: { word: 'Closed', icon: 'lock', tone: 'plain', means: 'Nobody works in it any more.' },
  stopped: { word: 'Stopped', icon: 'alert', tone: 'warning', means: 'AWS refused, or did not answer.' },
  unwatched: {
    word: 'Not watched any more',
    icon: 'eye',
    tone: 'warning',
    means: 'AWS took longer than a quarter of an hour, which says nothing about how it ends.',
  },
};

const eventLooks: Readonly<Record<DepartureEvent['what'], Pick<TimelineEntry, 'words' | 'icon' | 'tone'>>> = {
  asked: { words: 'AWS is asked to close it', icon: 'send', tone: 'muted' },
  taken: { words: 'AWS took the request', icon: 'check', tone: 'success' },
  'answer-lost': { words: 'The answer was lost: its state tells', icon: 'question', tone: 'warning' },
  refused: { words: 'AWS refused', icon: 'x-circle', tone: 'danger' },
  looked: { words: 'Its state is looked at', icon: 'eye', tone: 'muted' },
  closed: { words: 'It is closed', icon: 'lock', tone: 'success' },
};

export function departureTimeline(events: Departure['events']): readonly TimelineEntry[] {
  return events.map((event) => ({
    ...eventLooks[event.what],
    ...{ at: event.at, lastAt: event.lastAt ?? event.at, times: event.times },
    ...{ said: event.said, requestId: event.requestId },
  }));
}

/** What closing means, to be read before it. */
export const whatClosingMeans: readonly string[] = [
  'It takes AWS some minutes. Then nobody can work in it, and what runs there may run on and cost until AWS ends it.',
  'For 90 days AWS Support can open it again; Sallyport cannot. After that everything in it is deleted for good.',
  'Its e-mail address can never be used for another AWS account.',
  'Closing is not revoking: credentials that are out stay out until AWS has closed it. Revoke first.',
  'AWS closes three accounts at a time and only so many in 30 days. It says so when there are too many.',
];
