import { isUnderWay, type SubAccount } from '../../../core/domain/sub-account';
import { NowCard } from './now-card';
import { eventLooks, lastWord, stateLooks, timelineOf } from './sub-account-words';
import { TimelineCard } from './timeline-card';

interface SubAccountProps {
  readonly subAccount: SubAccount;
}

/** What AWS says of an account that was asked for, and how long it took so far. */
export function SubAccountNow({ subAccount }: SubAccountProps) {
  const { events, startedAt, state } = subAccount;
  const word = lastWord(subAccount);
  return (
    <NowCard
      said={word?.said === undefined ? undefined : { word: word.said, at: word.at }}
      means={stateLooks[state].means}
      since={startedAt}
      endedAt={isUnderWay(subAccount) ? undefined : (events.at(-1)?.at ?? startedAt)}
      usually="Usually two to five minutes; AWS promises nothing."
    />
  );
}

/** Everything that happened on its way. */
export function SubAccountTimeline({ subAccount }: SubAccountProps) {
  return (
    <TimelineCard
      entries={timelineOf(subAccount.events).map(({ count, first, last }) => ({
        ...eventLooks[first.what],
        ...{ at: first.at, lastAt: last.at, times: count, said: last.said, requestId: last.requestId },
      }))}
    />
  );
}
