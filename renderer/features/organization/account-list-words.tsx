import type { LineState } from '../../../core/domain/account-list';
import { Chip, type ChipTone } from '../../ui/chip';
import { Icon } from '../../ui/icon';
import type { IconName } from '../../ui/icon-names';
import { Row } from '../../ui/layout';

interface LineLook {
  readonly word: string;
  readonly icon: IconName;
  /** Filled where somebody should look. */
  readonly tone?: ChipTone;
}

const looks: Readonly<Record<LineState, LineLook>> = {
  waiting: { word: 'Waits', icon: 'circle-dashed' },
  making: { word: 'AWS is at it', icon: 'hourglass', tone: 'info' },
  entering: { word: 'Made, not entered yet', icon: 'door-shut', tone: 'info' },
  ready: { word: 'Ready', icon: 'check' },
  stopped: { word: 'Stopped', icon: 'alert', tone: 'warning' },
  failed: { word: 'Not made', icon: 'x-circle', tone: 'danger' },
  there: { word: 'Already there', icon: 'minus-circle' },
  wrong: { word: 'Wrong', icon: 'x-circle', tone: 'warning' },
  forgotten: { word: 'Taken off the list', icon: 'minus-circle' },
};

/** How a line of a list stands. */
export function LineStateMark({ state, word: own }: { readonly state: LineState; readonly word?: string | undefined }) {
  const { icon, tone, word: usual } = looks[state];
  const word = own ?? usual;
  if (tone !== undefined) {
    return (
      <Chip tone={tone} icon={icon}>
        {word}
      </Chip>
    );
  }
  return (
    <Row gap="xs">
      <Icon name={icon} size="sm" tone={state === 'ready' ? 'success' : 'muted'} />
      {word}
    </Row>
  );
}

/** “Will be made” and its like, before anything is. */
export const verdictStates = { make: 'waiting', there: 'there', wrong: 'wrong' } as const;
