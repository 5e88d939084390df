/** Said on standard output, once, when a person could click. Both windows are judged by the same words. */
export const interactiveMark = 'bench: interactive';

/** Said when a list of ten thousand was looked at, with what it cost. */
export const scaleMark = 'bench: scale';

/** Said after a round of tests, with the times between the window's frames. */
export const framesMark = 'bench: frames';
