import { expect, it } from 'vitest';
import { desktopAtFirst } from '../../core/contract/desktop';
import { networkAsFound } from '../../core/domain/network';
import { must } from '../support/must';
import { newAppWorld } from '../support/app-world';

it('forgetting the settings takes what its words name, brings it back, and leaves the test schedule', async () => {
  const world = newAppWorld();
  must(await world.ask('app', 'setTheme', { theme: 'dark' }));
  must(await world.ask('settings', 'setPreferences', { region: 'eu-north-1' }));
  must(await world.ask('network', 'changeSettings', { ...networkAsFound, useFips: true }));
  must(await world.ask('desktop', 'set', { ...desktopAtFirst, closeToTray: true }));
  must(await world.ask('connections', 'setSchedule', { every: 'day' }));
  const before = world.settings.read();
  must(await world.ask('settings', 'forgetSettings', {}));
  expect(world.settings.read()).toEqual({ theme: 'system', workspace: 'practice' });
  expect(must(await world.ask('connections', 'getSchedule', {}))).toMatchObject({ every: 'day' });
  must(await world.ask('settings', 'bringSettingsBack', {}));
  expect(world.settings.read()).toEqual(before);
});
