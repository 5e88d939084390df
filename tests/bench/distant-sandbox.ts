import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Network, type NetworkPort } from '../../main/aws/network';
import type { Clock } from '../../main/platform/clock';

type Keys = { readonly accessKeyId: string; readonly secretAccessKey: string };

export type DistantSandbox = {
  readonly endpoint: string;
  readonly network: NetworkPort;
  readonly deployer: Keys;
  stop(): void;
};

/**
 * The sandbox in a process of its own, as far away as AWS is: what is measured beside it is the app's own work.
 * `answerMs` is added to each answer, in milliseconds.
 */
export async function startDistantSandbox(scenario: string, answerMs: number, clock: Clock): Promise<DistantSandbox> {
  const program = join(import.meta.dirname, '..', 'sandbox', 'serve.js');
  const child = spawn(process.execPath, [program, '--scenario', scenario], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The sandbox ended with ${String(code)}`)));
    createInterface({ input: child.stdout }).once('line', resolve);
  });
  const { endpoint, identities } = JSON.parse(line) as { endpoint: string; identities: { deployer: Keys } };
  const network = new Network({ clock, variables: {} });
  return {
    endpoint,
    deployer: identities.deployer,
    network: {
      reach: async () => {
        const reach = await network.reach();
        const { handler } = reach;
        return {
          ...reach,
          handler: {
            metadata: handler.metadata,
            handle: async (request, options) => {
              await clock.wait(answerMs);
              return await handler.handle(request, options);
            },
            updateHttpClientConfig: () => undefined,
            httpHandlerConfigs: () => ({}),
            destroy: () => undefined,
          },
        };
      },
    },
    stop: () => {
      child.removeAllListeners('exit');
      child.kill('SIGTERM');
    },
  };
}
