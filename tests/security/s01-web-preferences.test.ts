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

  const callsBeforeReady = (noSandbox: boolean): readonly string[] => {
    const calls: string[] = [];
    const app = {
      enableSandbox: () => calls.push('enableSandbox'),
      on: (event: string) => calls.push(event),
      commandLine: { hasSwitch: (name: string) => noSandbox && name === 'no-sandbox' },
    };
    lockDownBeforeReady(
      app as unknown as Parameters<typeof lockDownBeforeReady>[0],
      { registerSchemesAsPrivileged: () => calls.push('scheme') },
      () => undefined,
    );
    return calls;
  };

  it('the sandbox is switched on for the whole app before it is ready', () => {
    expect(callsBeforeReady(false)).toEqual(['enableSandbox', 'scheme', 'web-contents-created']);
  });

  it('where root made Chromium run without it, everything else still holds', () => {
    expect(callsBeforeReady(true)).toEqual(['scheme', 'web-contents-created']);
  });
});
