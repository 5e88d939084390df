import { Fragment, useEffect, useRef } from 'react';
import { Button } from './button';
import { classNames } from './class-names';
import { CopyButton, type CopyOutcome } from './copy-button';
import { Icon } from './icon';
import { colourJsonLine, toLines } from './json-lines';
import { diffLines, type DiffLine } from './line-diff';
import { VisuallyHidden } from './text';
import styles from './policy-view.module.css';

/** A risk and the lines that cause it; the note and its fix stand under the last of them. */
export interface PolicyFinding {
  readonly id: string;
  /** 1 is the first line of the document. */
  readonly line: number;
  readonly lastLine?: number | undefined;
  readonly severity: 'warning' | 'danger';
  readonly message: string;
  /** How to narrow it. */
  readonly narrow?: string | undefined;
  readonly fix?:
    { readonly label: string; readonly onFix: () => void; readonly disabledReason?: string | undefined } | undefined;
}

interface PolicyViewProps {
  /** “Trust policy of SallyportCodeDeploy”: the accessible name. */
  readonly label: string;
  /** The document exactly as it will be sent. */
  readonly text: string;
  readonly findings?: readonly PolicyFinding[] | undefined;
  /** A line to bring into view and mark, as after pressing “Line 13”. */
  readonly shownLine?: number | undefined;
  /** Fills its card and scrolls inside; otherwise it is as tall as its lines. */
  readonly fill?: boolean | undefined;
}

/** A policy with line numbers, its risky lines marked. Opens at the first finding. */
export function PolicyView({ label, text, findings = [], shownLine, fill = false }: PolicyViewProps) {
  const target = shownLine ?? findings[0]?.line;
  const targetRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Centred within its own box only: the page must not jump.
    const line = targetRef.current;
    const box = line?.closest('[data-policy]');
    if (line === null || !(box instanceof HTMLElement)) return;
    box.scrollTop = line.offsetTop - box.clientHeight / 2;
  }, [target, text]);

  return (
    // A scrolling region has to be reached by keyboard to be scrolled.
    <div
      className={styles['code']}
      role="region"
      aria-label={label}
      tabIndex={0}
      data-fill={fill || undefined}
      data-policy
    >
      {toLines(text).map((line, index) => {
        const lineNumber = index + 1;
        const covering = findings.find(
          (finding) => lineNumber >= finding.line && lineNumber <= (finding.lastLine ?? finding.line),
        );
        const ending = findings.filter((finding) => (finding.lastLine ?? finding.line) === lineNumber);
        return (
          <Fragment key={lineNumber}>
            <div
              className={styles['line']}
              data-risk={covering?.severity}
              data-shown={lineNumber === shownLine || undefined}
              ref={lineNumber === target ? targetRef : undefined}
            >
              <LineNumber value={lineNumber} />
              <code className={styles['content']}>
                <JsonLine line={line} />
              </code>
            </div>
            {ending.map((finding) => (
              <FindingNote key={finding.id} finding={finding} />
            ))}
          </Fragment>
        );
      })}
    </div>
  );
}

interface PolicyDiffProps {
  /** “Trust policy of SallyportCodeDeploy”. */
  readonly title: string;
  readonly before: string;
  readonly after: string;
  /** A correction is red out, green in. Drift is stone for what was agreed, amber for what is now. */
  readonly kind: 'correction' | 'drift';
  readonly context?: number | undefined;
  /** Inside something that has a head and an edge of its own; `title` is then its name alone. */
  readonly isBare?: boolean | undefined;
  readonly copy?:
    { readonly label: string; readonly what: string; readonly onCopy: () => Promise<CopyOutcome> } | undefined;
}

/** The lines that differ, with as much around them as is needed to find the place. */
export function PolicyDiff({ title, before, after, kind, context = 1, isBare = false, copy }: PolicyDiffProps) {
  const lines = diffLines(before === '' ? [] : toLines(before), toLines(after), context);
  return (
    <section className={styles['diff']} data-bare={isBare || undefined}>
      {isBare ? null : (
        <div className={styles['diffHead']}>
          <span>{title}</span>
          {copy === undefined ? null : (
            <CopyButton label={copy.label} what={copy.what} onCopy={copy.onCopy} variant="link" />
          )}
        </div>
      )}
      {/* A region that may scroll has to be reached by keyboard to be scrolled. */}
      <div className={styles['code']} role="region" aria-label={title} tabIndex={0} data-kind={kind}>
        {lines.map((line, index) => (
          <div key={index} className={styles['line']} data-change={line.kind}>
            <LineNumber value={line.lineNumber} />
            <code className={styles['content']}>
              <span className={styles['sign']} aria-hidden="true">
                {line.kind === 'removed' ? '−' : line.kind === 'added' ? '+' : ''}
              </span>
              <VisuallyHidden>{changeWord(line, kind)}</VisuallyHidden>
              {line.kind === 'same' ? (
                <JsonLine line={line.parts.map((part) => part.text).join('')} />
              ) : (
                line.parts.map((part, at) =>
                  part.marked ? <mark key={at}>{part.text}</mark> : <span key={at}>{part.text}</span>,
                )
              )}
            </code>
          </div>
        ))}
      </div>
    </section>
  );
}

function changeWord(line: DiffLine, kind: 'correction' | 'drift'): string {
  if (line.kind === 'same') return '';
  if (kind === 'drift') return line.kind === 'removed' ? 'Agreed: ' : 'Now: ';
  return line.kind === 'removed' ? 'Remove: ' : 'Put in: ';
}

function FindingNote({ finding }: { readonly finding: PolicyFinding }) {
  return (
    <div className={styles['finding']} data-risk={finding.severity}>
      <Icon name="alert" size="sm" tone={finding.severity} />
      <span className={styles['message']}>
        <VisuallyHidden>Line {finding.line}: </VisuallyHidden>
        {finding.message}
        {finding.narrow === undefined ? null : <span className={styles['narrow']}> {finding.narrow}</span>}
      </span>
      {finding.fix === undefined ? null : (
        <Button size="sm" onPress={finding.fix.onFix} disabledReason={finding.fix.disabledReason}>
          {finding.fix.label}
        </Button>
      )}
    </div>
  );
}

function LineNumber({ value }: { readonly value: number }) {
  return (
    <span className={styles['number']} aria-hidden="true">
      {value}
    </span>
  );
}

function JsonLine({ line }: { readonly line: string }) {
  return colourJsonLine(line).map((token, index) => (
    <span key={index} className={classNames(styles[token.kind])}>
      {token.text}
    </span>
  ));
}

interface CodeBlockProps {
  readonly label: string;
  readonly text: string;
  readonly fill?: boolean | undefined;
  readonly numbered?: boolean | undefined;
}

/** A script or a profile, as it is. */
export function CodeBlock({ label, text, fill = false, numbered = false }: CodeBlockProps) {
  return (
    <div
      className={styles['code']}
      role="region"
      aria-label={label}
      tabIndex={0}
      data-fill={fill || undefined}
      data-plain={!numbered || undefined}
    >
      {toLines(text).map((line, index) => (
        <div key={index} className={styles['line']}>
          {numbered ? <LineNumber value={index + 1} /> : null}
          <code className={styles['content']}>{line === '' ? ' ' : line}</code>
        </div>
      ))}
    </div>
  );
}
