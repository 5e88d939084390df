import type { OutputOf } from '../../../core/contract/contract';
import type { Result } from '../../../core/result';
import { failureWords } from '../../app/failure-words';
import type { ToastMessage } from '../../ui/toast';

/** What to say of a look at every role and at our own keys: nothing where what it saw is in the list, or on its way there. */
export function lookWords(
  roles: Result<unknown>,
  keys: Result<OutputOf<'reviews', 'lookAtKeys'>>,
): readonly ToastMessage[] {
  // that no role is open is no trouble: there may be keys
  const noRole = !roles.ok && roles.error.kind === 'not-possible' ? roles.error : undefined;
  const words: ToastMessage[] = [];
  if (!roles.ok && noRole === undefined) words.push(failureWords('The roles were not looked at', roles.error));
  if (!keys.ok) return [...words, failureWords('What was seen of our own keys is not kept', keys.error)];
  const { seen, unseen } = keys.value;
  const [first] = unseen;
  if (first !== undefined) {
    const others = unseen.length - 1;
    const title = `The age of ${first.label}’s key is not known`;
    const detail = `${first.why}${others === 0 ? '' : ` And ${String(others)} more.`}`;
    return [...words, { tone: 'warning', icon: 'key', title, detail }];
  }
  if (noRole === undefined || seen > 0) return words;
  return [{ icon: 'eye', title: noRole.message, detail: `${noRole.whatDidNotChange} ${noRole.whatToDo}` }];
}
