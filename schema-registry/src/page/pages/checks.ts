import { type Html, html } from '@community/kit/html';
import { type Check, type CheckTasks, changeKey, type JudgedChange } from '../../modules/check/check.ts';
import type { Texts } from '../dictionary.ts';
import { cut, list, mayPublish, NotFound, type Page, Redirect, table, time, type VariantView } from '../view.ts';

const LATEST = 50;
const SHOWN = 200;
const OPERATIONS = 50;
const CLIENTS = 20;

const verdict = (passed: boolean, t: Texts): Html =>
  passed ? html`<span class="good">✓ ${t.passed}</span>` : html`<span class="bad">✗ ${t.failed}</span>`;

/** The latest checks of a variant. */
export async function checks({ services, variant, base, t }: VariantView): Promise<Page> {
  const all = await services.checkStore.latest(variant.id, LATEST);
  const rows = all.map(
    (check) =>
      html`<li><a href="${base}/checks/${check.id}">${verdict(check.passed, t)}</a> ${check.subgraph ?? variant.graphId} · ${t.by} ${check.actor} · ${time(check.createdAt)} ${check.git.branch && html`<code>${check.git.branch}</code>`}</li>`,
  );
  return { title: t.checks, body: rows.length > 0 ? html`<ul class="plain">${rows}</ul>` : html`<p>${t.none}</p>` };
}

function approveForm(view: VariantView, check: Check, change: JudgedChange | null): Html {
  const { base, t } = view;
  const button = (forGood: boolean) =>
    html`<form method="post" action="${base}/checks/${check.id}">${change && html`<input type="hidden" name="change" value="${changeKey(change)}">`}<input type="hidden" name="forGood" value="${forGood ? 'yes' : ''}"><button>${change ? t.approve : t.approveAll} ${forGood ? t.forGood : t.forBranch}</button></form> `;
  return html`${check.git.branch ? button(false) : ''}${button(true)}`;
}

function changeItem(view: VariantView, check: Check, change: JudgedChange): Html {
  const { t, base } = view;
  const failing = change.severity === 'FAILURE';
  return html`<li>${failing ? html`<span class="bad">✗ ${t.failure}</span>` : html`<span class="good">✓ ${t.notice}</span>`} <code>${change.code}</code> ${change.description}
    ${
      change.affected.length > 0 &&
      html`<br><strong>${t.affected}</strong>${list(
        change.affected.map(({ id, name, requests, clients, conservative }) => {
          const { shown, rest } = cut(clients, CLIENTS, t);
          return html`<a href="${base}/operations/${id}">${name || t.anonymous}</a> ${requests} ${t.requests}${conservative ? ` (${t.conservative})` : ''}
          ${shown.map((client) => html`<br><span class="soft">${client.name || '–'} ${client.version}: ${client.requests} ${t.requests}</span>`)}${rest}`;
        }),
        OPERATIONS,
        t,
      )}`
    }
    ${failing && mayPublish(view) ? approveForm(view, check, change) : ''}</li>`;
}

function operationsPart(view: VariantView, check: Check, { operations }: CheckTasks): Html {
  const { t } = view;
  if (!operations) return html``;
  // An approval turns changes where they stand: what still fails comes first all the same.
  const order = { FAILURE: 0, NOTICE: 1 };
  const sorted = [...operations.changes].sort((a, b) => order[a.severity] - order[b.severity]);
  const { shown, rest } = cut(sorted, SHOWN, t);
  const failing = operations.changes.filter(({ severity }) => severity === 'FAILURE').length;
  return html`<h2>${t.changes} ${verdict(operations.status === 'PASSED', t)}</h2>
    <p class="soft">${operations.checkedOperations} ${t.against} ${operations.from.slice(0, 10)} – ${operations.to.slice(0, 10)}</p>
    ${operations.requests === 0 ? html`<p>${t.noTraffic}</p>` : operations.notes.map((note) => html`<p>${note}</p>`)}
    ${operations.changes.length === 0 ? html`<p>${t.noChanges}</p>` : html`<ul class="plain">${shown.map((change) => changeItem(view, check, change))}</ul>${rest}`}
    ${failing > 1 && mayPublish(view) ? approveForm(view, check, null) : ''}`;
}

