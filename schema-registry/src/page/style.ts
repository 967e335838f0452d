/** The one style sheet: system fonts, light and dark, readable from 360 pixels on. */
export const STYLE = `
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --good: #137333; --bad: #b3261e; --warn: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --good: #7bd88f; --bad: #ff8a80; --warn: #ffcc66; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 0 1rem 3rem; font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
header, footer { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; padding: .75rem 0; }
header { border-bottom: 1px solid var(--line); justify-content: space-between; }
footer { border-top: 1px solid var(--line); margin-top: 2rem; }
h1 { font-size: 1.4rem; margin: 1rem 0 .5rem; } h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
nav.tabs { display: flex; flex-wrap: wrap; gap: .25rem; margin: .5rem 0; }
nav.tabs a { padding: .25rem .6rem; border-radius: .4rem; text-decoration: none; }
nav.tabs a[aria-current] { background: var(--soft); font-weight: 600; }
a { color: LinkText; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.wide { overflow-x: auto; }
pre, code { font: .875em/1.45 ui-monospace, monospace; } pre { overflow-x: auto; background: var(--soft); padding: .75rem; border-radius: .4rem; white-space: pre; overflow-wrap: normal; }
pre.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); } .soft { opacity: .75; }
.verdict { font-size: 1.2rem; font-weight: 600; }
ul.plain { list-style: none; padding: 0; } ul.plain > li { padding: .5rem 0; border-bottom: 1px solid var(--line); }
form { display: inline; } input, button { font: inherit; padding: .3rem .6rem; max-width: 100%; }
.sign-in { display: grid; gap: .5rem; max-width: 24rem; }
@media (max-width: 40rem) {
  table.stack thead { display: none; } table.stack tr { display: block; border-bottom: 1px solid var(--line); padding: .4rem 0; }
  table.stack td { display: block; border: 0; padding: .1rem 0; } table.stack td:not([data-name=""]):not(:empty)::before { content: attr(data-name) ": "; opacity: .75; }
}
`;
