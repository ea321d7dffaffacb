/** Light and dark by the reader's setting; on a phone each row of a table is a card. Text has a contrast of 4.5 and more in both. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --text: #1a1c1f; --soft: #565c64; --line: #d8dce1;
  --good: #1e7a34; --ask: #8f4a00; --bad: #b3261e; --link: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --page: #141619; --card: #1f2226; --text: #eceef0; --soft: #a9b0b8;
  --line: #383d43; --good: #6fd08a; --ask: #f0b060; --bad: #ff9b93; --link: #8ab4f8; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 1200px; margin: 0 auto; padding: 24px 20px; }
h1 { font-size: 1.5rem; margin: 0 0 4px; } h2 { font-size: 1.125rem; margin: 32px 0 8px; }
p { margin: 4px 0; max-width: 80ch; }
a { color: var(--link); } a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.soft { color: var(--soft); font-size: .875rem; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(140px, 1fr)); gap: 12px; margin: 16px 0; }
dl div { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; }
dt { color: var(--soft); font-size: .875rem; } dd { margin: 0; font-size: 1.375rem; font-variant-numeric: tabular-nums; }
.bar { display: flex; height: 14px; border: 1px solid var(--line); border-radius: 7px; overflow: hidden; margin: 12px 0; background: var(--card); }
.bar rect, .bar svg { display: block; width: 100%; height: 100%; }
.good { color: var(--good); } .ask { color: var(--ask); } .bad { color: var(--bad); }
.good, .ask, .bad { font-weight: 600; }
rect.good { fill: var(--good); } rect.ask { fill: var(--ask); } rect.bad { fill: var(--bad); } rect.none { fill: var(--line); }
table { border-collapse: collapse; width: 100%; background: var(--card); border: 1px solid var(--line); }
th, td { text-align: left; vertical-align: top; padding: 8px 12px; border-top: 1px solid var(--line); font-weight: 400; }
thead th { white-space: nowrap; color: var(--soft); font-size: .875rem; border-top: 0; }
summary { cursor: pointer; padding: 8px 0; }
@media (max-width: 700px) {
  table, tbody, tr, td, tbody th { display: block; } thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
  tr { border-top: 1px solid var(--line); padding: 8px 0; } td, tbody th { border: 0; padding: 2px 12px; }
  td::before, tbody th::before { content: attr(data-label) ": "; color: var(--soft); font-size: .875rem; font-weight: 400; }
}
@media print { details > :not(summary) { display: block; } tr { break-inside: avoid; } }
`;
