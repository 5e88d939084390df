import type { AppError } from '../../core/app-error';
import type { ToastMessage } from '../ui/toast';

/** Where no page stands beside the cause: what happened, what did not, and what to do, as a page would say it. */
export function failureWords(title: string, { message, whatDidNotChange, whatToDo }: AppError): ToastMessage {
  const detail = [message, whatDidNotChange, whatToDo].filter((words) => words !== '').join(' ');
  return { title, detail, icon: 'alert', tone: 'warning' };
}
