import { describe, expect, it } from 'vitest';
import { failureWords } from '../../../renderer/app/failure-words';
import { timeOnScreen } from '../../../renderer/ui/toast';

describe('a notice', () => {
  it('goes by itself when it was read', () => {
    expect(timeOnScreen({})).toBe(6000);
    expect(timeOnScreen({ tone: 'success' })).toBe(6000);
  });

  it('stays where there is something to do, and where something failed', () => {
    expect(timeOnScreen({ action: { label: 'Undo', onAction: () => undefined } })).toBeUndefined();
    const error = {
      kind: 'unexpected',
      message: 'No.',
      whatDidNotChange: '',
      whatToDo: '',
      retryable: false,
      remedies: [],
    } as const;
    expect(timeOnScreen(failureWords('It was not tested', { ...error, remedies: [] }))).toBeUndefined();
  });
});
