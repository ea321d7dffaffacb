/** What `darkroom doctor` has found out about one thing. */
export interface Finding {
  is: 'good' | 'bad' | 'note';
  text: string;
}

export function good(text: string): Finding {
  return { is: 'good', text };
}

export function bad(text: string): Finding {
  return { is: 'bad', text };
}

export function note(text: string): Finding {
  return { is: 'note', text };
}
