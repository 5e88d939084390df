import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bridge } from '../../../core/contract/contract';

const snapshot = 'sallyport:app.getSnapshot';

/** What Electron gives a preload, and what main and the page do there. */
const electron = vi.hoisted(() => ({
  asked: [] as string[],
  page: {} as { sallyport: Bridge },
  listeners: new Map<string, (event: unknown, payload: unknown) => void>(),
}));

vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: 'sallyport', what: Bridge) => {
      electron.page[name] = what;
    },
  },
  ipcRenderer: {
    invoke: (channel: string) => {
      electron.asked.push(channel);
      return Promise.resolve(`answer ${String(electron.asked.length)}`);
    },
    on: vi.fn(),
    once: (channel: string, listener: () => void) => electron.listeners.set(channel, listener),
    removeListener: vi.fn(),
  },
}));

async function loadPage(): Promise<Bridge> {
  vi.resetModules();
  await import('../../../preload');
  return electron.page.sallyport;
}

describe('the first question of the page', () => {
  beforeEach(() => {
    electron.asked.length = 0;
  });

  it('is asked before the page is there, and answered once by what came back', async () => {
    const { calls } = await loadPage();
    expect(electron.asked).toEqual([snapshot]);
    expect(await calls.app.getSnapshot({})).toBe('answer 1');
    expect(await calls.app.getSnapshot({})).toBe('answer 2');
    expect(electron.asked).toEqual([snapshot, snapshot]);
  });

  it('is asked again where something changed since', async () => {
    const { calls } = await loadPage();
    electron.listeners.get('sallyport:event:changed')?.({}, {});
    expect(await calls.app.getSnapshot({})).toBe('answer 2');
  });

  it('leaves every other question as it is', async () => {
    const { calls } = await loadPage();
    expect(await calls.sessions.list({})).toBe('answer 2');
    expect(electron.asked).toEqual([snapshot, 'sallyport:sessions.list']);
  });
});
