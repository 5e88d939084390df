/** Said on standard output, once, when a person could click. Both windows are judged by the same words. */
export const interactiveMark = 'bench: interactive';

/** Said after a round of tests, with the times between the window's frames. */
export const framesMark = 'bench: frames';
