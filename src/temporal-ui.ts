/** Where Temporal's own UI shows the same trainings. */
export interface TemporalUi {
  url: string;
  namespace: string;
}

/** Null where its address is not known. */
export function temporalUiAt(url: string | null, { namespace }: { namespace: string }): TemporalUi | null {
  return url === null ? null : { url, namespace };
}

export function temporalUiLink({ url, namespace }: TemporalUi, id: string): string {
  return `${url}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(id)}`;
}
