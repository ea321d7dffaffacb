// Keeps a page as it would be if it were read again now. Without this script it is read again by hand.
'use strict';
{
  const CLOCKS = {
    minute: new Intl.DateTimeFormat(undefined, {
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    }),
    second: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' }),
  };

  /** From UTC, which the server writes, to the reader's own time. */
  const inOwnTime = (root) => {
    for (const time of root.querySelectorAll('time')) {
      time.title = time.textContent;
      time.textContent = CLOCKS[time.dataset.to].format(new Date(time.dateTime));
    }
  };

  /** As they came: what stands in the page has been changed since, by the reader or by `inOwnTime`. */
  const shown = new Map();

  const replace = ({ id, html }) => {
    const old = document.getElementById(id);
    if (old === null || shown.get(id) === html) return;
    const isFirst = !shown.has(id);
    shown.set(id, html);
    const template = document.createElement('template');
    template.innerHTML = html;
    const next = template.content.firstElementChild;
    // What the page was made with needs no replacing, and a form in it may be half filled in.
    if (isFirst && next.innerHTML === asCame.get(id)) return;
    const focused = old.contains(document.activeElement) ? document.activeElement.id : '';
    const open = [...old.querySelectorAll('details[open] > summary')].map((summary) => summary.id);
    inOwnTime(next);
    // Those who hear the page are told of a new state where it changes, not of a new element.
    const [oldState, nextState] = [old, next].map((part) => part.querySelector('[role=status]'));
    if (oldState !== null && nextState !== null) {
      if (oldState.innerHTML !== nextState.innerHTML) oldState.innerHTML = nextState.innerHTML;
      nextState.replaceWith(oldState);
    }
    old.replaceWith(next);
    for (const summary of open) document.getElementById(summary)?.parentElement.setAttribute('open', '');
    if (focused !== '') document.getElementById(focused)?.focus();
  };

  const asCame = new Map(
    [...document.querySelectorAll('main > [id]')].map((part) => [part.id, part.innerHTML]),
  );
  inOwnTime(document);
  const source = new EventSource(document.currentScript.dataset.live);
  source.addEventListener('part', ({ data }) => replace(JSON.parse(data)));
  source.addEventListener('over', () => source.close());
}
