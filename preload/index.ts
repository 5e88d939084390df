import { contextBridge, ipcRenderer } from 'electron';
import { callChannel, eventChannel } from '../core/contract/channels';
import { callNames, eventNames } from '../core/contract/names';

const ask = (channel: string, input: unknown): Promise<unknown> => ipcRenderer.invoke(channel, input);

// The page's first question, asked while its script is still read: main answers meanwhile. An answer that something changed
// after is not handed on, for the page does not listen yet.
const firstChannel = callChannel('app', 'getSnapshot');
let firstAnswer: Promise<unknown> | undefined = ask(firstChannel, {});
ipcRenderer.once(eventChannel('changed'), () => {
  firstAnswer = undefined;
});

function askOnce(channel: string, input: unknown): Promise<unknown> {
  const answer = channel === firstChannel ? firstAnswer : undefined;
  if (channel === firstChannel) firstAnswer = undefined;
  return answer ?? ask(channel, input);
}

// SECURITY(S-03): one method per call of the contract and nothing generic; listeners get the payload, never the event.
const calls = Object.fromEntries(
  Object.entries(callNames).map(([feature, methods]) => [
    feature,
    Object.fromEntries(
      methods.map((method) => [method, (input: unknown) => askOnce(callChannel(feature, method), input)]),
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