interface Finding {
  readonly level: string;
  readonly rule: string;
  readonly message: string;
  readonly coordinate: string | null;
  readonly line: number | undefined;
}

/** What lint and policies found, errors first. */
function findings(found: readonly Finding[], t: Texts): Html {
  if (found.length === 0) return html``;
  const isError = ({ level }: Finding) => level === 'ERROR';
  const sorted = [...found.filter(isError), ...found.filter((finding) => !isError(finding))];
  const { shown, rest } = cut(sorted, SHOWN, t);
  return html`${table(
    ['', '', '', ''],
    shown.map(({ level, rule, coordinate, message, line }) => [
      level === 'ERROR'
        ? html`<span class="bad">✗ ${t.error}</span>`
        : level === 'WARNING'
          ? html`<span class="warn">! ${t.warning}</span>`
          : html`<span class="soft">${t.notice}</span>`,
      html`<code>${coordinate ?? ''}</code>${line === undefined ? '' : `:${line}`}`,
      message,
      html`<span class="soft">${rule}</span>`,
    ]),
  )}${rest}`;
}

/** One check, which Rover's output links to: the verdict first. */
export async function check(view: VariantView, id: string, isPost: boolean): Promise<Page | Redirect> {
  const { services, t, base, form, key, graphId } = view;
  const found = await services.checks.find(graphId, id);
  if (!found || found.variant.id !== view.variant.id) throw new NotFound(`${t.checks} ${id}`);
  const { check: shown } = found;
  if (isPost) {
    const change = form.get('change');
    await services.checks.approve(shown, change === null ? null : [change], form.get('forGood') === 'yes', key.name);
    return new Redirect(`${base}/checks/${id}`);
  }
  const { composition, lint, custom, downstream } = shown.tasks;
  const messages = (errors: readonly { readonly message: string }[]) =>
    list(
      errors.map(({ message }) => message),
      SHOWN,
      t,
    );
  return {
    title: `${t.checks} ${shown.subgraph ?? ''}`,
    body: html`<h1>${t.checks}: ${shown.subgraph ?? graphId}</h1><p class="verdict">${verdict(shown.passed, t)}</p>
    <p>${t.by} ${shown.actor} · ${time(shown.createdAt)} ${shown.git.branch && html`<code>${shown.git.branch}</code>`} ${shown.git.commit && html`<code>${shown.git.commit.slice(0, 8)}</code>`}</p>
    ${composition && html`<h2>${t.composition} ${verdict(composition.status === 'PASSED', t)}</h2>${composition.errors.length > 0 ? messages(composition.errors) : html`<p>${t.composes}</p>`}`}
    ${operationsPart(view, shown, shown.tasks)}
    ${
      lint &&
      html`<h2>${t.lint} ${verdict(lint.status === 'PASSED', t)}</h2>${findings(
        lint.diagnostics.map((found) => ({ ...found, line: found.sourceLocations[0]?.start.line })),
        t,
      )}`
    }
    ${
      custom &&
      html`<h2>${t.policies} ${verdict(custom.status === 'PASSED', t)}</h2>${findings(
        custom.violations.map((found) => ({ ...found, line: found.sourceLocations[0]?.start.line })),
        t,
      )}`
    }
    ${
      downstream &&
      html`<h2>${t.contracts} ${verdict(downstream.status === 'PASSED', t)}</h2><ul>${downstream.results.map(
        ({ variant, errors }) =>
          html`<li>${variant} ${verdict(errors.length === 0, t)} ${errors.length > 0 && messages(errors)}</li>`,
      )}</ul>`
    }`,
  };
}
