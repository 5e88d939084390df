import type { WebFrameMain } from 'electron';
import { describe, expect, it } from 'vitest';
import { callNames } from '../../../core/contract/names';
import { ok } from '../../../core/result';
import type { Answers } from '../../../main/ipc/answers';
import { doorsOf } from '../../../main/ipc/register';

const frame = (): WebFrameMain => Object.create(null) as WebFrameMain;
const ours = frame();
const isOurs = (asking: WebFrameMain | null) => asking === ours;

describe('the doors to the window', () => {
  it('are there before what answers, and a question waits for it', async () => {
    let start = (_answers: Answers): void => undefined;
    const answers = new Promise<Answers>((resolve) => {
      start = resolve;
    });
    const doors = doorsOf(() => answers, isOurs);
    expect(doors.size).toBe(Object.values(callNames).flat().length);
    const answer = doors.get('sallyport:app.getSnapshot')?.({ senderFrame: ours }, { a: 1 });
    start((feature, method, input) => Promise.resolve(ok({ feature, method, input })));
    expect(await answer).toEqual(ok({ feature: 'app', method: 'getSnapshot', input: { a: 1 } }));
  });

  it('S-11 answer no other frame', async () => {
    let begun = 0;
    const doors = doorsOf(() => {
      begun += 1;
      return Promise.resolve(() => Promise.resolve(ok('told')));
    }, isOurs);
    for (const senderFrame of [null, frame()]) {
      expect(await doors.get('sallyport:sessions.list')?.({ senderFrame }, {})).toMatchObject({ ok: false });
    }
    expect(begun).toBe(0);
  });

  it('say what to do where what answers could not be started', async () => {
    const doors = doorsOf(() => Promise.reject(new Error('no')), isOurs);
    expect(await doors.get('sallyport:sessions.list')?.({ senderFrame: ours }, {})).toMatchObject({
      ok: false,
      error: { message: 'Sallyport could not start.', whatToDo: expect.stringContaining('start it again') as string },
    });
  });
});
