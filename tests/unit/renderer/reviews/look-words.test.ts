import { describe, expect, it } from 'vitest';
import { err, ok } from '../../../../core/result';
import { appError } from '../../../../main/workspace-context';
import { lookWords } from '../../../../renderer/features/reviews/look-words';

const begun = ok({ operationId: 'o' });
const none = err(
  appError('not-possible', 'There is nothing to look at.', {
    whatDidNotChange: 'AWS was not asked.',
    whatToDo: 'Connections whose access is closing or revoked are left out.',
  }),
);
const full = err(
  appError('store-unwritable', 'The file key-sights could not be written.', {
    whatDidNotChange: 'It is as it was.',
    whatToDo: 'Make room on the disk.',
  }),
);

describe('a look at every role and at our own keys', () => {
  it('says nothing where what it saw comes into the list', () => {
    expect(lookWords(begun, ok({ seen: 1, unseen: [] }))).toEqual([]);
  });

  it.each([
    [full, ok({ seen: 0, unseen: [] }), 'The roles were not looked at'],
    [begun, full, 'What was seen of our own keys is not kept'],
  ])('says what failed in the words of the failure', (roles, keys, title) => {
    const detail = 'The file key-sights could not be written. It is as it was. Make room on the disk.';
    expect(lookWords(roles, keys)).toEqual([{ tone: 'warning', icon: 'alert', title, detail }]);
  });

  it('that has nothing to look at is no trouble', () => {
    expect(lookWords(none, ok({ seen: 0, unseen: [] }))).toEqual([
      {
        icon: 'eye',
        title: 'There is nothing to look at.',
        detail: 'AWS was not asked. Connections whose access is closing or revoked are left out.',
      },
    ]);
    expect(lookWords(none, ok({ seen: 1, unseen: [] }))).toEqual([]);
  });

  it('names the first key whose age is not known', () => {
    const unseen = [
      { label: 'Deployer', why: 'It is not the key of a user.' },
      { label: 'Other', why: 'It has no credentials here.' },
    ];
    expect(lookWords(none, ok({ seen: 0, unseen }))).toMatchObject([
      { title: 'The age of Deployer’s key is not known', detail: 'It is not the key of a user. And 1 more.' },
    ]);
  });
});
