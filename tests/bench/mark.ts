/** Said on standard output, once, when a person could click. Both windows are judged by the same words. */
export const interactiveMark = 'bench: interactive';
