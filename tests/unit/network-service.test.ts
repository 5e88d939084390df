import { expect, it } from 'vitest';
import { shareNetworkService } from '../../main/shell/network-service';

it.each([
  ['', 'NetworkServiceInProcess2'],
  ['UseOzonePlatform,Other', 'UseOzonePlatform,Other,NetworkServiceInProcess2'],
])('features asked for on the command line (%j) stay beside ours', (asked, expected) => {
  const switches = new Map([['enable-features', asked]]);
  shareNetworkService({
    getSwitchValue: (name) => switches.get(name) ?? '',
    appendSwitch: (name, value = '') => void switches.set(name, value),
  });
  expect(switches.get('enable-features')).toBe(expected);
});
