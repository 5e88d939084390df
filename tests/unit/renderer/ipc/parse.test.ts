import { describe, expect, it } from 'vitest';
import { parseAnswer, parsePayload } from '../../../../renderer/ipc/parse';

describe('what main answers', () => {
  it('is taken where the contract has it so, failures too', () => {
    const answer = { ok: true, value: { shown: true } };
    expect(parseAnswer('desktop', 'tryNotification', answer)).toEqual(answer);
    const failure = {
      ...{ kind: 'not-found', message: 'It is gone.', whatDidNotChange: '', whatToDo: '', retryable: false },
      remedies: [],
    };
    expect(parseAnswer('desktop', 'tryNotification', { ok: false, error: failure })).toEqual({
      ok: false,
      error: failure,
    });
  });

  it.each([
    [
      'a field that the contract does not name',
      'desktop',
      'tryNotification',
      { ok: true, value: { shown: true, secret: 1 } },
    ],
    ['nothing', 'desktop', 'tryNotification', undefined],
    ['an answer to no call', 'desktop', 'other', { ok: true, value: {} }],
    ['an answer to no feature', 'other', 'list', { ok: true, value: {} }],
  ])('is a failure in words where it is %s', (_what, feature, method, answer) => {
    expect(parseAnswer(feature, method, answer)).toMatchObject({
      ok: false,
      error: { kind: 'unexpected', message: 'The window and the app do not understand each other.' },
    });
  });
});

it('an event that does not fit brings nothing', () => {
  expect(parsePayload('show', { revision: 1, what: 'sessions' })).toEqual({ revision: 1, what: 'sessions' });
  expect(parsePayload('show', { revision: 1, what: 'elsewhere' })).toBeUndefined();
  expect(parsePayload('show', undefined)).toBeUndefined();
});
