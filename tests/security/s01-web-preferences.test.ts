import { describe, expect, it } from 'vitest';
import { lockDownBeforeReady } from '../../main/security/lock-down';
import { webPreferences } from '../../main/security/web-preferences';

describe('S-01 the options of every window', () => {
  it('state each isolating option, on its safe side', () => {
    expect(webPreferences('/preload.cjs', true)).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      webSecurity: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      enableBlinkFeatures: '',
      navigateOnDragDrop: false,
    });
  });

  it('S-18 have developer tools in development only', () => {
    expect(webPreferences('/preload.cjs', true).devTools).toBe(false);
    expect(webPreferences('/preload.cjs', false).devTools).toBe(true);
  });

  it('S-19 name a partition that lives in memory', () => {
    const { partition } = webPreferences('/preload.cjs', true);
    expect(partition).toBeDefined();
    expect(partition?.startsWith('persist:')).toBe(false);
  });

  it('the sandbox is switched on for the whole app before it is ready', () => {
    const calls: string[] = [];
    lockDownBeforeReady(
      {
        enableSandbox: () => calls.push('enableSandbox'),
        on: (event: string) => calls.push(event),
      } as unknown as Parameters<typeof lockDownBeforeReady>[0],
      { registerSchemesAsPrivileged: () => calls.push('scheme') },
      () => undefined,
    );
    expect(calls).toEqual(['enableSandbox', 'scheme', 'web-contents-created']);
  });
});
