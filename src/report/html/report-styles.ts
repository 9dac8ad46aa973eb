/** How the parts look that only the report has: numbers, tables, filters, explanations. */

export const REPORT_STYLES = `
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .75rem 0 0; padding: 0; list-style: none; }
.overview { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1rem 2rem; align-items: start; }
.numbers { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1px; margin: 0; background: var(--line); border: 1px solid var(--line); border-radius: .5rem; overflow: clip; }
.numbers div { padding: .6rem 1rem; background: var(--ground); }
.numbers dt { font-size: .875rem; color: var(--quiet); }
.numbers dd { margin: 0; font-size: 1.5rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.numbers dd .quiet { font-size: .875rem; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: .9375rem; }
caption { padding-bottom: .35rem; text-align: left; font-size: .875rem; }
th, td { padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { font-size: .875rem; color: var(--quiet); }
tbody th { font-weight: 500; }
.workloads th:first-child { width: 45%; }
.workloads th:nth-child(2), .workloads th:nth-child(3) { width: 14%; }
.level.privileged { color: var(--red); font-weight: 600; }
.level.baseline { color: var(--amber); font-weight: 600; }
.level.restricted { color: var(--green); font-weight: 600; }
#filters { display: grid; grid-template-columns: auto minmax(0, 1fr) auto minmax(0, 1fr) auto; gap: .6rem .75rem; align-items: center; padding: .9rem 1rem; background: var(--raised); border: 1px solid var(--line); border-radius: .5rem; }
#filters fieldset { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
#filters legend { float: left; margin-right: 1.25rem; font-weight: 600; }
#filters select, #filters button { background: var(--ground); width: 100%; }
#shown { margin: .6rem 0; color: var(--quiet); }
#about details { padding: .35rem 0; border-bottom: 1px solid var(--line); }
#about details p { margin: .35rem 0 .35rem 1.1rem; max-width: 70ch; font-size: .9375rem; }
@media (max-width: 60rem) {
  .overview { grid-template-columns: minmax(0, 1fr); }
  #filters { grid-template-columns: minmax(0, 1fr); }
  #filters legend { float: none; }
}
@media (max-width: 40rem) {
  .numbers { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .workloads th:first-child { width: auto; }
  .workloads thead { position: absolute; left: -100vw; }
  .workloads tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .workloads th, .workloads td { display: block; border: 0; padding: .05rem 0; }
  .workloads td::before { content: attr(data-column-title) ": "; color: var(--quiet); }
}
@media print { nav, #filters, #shown { display: none; } .file, .hunk, .findings li { content-visibility: visible; } }
`;
