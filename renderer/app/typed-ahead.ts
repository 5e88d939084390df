/** Ends the keeping, and gives what was typed: letters, and a line break where Enter was pressed. */
export type TypedAhead = () => string;

let current: TypedAhead | undefined;

/** Keeps what is typed from now on for a field that is still being loaded. Asked twice, it is kept once. */
export function keepTyped(): TypedAhead {
  if (current !== undefined) return current;
  let text = '';
  const press = (event: KeyboardEvent) => {
    const { altKey, ctrlKey, key, metaKey } = event;
    if (altKey || ctrlKey || metaKey) return;
    if (key.length === 1) text += key;
    else if (key === 'Enter') text += '\n';
    else if (key === 'Backspace') text = text.slice(0, -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener('keydown', press, true);
  current = () => {
    document.removeEventListener('keydown', press, true);
    current = undefined;
    return text;
  };
  return current;
}
