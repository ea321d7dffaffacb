/** Light and dark by the reader's setting, one column on a phone. Text has a contrast of 4.5 and more in both. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --text: #1a1c1f; --soft: #565c64; --line: #d8dce1;
  --accepted: #1e7a34; --warned: #8f4a00; --rejected: #b3261e; --box: #00c2ff; }
@media (prefers-color-scheme: dark) { :root { --page: #141619; --card: #1f2226; --text: #eceef0; --soft: #a9b0b8;
  --line: #383d43; --accepted: #6fd08a; --warned: #f0b060; --rejected: #ff9b93; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
header, main { max-width: 1200px; margin: 0 auto; padding: 24px 20px; }
header { padding-bottom: 0; }
h1 { font-size: 1.5rem; margin: 0 0 8px; }
header p { margin: 4px 0; max-width: 70ch; }
fieldset { border: 0; margin: 16px 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: 8px; }
legend { float: left; padding: 6px 8px 6px 0; color: var(--soft); }
fieldset label { border: 1px solid var(--line); border-radius: 999px; padding: 6px 14px; background: var(--card); cursor: pointer; }
fieldset label:has(:checked) { border-color: currentColor; font-weight: 600; }
fieldset label:has(:focus-visible), a:focus-visible { outline: 3px solid var(--box); outline-offset: 2px; }
fieldset input { position: absolute; opacity: 0; }
ol { list-style: none; margin: 0; padding: 0; display: grid; gap: 16px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr)); }
article { height: 100%; background: var(--card); border: 1px solid var(--line); border-top: 4px solid var(--verdict); border-radius: 8px; padding: 16px; }
h2 { font-size: 1rem; margin: 0; }
.verdict { color: var(--verdict); font-weight: 600; }
.accepted { --verdict: var(--accepted); } .warned { --verdict: var(--warned); } .rejected { --verdict: var(--rejected); }
.pictures { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; margin: 12px 0; }
figure { margin: 0; }
figcaption, .soft { color: var(--soft); font-size: .875rem; }
.frame { position: relative; display: grid; place-items: center; aspect-ratio: 1; background: var(--page); border: 1px solid var(--line); overflow: hidden; }
.frame img, .frame svg { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: contain; pointer-events: none; }
.frame rect { fill: none; stroke: var(--box); stroke-width: 5; }
.frame rect.under { stroke: #000; stroke-opacity: .55; stroke-width: 9; }
ul.reasons { margin: 8px 0 0; padding-left: 18px; }
body:has(#show-warned:checked) li:not(.warned), body:has(#show-rejected:checked) li:not(.rejected),
body:has(#show-accepted:checked) li:not(.accepted) { display: none; }
@media print { fieldset { display: none; } article { break-inside: avoid; } }
`;
