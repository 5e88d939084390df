import { expect, it } from 'vitest';
import { connectionNotesCollection } from '../../../main/connections/connection-notes';
import { LateCollection } from '../../../main/store/late-collection';
import { MemoryCollection } from '../../../main/store/memory-collection';

it('a collection that is read late is opened once, by the first who asks', () => {
  let opened = 0;
  const late = new LateCollection(() => {
    opened += 1;
    return new MemoryCollection(connectionNotesCollection);
  });
  expect([late.problem, opened]).toEqual([undefined, 0]);
  const id = '7b0c2f70-94c4-4b9b-9d8a-0f5e7d1c2b3a';
  expect(late.change({ put: [{ id, notes: 'Kept', owner: '' }] }).ok).toBe(true);
  expect(late.find(id)).toMatchObject({ notes: 'Kept' });
  expect([late.all().length, opened]).toEqual([1, 1]);
});
