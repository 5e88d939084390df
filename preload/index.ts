import { contextBridge, ipcRenderer } from 'electron';
import { callChannel, eventChannel } from '../core/contract/channels';
import { callNames, eventNames } from '../core/contract/names';

// SECURITY(S-03): one method per call of the contract and nothing generic; listeners get the payload, never the event.
const calls = Object.fromEntries(
  Object.entries(callNames).map(([feature, methods]) => [
    feature,
    Object.fromEntries(
      methods.map((method) => [method, (input: unknown) => ipcRenderer.invoke(callChannel(feature, method), input)]),
    ),
  ]),
);

const on = Object.fromEntries(
  eventNames.map((event) => [
    event,
    (listener: (payload: unknown) => void) => {
      const forward = (_event: unknown, payload: unknown) => {
        listener(payload);
      };
      ipcRenderer.on(eventChannel(event), forward);
      return () => {
        ipcRenderer.removeListener(eventChannel(event), forward);
      };
    },
  ]),
);

contextBridge.exposeInMainWorld('sallyport', { calls, on });
