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
  /** After an answer that is no stream, such as that of a gateway without Temporal. */
  const AGAIN_MS = 5000;
  const address = document.currentScript.dataset.live;

  /** From UTC, which the server writes, to the reader's own time. */
  const inOwnTime = (root) => {
    for (const time of root.querySelectorAll('time')) {
      time.title = time.textContent;
      time.textContent = CLOCKS[time.dataset.to].format(new Date(time.dateTime));
    }
  };

  /** What the reader has done to a part goes on in the one that takes its place. */
  const carryOver = (old, next) => {
    for (const field of old.querySelectorAll('input[id]')) {
      const twin = next.querySelector(`#${CSS.escape(field.id)}`);
      if (twin !== null) [twin.value, twin.checked] = [field.value, field.checked];
    }
    for (const { id } of old.querySelectorAll('details[open] > summary'))
      next.querySelector(`#${CSS.escape(id)}`)?.parentElement.setAttribute('open', '');
  };

  /** As they came: what stands in the page has been changed since, by the reader or by `inOwnTime`. */
  const shown = new Map(
    [...document.querySelectorAll('main > [id]')].map((part) => [part.id, part.outerHTML]),
  );

  const replace = ({ id, html }) => {
    const old = document.getElementById(id);
    const template = document.createElement('template');
    template.innerHTML = html;
    const next = template.content.firstElementChild;
    if (old === null || shown.get(id) === next.outerHTML) return;
    shown.set(id, next.outerHTML);
    inOwnTime(next);
    // Of what is new in an element that stays, those who hear the page are told.
    if (old.role === 'status') {
      old.replaceChildren(...next.childNodes);
      return;
    }
    const focused = old.contains(document.activeElement) ? document.activeElement.id : '';
    carryOver(old, next);
    old.replaceWith(next);
    if (focused !== '') document.getElementById(focused)?.focus();
  };

  /** A stream that is opened again at once is nothing to speak of. */
  const SAY_AFTER_MS = 8000;
  let saying = 0;
  const sayStale = () => {
    saying ||= setTimeout(() => (document.getElementById('stale').hidden = false), SAY_AFTER_MS);
  };
  const sayNothing = () => {
    clearTimeout(saying);
    saying = 0;
    document.getElementById('stale').hidden = true;
  };

  let source = null;
  let isOver = false;

  const open = () => {
    source = new EventSource(address);
    source.addEventListener('open', sayNothing);
    source.addEventListener('part', ({ data }) => replace(JSON.parse(data)));
    source.addEventListener('over', () => {
      isOver = true;
      source.close();
    });
    source.addEventListener('error', () => {
      if (isOver) return;
      sayStale();
      // A stream that broke is opened again by the browser itself, one that was refused is not.
      if (source.readyState === EventSource.CLOSED) setTimeout(openIfSeen, AGAIN_MS * (1 + Math.random()));
    });
  };
  const openIfSeen = () => {
    if (!isOver && !document.hidden && (source === null || source.readyState === EventSource.CLOSED)) open();
  };

  inOwnTime(document);
  // A browser has six connections for all tabs of a site, and a tab that nobody sees needs none.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) source?.close();
    else openIfSeen();
  });
  openIfSeen();
}
