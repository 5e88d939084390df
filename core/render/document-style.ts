/**
 * How a document looks: ink on paper, light or dark as the reader's system is, one column down to 320 px, black on white
 * when printed. Colours are the design's own. Never put anything but this constant into the page's style element: its
 * content security policy names the digest of exactly these characters.
 */
export const documentStyle = `
:root { color-scheme: light dark; --surface: #fafaf9; --raised: #ffffff; --sunken: #f4f5f2; --text: #191e1c; --soft: #414845;
  --border: #cdd1cb; --accent: #0e6a6f; --watch: #b97a10; }
@media (prefers-color-scheme: dark) {
  :root { --surface: #171a19; --raised: #1e2221; --sunken: #131615; --text: #e9ecea; --soft: #c3c9c6;
    --border: #3a413e; --accent: #66c0c1; --watch: #d39a2d; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--surface); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; overflow-wrap: anywhere; }
h1 { font-size: 1.625rem; line-height: 1.25; margin: 0 0 0.5rem; }
h2 { font-size: 1.125rem; line-height: 1.3; margin: 2.25rem 0 0.5rem; }
p, ul, ol, dl, figure { margin: 0.5rem 0; }
ul, ol { padding-left: 1.5rem; }
.lead, footer { color: var(--soft); }
footer { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--border); font-size: 0.875rem; }
dl { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: 0.375rem 1rem; }
dt { color: var(--soft); }
dd { margin: 0; }
code, pre { font-family: ui-monospace, "DejaVu Sans Mono", Consolas, monospace; font-size: 0.875em; }
pre { margin: 0.25rem 0 0.75rem; padding: 0.75rem; background: var(--sunken); border: 1px solid var(--border);
  border-radius: 6px; white-space: pre-wrap; }
code { unicode-bidi: isolate; }
aside { margin: 0.75rem 0; padding: 0.25rem 0 0.25rem 0.875rem; border-left: 4px solid var(--watch); }
details { margin: 0.5rem 0; border: 1px solid var(--border); border-radius: 10px; background: var(--raised); padding: 0 0.875rem; }
summary { padding: 0.625rem 0; font-weight: 600; cursor: pointer; }
summary:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
figcaption { font-weight: 600; }
a { color: var(--accent); }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 0.5rem; } }
@media print {
  :root { color-scheme: light; --surface: #ffffff; --raised: #ffffff; --sunken: #ffffff; --text: #000000; --soft: #333333;
    --border: #999999; --accent: #000000; --watch: #000000; }
  main { max-width: none; padding: 0; }
  h2, figcaption, summary { break-after: avoid; }
  details::details-content { content-visibility: visible; height: auto; }
}
`;

/** Base64 of the SHA-256 of `documentStyle`; a test computes it anew. */
export const documentStyleDigest = 'sC+1BvTDZ1p6gkDkCA4m+ZSQIyzcvL4QxhDFwFKozXE=';
