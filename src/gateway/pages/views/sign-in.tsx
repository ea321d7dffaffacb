import type { VNode } from 'preact';
import { Layout } from './layout';

/** @param to a path of ours, for afterwards */
export function SignInView({ to, notice }: { to: string; notice: string | null }): VNode {
  return (
    <Layout title="Sign in" viewer={null} live={null}>
      <h1>Sign in</h1>
      <form method="post" action="/sign-in" class="card narrow">
        {notice !== null && (
          <p class="notice refused" role="alert">
            {notice}
          </p>
        )}
        <input type="hidden" name="to" value={to} />
        <label>
          API key
          <input type="password" name="key" required autocomplete="current-password" autofocus />
        </label>
        <p class="soft">
          One that <code>darkroom api-key</code> has made, with the scope <code>read</code>. The browser keeps
          a sign-in of twelve hours, not the key.
        </p>
        <button>Sign in</button>
      </form>
    </Layout>
  );
}
