import styles from './gate-picture.module.css';

interface Caption {
  readonly y: number;
  readonly title: string;
  readonly lines: readonly [string, string];
}

const captions: readonly Caption[] = [
  { y: 102, title: 'Outer door', lines: ['the trust policy:', 'who may come in'] },
  { y: 196, title: 'In between', lines: ['a session, which', 'ends by itself'] },
  { y: 284, title: 'Inner door', lines: ['the permissions:', 'what they may do'] },
];

/** The two doors, for the first run. */
export function GatePicture() {
  return (
    <svg
      className={styles['gate']}
      viewBox="0 0 440 400"
      role="img"
      aria-label="A gate with two doors. The outer door is the trust policy: who may come in. In between is a session, which ends by itself. The inner door is the permissions: what they may do."
    >
      <path className={styles['floor']} d="M4 344h432" />
      <path className={styles['wall']} d="M36 344V174a114 114 0 0 1 228 0v170" />
      <path className={styles['lining']} d="M54 344V174a96 96 0 0 1 192 0v170" />
      <path className={styles['lining']} d="M54 344l42-22M246 344l-42-22" />
      <path className={styles['inner']} d="M96 322V188a54 54 0 0 1 108 0v134" />
      <path className={styles['leaf']} d="M147 322h-41V188a44 44 0 0 1 41-43.900z" />
      <path className={styles['floor']} d="M96 322h108" />
      <path className={styles['openLeaf']} d="M195 322V196l-17-9v143z" />
      <circle className={styles['knob']} cx="139" cy="246" r="2.5" />
      <Pointer x={243} y={110} length={54} />
      <Pointer x={225} y={204} length={72} />
      <Pointer x={187} y={292} length={110} />
      {captions.map(({ y, title, lines }) => (
        <text key={title} x="310" y={y}>
          <tspan className={styles['title']}>{title}</tspan>
          {lines.map((line) => (
            <tspan key={line} x="310" dy="18">
              {line}
            </tspan>
          ))}
        </text>
      ))}
    </svg>
  );
}

function Pointer({ x, y, length }: { readonly x: number; readonly y: number; readonly length: number }) {
  return (
    <g className={styles['pointer']}>
      <path d={`M${String(x + 3)} ${String(y)}h${String(length)}`} />
      <circle cx={x} cy={y} r="3" />
    </g>
  );
}
