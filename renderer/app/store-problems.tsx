import { useNavigate } from 'react-router';
import type { AppError } from '../../core/app-error';
import { Button } from '../ui/button';
import { formatQuantity } from '../ui/format';
import { Note } from '../ui/note';

interface StoreProblemsProps {
  /** Files that could not be used as found, as the snapshot has them. */
  readonly problems: readonly AppError[];
  /** Left out where there is no way to Settings yet. */
  readonly hidesLink?: boolean;
}

/** Which files of the app were set aside, where somebody would miss what was in them. Settings has the particulars. */
export function StoreProblems({ problems, hidesLink = false }: StoreProblemsProps) {
  const navigate = useNavigate();
  const [first] = problems;
  if (first === undefined) return null;
  const names = problems.flatMap(({ message }) => /[a-z-]+\.json/.exec(message)?.[0] ?? []);
  return (
    <Note
      tone="warning"
      title={problems.length === 1 ? first.message : `${formatQuantity(problems.length, 'file')} could not be used.`}
      action={
        hidesLink ? undefined : (
          <Button variant="link" onPress={() => void navigate('/settings')}>
            What to do
          </Button>
        )
      }
    >
      {problems.length > 1 && `They were set aside: ${names.join(', ')}. `}
      {first.whatDidNotChange}
      {/* Settings would say it */}
      {hidesLink && problems.length === 1 && ` ${first.whatToDo}`}
    </Note>
  );
}
