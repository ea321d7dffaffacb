import type { ComponentChildren, VNode } from 'preact';
import type { Viewer } from '../viewer';

export interface LayoutProps {
  title: string;
  viewer: Viewer | null;
  /** Where the changes of this page come from; null where nothing on it changes. */
  live: string | null;
  /** Without scripts it is read again after so many seconds; null where a form would lose what is typed. */
  againS?: number | null;
  children: ComponentChildren;
}

/** What all pages have around them. */
export function Layout({ title, viewer, live, againS = null, children }: LayoutProps): VNode {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · Darkroom`}</title>
        <link rel="stylesheet" href="/assets/page.css" />
        <link rel="icon" href="data:," />
        {live !== null && <script src="/assets/live.js" defer data-live={live} />}
        {againS !== null && (
          <noscript>
            <meta http-equiv="refresh" content={String(againS)} />
          </noscript>
        )}
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <header>
          <a class="home" href="/">
            Darkroom
          </a>
          <nav aria-label="Darkroom">
            <a href="/">Trainings</a>
            <a href="/batches">Batches</a>
            <a href="/accounts">Accounts</a>
            <a href="/docs">API</a>
            {viewer?.isSignedIn === true && <SignOut name={viewer.name} />}
          </nav>
        </header>
        {live !== null && <Stale />}
        <main id="main">{children}</main>
      </body>
    </html>
  );
}

/** A page that changes by itself has to say where it does not. */
function Stale(): VNode {
  return (
    <>
      <p id="stale" class="stale" role="status" hidden>
        This page is not up to date; it is asking again. It may help to read it again.
      </p>
      <noscript>
        <p class="stale">
          This page is as it was when it was read. <a href="">Read it again</a>
        </p>
      </noscript>
    </>
  );
}

function SignOut({ name }: { name: string }): VNode {
  return (
    <form method="post" action="/sign-out">
      <button class="quiet">Sign out ({name})</button>
    </form>
  );
}
