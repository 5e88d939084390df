/** All that the set-up says goes to standard error: standard output belongs to the program that was asked for. */
export function say(text) {
  process.stderr.write(`sallyport: ${text}\n`);
}

/** An expected failure of the set-up. Shown without a stack. */
export class SetupError extends Error {
  name = 'SetupError';
}

/** Runs a script's main function; an expected failure prints its words and exits with 1, a bug prints its stack. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (error instanceof SetupError) say(error.message);
    else process.stderr.write(`${error?.stack ?? error}\n`);
    process.exitCode = 1;
  }
}
