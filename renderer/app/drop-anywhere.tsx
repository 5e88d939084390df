import { useEffect, useEffectEvent, useState } from 'react';
import { Icon } from '../ui/icon';
import { isModalOpen } from '../ui/modal-open';
import { readSentFile, type SentFile } from './sent-file';
import styles from './drop-anywhere.module.css';

/**
 * A request or a reply may be dropped on any page. Nothing that is dropped is ever gone to or opened: it is read as text
 * and shown (S-07, S-28).
 */
export function DropAnywhere({ onFile }: { readonly onFile: (file: SentFile) => void }) {
  const [isOver, setOver] = useState(false);
  const drop = useEffectEvent(async (files: FileList) => {
    const [file] = files;
    if (file === undefined || isModalOpen()) return;
    onFile(
      files.length > 1
        ? {
            problem: {
              message: `These are ${String(files.length)} files.`,
              whatToDo: 'Drop one request or one reply at a time.',
            },
          }
        : await readSentFile(file),
    );
  });
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!bringsFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = isModalOpen() ? 'none' : 'copy';
      setOver(!isModalOpen());
    };
    const leave = (event: DragEvent): void => {
      // leaving one element for another is no leaving of the window
      if (event.relatedTarget === null) setOver(false);
    };
    const end = (event: DragEvent): void => {
      setOver(false);
      if (!bringsFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      void drop(event.dataTransfer.files);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', end);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', end);
    };
  }, []);
  return isOver ? (
    <div className={styles['over']} aria-hidden="true">
      <p className={styles['words']}>
        <Icon name="file" />
        Drop the request or reply. It is only shown.
      </p>
    </div>
  ) : null;
}

function bringsFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') === true;
}
