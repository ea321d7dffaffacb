import { InputError } from './input-error';
import { reach, type HomeOption } from './reach';
import { savedViews, viewLink } from './saved-views';

/** The UI keeps them in the browser, so no link can bring them along. */
const COLUMNS = ['State', 'Progress', 'ExpectedEnd', 'Credits', 'Subject', 'Provider', 'Trouble'].map(
  (name) => `Darkroom${name}`,
);

/** `darkroom doctor --links`: where the Temporal UI lists what an operator looks for. */
export function doctorLinks(options: HomeOption): void {
  const { access, ui } = reach(options);
  if (ui === null)
    throw new InputError(
      'The address of the Temporal UI is not known; set DARKROOM_UI_URL to it, such as http://localhost:8080',
    );
  const views = savedViews(Date.now());
  const width = Math.max(...views.map(({ name }) => name.length));
  const lines = views.map((view) => `${view.name.padEnd(width)}  ${viewLink(ui, access.namespace, view)}`);
  process.stdout.write(
    [
      ...lines,
      '',
      'Replace SUBJECT and TRAINING. "Save as New" keeps a view in the UI; the sliders below its list add columns:',
      COLUMNS.join(', '),
      '',
    ].join('\n'),
  );
}
